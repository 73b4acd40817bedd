"""Gathers every sentence of the code and the templates into the catalogues: `python -m tests.catalogue`.

Translations are kept, new sentences come in untranslated, unused ones go. Nothing in a catalogue changes with the clock,
the machine or the place of a sentence in the code, so running it twice gives the same bytes.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from api.settings import ROOT
from api.words import LANGUAGES, catalogue_path
from web.rendering import environment

SOURCE_LANGUAGE = "en"  # its sentences are the keys
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)
HEADER = """\
# Rolig's words. Update with `python -m tests.catalogue`; it keeps the translations.
msgid ""
msgstr ""
"Project-Id-Version: Rolig\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def template_options() -> dict[str, str]:
    """How the house reads its templates, as Babel's extractor wants it told. One it cannot read is an error."""
    house = environment(SOURCE_LANGUAGE)
    told = {
        "trimmed": house.policies["ext.i18n.trimmed"],
        "trim_blocks": house.trim_blocks,
        "lstrip_blocks": house.lstrip_blocks,
        "newstyle_gettext": house.newstyle_gettext,  # type: ignore[attr-defined]  # added by the extension
        "silent": False,
    }
    return {"extensions": ",".join(house.extensions), **{name: str(value) for name, value in told.items()}}


def gather(root: Path = ROOT) -> Catalog:
    """Every sentence that is marked for translation, in Python and in templates; where it stands is not kept."""
    found = Catalog()
    sources: tuple[tuple[Callable[..., Any] | str, Iterable[Path]], ...] = (
        ("python", [*root.glob("api/**/*.py"), *root.glob("web/**/*.py")]),
        (babel_extract, root.glob("web/**/*.html")),
    )
    for method, paths in sources:
        options = None if method == "python" else template_options()
        for path in sorted(paths):
            with path.open("rb") as source:
                try:
                    for _line, message, _comments, context in extract(method, source, DEFAULT_KEYWORDS, (), options):
                        found.add(message, context=context)
                except Exception as error:
                    error.add_note(f"in {path}")
                    raise
    return found


def read(text: bytes, language: str) -> Catalog:
    """A catalogue as it stands; a malformed one is an error."""
    return read_po(BytesIO(text), locale=language, abort_invalid=True)


def updated(text: bytes, language: str, found: Catalog) -> bytes:
    """The catalogue's text with exactly the found sentences, sorted, with the translations it had."""
    catalogue = read(text, language)
    catalogue.update(found, no_fuzzy_matching=True)
    written = BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = HEADER.format(language=language, plural_forms=Catalog(locale=language).plural_forms)
    return header.encode() + written.getvalue().rstrip(b"\n") + b"\n"


def main() -> None:
    found = gather()
    for language in TRANSLATED:
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(updated(path.read_bytes() if path.exists() else b"", language, found))


if __name__ == "__main__":
    main()
