"""Every word of the screen and the messages is there in Danish and stands as it should."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError
from jinja2 import TemplateSyntaxError
from jinja2.ext import extract_from_ast

from api.words import catalogue_path, words
from tests.catalogue import HEADER, TRANSLATED, gather, read, updated
from web.rendering import FOLDER, environment

CONVERSION = re.compile(r"%(?:\(\w+\))?.?")  # "%(name)s", "%%", and a stray "% s", which would crash


def faults(found: Catalog, text: bytes, language: str) -> list[str]:
    """What is wrong with a catalogue for the sentences found in the code, one line each."""
    try:
        catalogue = read(text, language)
    except PoFileError as error:
        return [f"malformed: {error}"]
    right = Catalog(locale=language)
    if (catalogue.num_plurals, catalogue.plural_expr) != (right.num_plurals, right.plural_expr):
        return [f"plural forms: {catalogue.plural_forms}"]
    wanted = {message.id for message in found if message.id}
    known = {message.id for message in catalogue if message.id}
    said = [f"missing: {one}" for one in wanted - known] + [f"unused: {one}" for one in known - wanted]
    for message in catalogue:
        sources, targets = _forms(message.id), _forms(message.string)
        if message.fuzzy:
            said.append(f"fuzzy: {message.id}")
        if not all(one.strip() for one in targets):
            said.append(f"untranslated: {message.id}")
        elif message.id and [_conversions(one) for one in sources] != [_conversions(one) for one in targets]:
            said.append(f"placeholders: {message.id}")
    return said


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _conversions(text: str) -> list[str]:
    return sorted(CONVERSION.findall(text))


@pytest.fixture(scope="module")
def found() -> Catalog:
    return gather()


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated(found: Catalog, language: str) -> None:
    assert faults(found, catalogue_path(language).read_bytes(), language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_is_as_its_update_leaves_it(found: Catalog, language: str) -> None:
    """Fails: run `python -m tests.catalogue`, and translate what came in."""
    text = catalogue_path(language).read_bytes()
    assert updated(text, language, found).decode() == text.decode()


# The checks themselves, on a small catalogue with one fault planted at a time.

SMALL_HEADER = HEADER.format(language="da", plural_forms="nplurals=2; plural=(n != 1);")
SMALL = (
    SMALL_HEADER
    + """\
#, python-format
msgid "%(count)s person"
msgid_plural "%(count)s people"
msgstr[0] "%(count)s person"
msgstr[1] "%(count)s personer"

#, python-format
msgid "Hi %(name)s"
msgstr "Hej %(name)s"

msgid "Save"
msgstr "Gem"
"""
)


def small() -> Catalog:
    made = Catalog()
    made.add(("%(count)s person", "%(count)s people"))
    made.add("Hi %(name)s")
    made.add("Save")
    return made


def test_a_catalogue_without_faults() -> None:
    assert faults(small(), SMALL.encode(), "da") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgid "Save"\nmsgstr "Gem"\n', "", "missing: Save"),
        ('msgid "Save"', 'msgid "Safe"', "missing: Save"),
        ('msgid_plural "%(count)s people"', 'msgid_plural "%(count)s persons"', "missing: ('%(count)s person', "),
        ('msgid "Save"', 'msgid "Load"\nmsgstr "Hent"\n\nmsgid "Save"', "unused: Load"),
        ('"Gem"', '""', "untranslated: Save"),
        ('"Gem"', '" "', "untranslated: Save"),
        ('"%(count)s personer"', '""', "untranslated: ('%(count)s person', "),
        ('msgstr[1] "%(count)s personer"\n', "", "untranslated: ('%(count)s person', "),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "fuzzy: Save"),
        ('"Hej %(name)s"', '"Hej"', "placeholders: Hi %(name)s"),
        ('"Hej %(name)s"', '"Hej %(navn)s"', "placeholders: Hi %(name)s"),
        ('"Hej %(name)s"', '"Hej %(name)s og %(other)s"', "placeholders: Hi %(name)s"),
        ('"Hej %(name)s"', '"Hej %(name)d"', "placeholders: Hi %(name)s"),
        ('"Hej %(name)s"', '"Hej %(name)"', "placeholders: Hi %(name)s"),
        ('"Gem"', '"Gem 100 %"', "placeholders: Save"),
        ('"%(count)s personer"', '"Alle personer"', "placeholders: ('%(count)s person', "),
        ('"%(count)s personer"\n', '"%(count)s personer"\nmsgstr[2] "%(count)s folk"\n', "malformed: "),
        ("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;", "malformed: "),
        ("nplurals=2; plural=(n != 1);", "nplurals=3; plural=(n != 1);", "plural forms: nplurals=3"),
        ("plural=(n != 1);", "plural=(n > 1);", "plural forms: nplurals=2; plural=(n > 1)"),
        ('msgid "Save"', '<<<<<<< HEAD\nmsgid "Save"', "malformed: "),
    ],
)
def test_a_planted_fault_is_found(old: str, new: str, fault: str) -> None:
    assert SMALL.count(old) == 1
    said = faults(small(), SMALL.replace(old, new).encode(), "da")
    assert any(one.startswith(fault) for one in said), said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgid "Save"', 'msgid "Load"\nmsgstr "Hent"\n\nmsgid "Save"'),  # unused
        ('msgid "Save"', 'msgid "Save"\nmsgstr "Gem"\n\nmsgid "Save"'),  # twice
        ('msgid "Save"', '#: web/x.html:3\nmsgid "Save"'),  # a place
        ('"Language: da', '"POT-Creation-Date: 2026-11-25 10:00+0100\\n"\n"Language: da'),
        ('\nmsgid "Save"\nmsgstr "Gem"\n', '\n#~ msgid "Old"\n#~ msgstr "Gammel"\n\nmsgid "Save"\nmsgstr "Gem"\n'),
    ],
)
def test_an_update_brings_a_catalogue_into_shape(old: str, new: str) -> None:
    assert SMALL.count(old) == 1
    assert updated(SMALL.replace(old, new).encode(), "da", small()).decode() == SMALL


def test_an_update_brings_in_what_is_new_and_guesses_nothing() -> None:
    more = small()
    more.add("Saved")
    assert updated(SMALL.encode(), "da", more).decode() == SMALL + '\nmsgid "Saved"\nmsgstr ""\n'


def test_an_update_begins_from_nothing() -> None:
    begun = updated(b"", "da", small())
    assert begun.startswith(SMALL_HEADER.encode())
    assert updated(begun, "da", small()) == begun
    assert len([one for one in faults(small(), begun, "da") if one.startswith("untranslated")]) == 3


# What is gathered is what the running house asks for.


def asked_by_the_house(folder: Path) -> set[object]:
    """The keys the running templates look up."""
    env = environment("da")
    asked: set[object] = set()
    for path in folder.rglob("*.html"):
        for _line, _function, texts in extract_from_ast(env.parse(path.read_text(encoding="utf-8"))):
            several = texts if isinstance(texts, tuple) else (texts,)
            forms = tuple(one for one in several if one is not None)  # None: what a placeholder stands for
            asked.add(forms if len(forms) > 1 else forms[0])
    return asked


def test_the_gatherer_reads_templates_as_the_house_does(found: Catalog) -> None:
    """Another trimming would give keys nobody asks for: the screen would stay English though all is translated."""
    asked = asked_by_the_house(FOLDER)
    assert "Hi %(name)s" in asked
    assert ("%(count)s person", "%(count)s people") in asked
    assert asked - {message.id for message in found} == set()


def test_long_sentences_are_trimmed_alike(tmp_path: Path) -> None:
    template = """\
  {% trans name=me %}
    Hi {{ name }},
    welcome.
  {% endtrans %}
  {% trans count=2 %}
    {{ count }} day
  {% pluralize %}
    {{ count }} days
  {% endtrans %}
  {{ _("100 %% of %(all)s", all=3) }}
  {% trans %}All of it, 100 %{% endtrans %}
  {% trans notrimmed %}
As it stands
  {% endtrans %}
"""
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "page.html").write_text(template, encoding="utf-8")
    expected = {
        "Hi %(name)s, welcome.",
        ("%(count)s day", "%(count)s days"),
        "100 %% of %(all)s",
        "All of it, 100 %%",
        "As it stands\n",
    }
    assert {message.id for message in gather(tmp_path) if message.id} == expected
    assert asked_by_the_house(tmp_path) == expected


def test_a_template_that_cannot_be_read_stops_the_gathering(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "page.html").write_text("{% trans %}Save", encoding="utf-8")
    with pytest.raises(TemplateSyntaxError) as raised:
        gather(tmp_path)
    assert raised.value.__notes__ == [f"in {tmp_path / 'web' / 'page.html'}"]


def test_marked_sentences_of_the_code_are_gathered(tmp_path: Path) -> None:
    code = """\
WORDS = {1: _("Done")}
raise Invalid(
    _("A long sentence, "
      "in two parts.")
)
plain = "Not marked"
"""
    for folder in ("api/plans", "web"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "api" / "plans" / "rules.py").write_text(code, encoding="utf-8")
    (tmp_path / "web" / "app.py").write_text('_("Å, hej")', encoding="utf-8")
    expected = {"Done", "A long sentence, in two parts.", "Å, hej"}
    assert {message.id for message in gather(tmp_path) if message.id} == expected


def test_the_house_speaks_danish(found: Catalog) -> None:
    """Through the compiled catalogue, as it is used: every sentence comes out as the file has it."""
    catalogue = read(catalogue_path("da").read_bytes(), "da")
    danish = words("da")
    for message in found:
        if not message.id:
            continue
        expected = catalogue[message.id]
        assert expected is not None
        sources, targets = _forms(message.id), _forms(expected.string)
        if message.pluralizable:
            said = [danish.ngettext(sources[0], sources[1], count) for count in (0, 1, 2)]
            assert said == [targets[1], targets[0], targets[1]]
        else:
            assert danish.gettext(sources[0]) == targets[0]


def test_english_needs_no_catalogue() -> None:
    assert words("en").gettext("Save") == "Save"
    assert words("en").ngettext("person", "people", 1) == "person"
    assert words("en").ngettext("person", "people", 2) == "people"
