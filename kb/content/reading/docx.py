"""A Word file becomes HTML."""

import io
import zipfile

from kb.errors import KbError

REMEDY = "open it in a word processor and save it as .docx again"
# A small file may hold a huge one: 5 MB of zeros packs into 5 kB.
LARGEST_UNPACKED = 200_000_000


def to_html(name: str, data: bytes) -> str:
    """Return the HTML of a Word file, pictures left out. Raises KbError when it is none."""
    # Only Word files need it, and it takes longer to load than most articles to read.
    import mammoth  # noqa: PLC0415

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise KbError(name, "unpacks to more than 200 MB", "remove its pictures")
        result = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""})
        )
    except KbError:
        raise
    except Exception as error:  # A broken package fails in the depths of zip, XML and the converter alike.
        raise KbError(name, f"is not a Word file that can be read ({error})", REMEDY) from error
    return str(result.value)
