"""Settings come from the environment, and a wrong one stops the start with a sentence that says what to give."""

from pathlib import Path

import pytest

from api.settings import ROOT, Settings, WrongSetting


def settings(tmp_path: Path, **given: str) -> Settings:
    return Settings.from_environment({"ROLIG_DATA": str(tmp_path / "data")} | given)


def test_without_any_setting_everything_lies_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(Path, "mkdir", lambda self, **_how: made.append(self))
    found = Settings.from_environment({})
    assert found == Settings(f"sqlite:///{ROOT}/var/rolig.sqlite", ROOT / "content", None)
    assert made == [ROOT / "var"]


def test_the_data_folder_is_made_and_holds_the_database(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found.database_url == f"sqlite:///{tmp_path}/data/rolig.sqlite"
    assert (tmp_path / "data").is_dir()


def test_a_relative_data_folder_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings(tmp_path, ROLIG_DATA="min/mappe").database_url == f"sqlite:///{tmp_path}/min/mappe/rolig.sqlite"


def test_an_empty_setting_is_none(tmp_path: Path) -> None:
    empty = dict.fromkeys(("ROLIG_DATABASE_URL", "ROLIG_CONTENT", "ROLIG_PUBLIC_URL"), "")
    assert settings(tmp_path, **empty) == settings(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://rolig:hemmelig@db.example/rolig",
        "postgresql+psycopg://rolig@db.example:5433/rolig?sslmode=require",
    ],
)
def test_postgresql_is_named_by_its_address(tmp_path: Path, url: str) -> None:
    assert settings(tmp_path, ROLIG_DATABASE_URL=url).database_url == url


def test_a_sqlite_file_is_named_by_its_path(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/andet/sted.sqlite"
    assert settings(tmp_path, ROLIG_DATABASE_URL=url).database_url == url
    assert (tmp_path / "andet").is_dir()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("rolig.sqlite", "is not a database address"),
        ("postgresql://rolig@db.example:port/rolig", "is not a database address"),
        ("mysql://root@db.example/rolig", "names 'mysql'"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
        ("sqlite:////dev/null/rolig/x.sqlite", "The folder /dev/null/rolig"),
    ],
)
def test_a_database_that_cannot_be_is_refused_with_a_sentence(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(WrongSetting, match=words) as refused:
        settings(tmp_path, ROLIG_DATABASE_URL=url)
    assert "hemmelig" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_content_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    for name in ("intet", "fil"):
        with pytest.raises(WrongSetting, match=f"there is no folder {tmp_path / name}"):
            settings(tmp_path, ROLIG_CONTENT=str(tmp_path / name))
    assert settings(tmp_path, ROLIG_CONTENT=str(tmp_path)).content == tmp_path


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://rolig.example.dk", "https://rolig.example.dk"),
        ("https://rolig.example.dk/", "https://rolig.example.dk"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_a_public_address_is_scheme_and_host(tmp_path: Path, url: str, kept: str) -> None:
    assert settings(tmp_path, ROLIG_PUBLIC_URL=url).public_url == kept


@pytest.mark.parametrize(
    "url", ["rolig.example.dk", "ftp://rolig.example.dk", "https://", "https://rolig.example.dk/app", "https://[::1"]
)
def test_another_public_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSetting, match="ROLIG_PUBLIC_URL must be scheme and host only"):
        settings(tmp_path, ROLIG_PUBLIC_URL=url)
