"""The command `rolig`: what it prints, where, and with which exit status."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from api.cli import main
from api.database import open_database
from api.library.tables import CurrentRevision, Revision
from api.people.tables import Centre, Person
from api.settings import ROOT
from tests.conftest import CONTENT, House
from tests.course import small_course
from tests.rows import everything, rows

CALM = "lessons/practice/calm.da.md"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the small course in `content`, where the command is given."""
    monkeypatch.chdir(tmp_path)
    for name in ("ROLIG_DATABASE_URL", "ROLIG_CONTENT", "ROLIG_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ROLIG_DATA", str(tmp_path / "data"))
    for path, source in small_course().items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(source, encoding="utf-8")
    return tmp_path / "content"


@pytest.fixture
def running(house: House, database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house, and the command pointed at its database."""
    monkeypatch.setenv("ROLIG_DATABASE_URL", database_url)
    return house


def change(folder: Path, old: str, new: str, path: str = CALM) -> None:
    source = (folder / path).read_text(encoding="utf-8")
    assert source.count(old) == 1
    (folder / path).write_text(source.replace(old, new), encoding="utf-8")


def told(said: Said) -> tuple[list[str], list[str]]:
    """Lines on standard output, and on standard error."""
    out, err = said.readouterr()
    return out.splitlines(), err.splitlines()


@pytest.mark.parametrize("asked", [["content"], ["content/lessons", "content/plans/short.da.md"], ["content/" + CALM]])
def test_check_finds_nothing_in_what_is_right(folder: Path, capsys: Said, asked: list[str]) -> None:
    assert main(["check", *asked]) == 0
    assert told(capsys) == ([], ["Nothing to mend."])


def test_check_points_at_the_line_and_fails(folder: Path, capsys: Said) -> None:
    change(folder, "- [x] Kunden", "- [~] Kunden")
    change(folder, "{day=3}", "{day=0}", "lessons/practice/module.en.md")
    assert main(["check", "content"]) == 1
    out, err = told(capsys)
    assert out == [
        f"content/{CALM}:17: check-right: a check has exactly one right option [x]; this one has 0",
        "content/lessons/practice/module.en.md:9: offset: day=0 is no day: day=1 is the first working day, day=-1 the last one before",
    ]
    assert err == ["2 to mend"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (f"content/{CALM}", 1),
        ("content/lessons/practice", 1),
        ("content/lessons/later", 0),
        ("content/lessons/practice/safe.da.md", 0),
        ("content/plans", 0),
    ],
)
def test_check_tells_of_what_was_asked_about(folder: Path, capsys: Said, asked: str, status: int) -> None:
    change(folder, "- [x] Kunden", "- [~] Kunden")
    assert main(["check", asked]) == status
    out, _err = told(capsys)
    assert [line.split(" ")[0] for line in out] == [f"content/{CALM}:17:"] * status


def test_check_writes_paths_as_they_were_given(folder: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder, "- [x] Kunden", "- [~] Kunden")
    monkeypatch.chdir("/")
    main(["check", str(folder)])
    monkeypatch.chdir(folder / "lessons")
    main(["check", "practice"])
    out, _err = told(capsys)
    assert [line.split(":")[0] for line in out] == [str(folder.relative_to("/") / CALM), str(folder / CALM)]


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("contnet", "there is no contnet"),
        ("data", "data is no content folder"),
        ("note.md", "note.md is no content folder"),
    ],
)
def test_a_path_with_nothing_to_read_stops_with_a_sentence(
    folder: Path, capsys: Said, command: str, asked: str, words: str
) -> None:
    (folder.parent / "data").mkdir()
    (folder.parent / "note.md").touch()
    assert main([command, asked]) == 2
    out, [sentence] = told(capsys)
    assert out == []
    assert sentence.startswith(f"rolig: {words}")


def test_publishing_twice_changes_nothing_the_second_time(running: House, capsys: Said) -> None:
    assert main(["publish", "content"]) == 0
    assert told(capsys) == ([], ["7 published after-live calm meeting safe short-call practice short"])
    before = everything(running)
    assert main(["publish", "content"]) == 0
    assert told(capsys) == ([], ["0 published"])
    assert everything(running) == before


def test_a_broken_file_leaves_the_last_good_revision_served(running: House, folder: Path, capsys: Said) -> None:
    main(["publish", "content"])
    before = rows(running, CurrentRevision)
    change(folder, "- [x] Kunden", "- [~] Kunden")
    change(folder, "title: Sikker", "title: Helt sikker", "lessons/practice/safe.da.md")
    capsys.readouterr()
    assert main(["publish", "content"]) == 1
    out, err = told(capsys)
    assert out == [f"content/{CALM}:17: check-right: a check has exactly one right option [x]; this one has 0"]
    assert err == ["1 published safe"]
    after = rows(running, CurrentRevision)
    assert [new.key for old, new in zip(before, after, strict=True) if old != new] == ["safe"]


def test_publishing_one_file_leaves_the_others_as_they_are(running: House, folder: Path, capsys: Said) -> None:
    main(["publish", "content"])
    for unit in ("calm", "safe"):
        change(folder, "Lad kunden tale ud.", "Vent.", f"lessons/practice/{unit}.da.md")
    change(folder, "{day=3}", "{day=0}", "lessons/practice/module.da.md")
    (folder / "lessons/stray.md").touch()
    capsys.readouterr()
    assert main(["publish", f"content/{CALM}"]) == 0
    assert told(capsys) == ([], ["1 published calm"])
    assert [row.number for row in rows(running, Revision, key="safe")] == [1]


def test_publishing_says_what_belongs_to_no_unit(running: House, folder: Path, capsys: Said) -> None:
    (folder / "lessons/stray.md").touch()
    assert main(["publish", "content"]) == 1
    [line], _err = told(capsys)
    assert line.startswith("content/lessons/stray.md:1: file-name: ")


def test_the_demo_centre_is_made_once_and_its_logins_are_printed_each_time(running: House, capsys: Said) -> None:
    before = everything(running)
    for _time in range(2):
        assert main(["demo"]) == 0
        out, _err = told(capsys)
        for name in ("learner", "live", "trainer", "manager", "other-manager", "safety", "admin"):
            assert any(line.split()[:1] == [f"{name}@demo.example"] for line in out)
        assert out[-1].strip() == "password for all: rolig-demo"
    assert everything(running) == before


@pytest.mark.doors
def test_from_nothing_to_a_demo_centre(folder: Path, capsys: Said) -> None:
    assert [main(["migrate"]), main(["migrate"]), main(["publish", str(CONTENT)]), main(["demo"])] == [0, 0, 0, 0]
    database = open_database(f"sqlite:///{folder.parent}/data/rolig.sqlite")
    house = House(None, database, None)  # type: ignore[arg-type]
    try:
        assert {row.name for row in rows(house, Centre)} == {"Demo Kundecenter", "Andet Kundecenter"}
        emails = {row.email for row in rows(house, Person)}
        assert {"learner@demo.example", "admin@other.example"} <= emails
    finally:
        database.close()


@pytest.mark.parametrize(
    "command", [["migrate"], ["demo"], ["publish", "content"], ["serve"]], ids=lambda given: given[0]
)
@pytest.mark.parametrize(
    ("name", "value"),
    [("ROLIG_DATABASE_URL", "oracle://x/y"), ("ROLIG_CONTENT", "/nowhere"), ("ROLIG_PUBLIC_URL", "rolig.example.dk")],
)
def test_a_wrong_setting_stops_with_a_sentence(
    folder: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch, command: list[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(command) == 2
    out, [sentence] = told(capsys)
    assert out == []
    assert sentence.startswith(f"rolig: {name}")
    assert not (folder.parent / "data" / "rolig.sqlite").exists()


@pytest.mark.parametrize(
    ("given", "public", "expected"),
    [
        ([], "", {"host": "127.0.0.1", "port": 8000, "workers": 1, "proxy_headers": False}),
        (
            ["--host", "192.0.2.1", "--port", "9000", "--workers", "4"],
            "https://rolig.example.dk",
            {"host": "192.0.2.1", "port": 9000, "workers": 4, "proxy_headers": True},
        ),
    ],
    ids=["as it comes", "behind a proxy"],
)
def test_serving_hands_the_site_to_the_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], public: str, expected: dict[str, Any]
) -> None:
    served: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    monkeypatch.setattr(uvicorn, "run", lambda *site, **how: served.append((site, how)))
    monkeypatch.setenv("ROLIG_PUBLIC_URL", public)
    assert main(["serve", *given]) == 0
    [(site, how)] = served
    assert site == ("web.app:from_environment",)
    assert expected.items() <= how.items()


@pytest.mark.parametrize("given", [[], ["fly"], ["check"], ["serve", "--port", "otte"]], ids=str)
def test_a_command_that_is_none_says_how_to_ask(capsys: Said, given: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(given)
    assert stopped.value.code == 2
    assert "usage: rolig" in capsys.readouterr().err


@pytest.mark.doors
def test_it_runs_as_a_program_of_its_own() -> None:
    """`test_from_nothing_to_a_demo_centre` reads and proves the whole course; here it is the program that matters."""
    asked = ("content/scenarios/s1-the-bill.da.md", "content/lessons", "content/plans")
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "check", *asked], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing to mend.\n")


@pytest.mark.parametrize("command", [["demo"], ["publish", "content"]])
def test_a_database_without_tables_is_said_in_a_sentence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLIG_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert main(command) == 2
    assert "rolig migrate" in capsys.readouterr().err


def test_a_demo_before_the_course_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLIG_DATABASE_URL", f"sqlite:///{tmp_path / 'bare.sqlite'}")
    assert main(["migrate"]) == 0
    assert main(["demo"]) == 2
    assert "no such plan" in capsys.readouterr().err
