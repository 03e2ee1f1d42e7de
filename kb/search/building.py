"""Build a generation beside the one that serves, and switch to it."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from kb.content.collecting import held_back
from kb.content.terms import common_terms, medicines, terms_to_json
from kb.files import cannot_write, folder_lock, sync_folder, write_atomically
from kb.search.encoders.choice import Encoders, usual_encoders
from kb.search.generation import (
    ARTICLES,
    FORMAT,
    GONE,
    POINTER,
    Article,
    Contents,
    Manifest,
    file_hashes,
)
from kb.search.index.changes import append_changes
from kb.search.index.listing import FILE_NAME as LISTING
from kb.search.index.listing import write_line
from kb.search.index.segments import SegmentWriter
from kb.search.index.whoosh_index import write_index
from kb.search.suggesting.term_lines import clinic_terms_of
from kb.search.words.cutting import CutEntry, cut
from kb.search.words.vocabulary import Vocabulary

KEPT = 2  # The one that serves and the one before it, to go back to.
NAME = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")  # what `_new_name` gives


# Larger knowledge bases are imported, with the names that their publisher gives each entry: there the common words of
# medicine find more that is near than that is right (docs/decisions/common-terms.md).
WITH_COMMON_TERMS = 2000


def build(index_folder: Path, contents: Contents, encoders: Encoders | None = None) -> Manifest:
    """Build a generation of the contents beside the others and switch to it; return its manifest.

    `encoders` make the vectors; the usual ones when none are given.

    Raises KbError when it cannot be written; what was half built is removed, and the old one serves on.
    """
    try:
        index_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(index_folder, error) from error
    with folder_lock(index_folder):
        folder = index_folder / _new_name()
        try:
            folder.mkdir(mode=0o700)
            # A build makes millions of small objects that all stay until its end.
            with held_back():
                manifest = _fill(folder, contents, encoders or usual_encoders())
            _sync_tree(folder)
            write_atomically(index_folder / POINTER, folder.name.encode())
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise cannot_write(folder, error) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _remove_old(index_folder, folder.name)
    return manifest


def _new_name() -> str:
    # The time sorts, the random part keeps two builds of one second apart.
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def _fill(folder: Path, contents: Contents, encoders: Encoders) -> Manifest:
    for part in ("whoosh", "table"):
        (folder / part).mkdir()
    ids_of: dict[str, list[str]] = {}

    with (
        closing(SegmentWriter(folder, encoders, clinic_terms_of(contents.terms))) as segment,
        (folder / LISTING).open("x", encoding="utf-8") as listing,
    ):

        def passing() -> Iterator[CutEntry]:
            for entry in contents.entries:
                ids_of.setdefault(entry.article, []).append(entry.id)
                words = cut(entry)
                segment.add(words)
                write_line(listing, entry)
                yield words

        count = write_index(folder / "whoosh", folder / "table", passing())
        common = common_terms(contents.terms) if count <= WITH_COMMON_TERMS else ()
        common += medicines((*contents.terms, *common))
        segment.finish(Vocabulary(contents.terms, common).words())
    (folder / "terms.json").write_bytes(terms_to_json(contents.terms))
    (folder / "common.json").write_bytes(terms_to_json(common))
    # An article has a page once one of its entries is public; of those that are withheld it is known why.
    articles = {
        document.slug: Article(document, tuple(ids_of.get(document.name, ())))
        for document in contents.documents()
        if document.name in ids_of or document.withheld
    }
    (folder / "articles.json").write_bytes(ARTICLES.dump_json(articles))
    (folder / "gone.json").write_bytes(GONE.dump_json(dict(contents.gone())))
    manifest = Manifest(
        format=FORMAT,
        name=folder.name,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        entries=count,
        articles=sum(bool(article.entry_ids) for article in articles.values()),
        encoder=segment.encoder.name,
        sources=dict(contents.sources()),
        files=dict(file_hashes(folder)),
    )
    append_changes(folder, ())
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def _sync_tree(folder: Path) -> None:
    # Whoosh never calls fsync, and the pointer must not outlive what it points to.
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def _remove_old(index_folder: Path, current: str) -> None:
    # Someone may name a folder that holds other things: only what a build made is ours to remove.
    ours = [
        path
        for path in sorted(index_folder.iterdir())
        if NAME.fullmatch(path.name) and (path / "whoosh").is_dir() and path.name != current
    ]
    # A build that was killed leaves a part, without a manifest: nobody can go back to it.
    whole = [folder for folder in ours if (folder / "manifest.json").is_file()]
    for folder in ours:
        if folder not in whole[-(KEPT - 1) :]:
            shutil.rmtree(folder, ignore_errors=True)
