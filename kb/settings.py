"""kb.toml, read once: what a clinic says of itself. Unknown values stay empty, and pages cope."""

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from kb.errors import KbError, plain_mistake

# Read where no other file is named.
STANDARD = Path("kb.toml")

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class _Table(BaseModel):
    # An unknown key is a misspelt one: better said than ignored.
    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _one_line(cls, value: object) -> object:
        # A value goes into a line of a card or a header; a blank one is an empty one.
        return " ".join(value.split()) if isinstance(value, str) else value


class Clinic(_Table):
    """The clinic that the site speaks for."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    website: str = ""
    logo: str = ""  # a file in static/, shown beside the name


class CrisisLines(_Table):
    """Whom to call in one region. Numbers as people read them out; links are made from them."""

    emergency: str = ""  # "911"
    lifeline: str = ""  # "988": call and text
    lifeline_chat: str = ""  # "https://988lifeline.org"
    lifeline_spanish: str = ""  # what to press for Spanish: "2"
    lifeline_spanish_text: str = ""  # what to text for Spanish: "AYUDA"
    lifeline_veterans: str = ""  # what veterans press: "1"
    poison: str = ""  # "1-800-222-1222"
    local_name: str = ""  # "Massachusetts"
    local: str = ""  # "833-773-2445": call or text


class SafetySignOff(_Table):
    """The clinician who signed off the cards and labels. Empty until one did; shown as it stands."""

    reviewed_by: str = ""
    reviewed_on: str = ""


class Reviews(_Table):
    """What becomes of an answer whose review is overdue."""

    # Days after `review_due` from which it is no longer served; 0: it is served, behind others and with a warning.
    withhold_after: int = Field(0, ge=0)


class Disclosure(_Table):
    """A sentence that must stand beside every number said of one of `terms`."""

    terms: tuple[str, ...]
    text: str
    source: str
    lang: str = "en"  # of `text` and `source`, BCP 47
    text_in: dict[str, str] = Field(default_factory=dict)  # language -> the same sentence in it


class Reading(_Table):
    """How plain the articles should be."""

    grade: float = 8.0  # Flesch-Kincaid
    allowed_words: tuple[str, ...] = ()  # medical words that the clinic's patients know


class Settings(_Table):
    """All of kb.toml."""

    clinic: Clinic = Clinic()
    region: str = "US"
    crisis_lines: dict[str, CrisisLines] = Field(default_factory=dict)
    safety: SafetySignOff = SafetySignOff()
    reviews: Reviews = Reviews()
    disclosures: tuple[Disclosure, ...] = ()
    reading: Reading = Reading()
    # Origins ("https://www.example.org") whose pages may embed results.
    embedding_sites: tuple[str, ...] = ()
    accent: str = ""
    # A folder with a sentence encoder (model.onnx, tokenizer.json); empty for the word vectors that come along.
    encoder: str = ""
    # The clinic's vocabulary, for a folder of articles that holds no terms.toml of its own.
    terms: str = ""

    @field_validator("accent")
    @classmethod
    def _colour(cls, value: str) -> str:
        if value and not COLOUR.fullmatch(value):
            raise ValueError(f'"{value}" is no colour: write it as "#14615c"')
        return value

    @field_validator("embedding_sites")
    @classmethod
    def _plain_origins(cls, sites: tuple[str, ...]) -> tuple[str, ...]:
        for site in sites:
            # It goes into a header: no spaces, no path, no wildcard.
            scheme, _, host = site.partition("://")
            if scheme not in {"http", "https"} or not host or set(host) & set("/ *;,'\""):
                raise ValueError(f'"{site}" is no origin: write it as "https://www.example.org"')
        return sites

    @field_validator("crisis_lines")
    @classmethod
    def _hold_the_region(cls, lines: dict[str, CrisisLines], info: ValidationInfo) -> dict[str, CrisisLines]:
        # A card without a number is the worst that a misspelt region may do.
        region = info.data.get("region", "")
        if lines and region not in lines:
            raise ValueError(f'region "{region}" has no lines here, only {", ".join(lines)} have')
        return lines

    @property
    def lines(self) -> CrisisLines:
        """The crisis lines of the clinic's region; empty numbers when kb.toml names none."""
        return self.crisis_lines.get(self.region, CrisisLines())


def read_settings(path: Path) -> Settings:
    """Return the settings in `path`; defaults when the standard file is not there.

    Raises KbError naming the key that is wrong, or the file that is not there.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if path == STANDARD:
            return Settings()
        raise KbError(path, "is not there", "name a file of settings, as kb.toml is one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(path, f"cannot be read ({error})", "make it a readable file in UTF-8") from error
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise KbError(path, f"is no valid TOML ({error})", "mend that line") from error
    except ValidationError as error:
        key, problem = plain_mistake(error)
        remedy = "add it" if problem == "is missing" else "mend or remove that key"
        raise KbError(f"{path} [{key}]", problem, remedy) from error
