"""Settings, all from the environment. A wrong value stops the start with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parent.parent
DRIVERS = ("sqlite", "postgresql")


class WrongSetting(Exception):
    """A setting that cannot be used; the text names it and says what to give instead."""


@dataclass(frozen=True)
class Settings:
    """Where things are. `public_url` is the address people use, when a proxy stands in front."""

    database_url: str
    content: Path
    public_url: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        data = Path(environment.get("ROLIG_DATA") or ROOT / "var")
        url = environment.get("ROLIG_DATABASE_URL") or f"sqlite:///{data.absolute()}/rolig.sqlite"
        content = Path(environment.get("ROLIG_CONTENT") or ROOT / "content")
        return cls(_database_url(url), _content(content), _public_url(environment.get("ROLIG_PUBLIC_URL") or None))


def _database_url(url: str) -> str:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise WrongSetting(
            "ROLIG_DATABASE_URL is not a database address. Write sqlite:////path/to/file or "
            "postgresql://user:password@host/database."
        ) from None
    if parsed.get_backend_name() not in DRIVERS:
        raise WrongSetting(
            f"ROLIG_DATABASE_URL names '{parsed.get_backend_name()}'. Rolig stores in sqlite or postgresql."
        )
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise WrongSetting("ROLIG_DATABASE_URL must name a file for sqlite: sqlite:////path/to/file.")
        folder = Path(parsed.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WrongSetting(f"The folder {folder} for the database cannot be made: {error.strerror}.") from None
    return url


def _content(folder: Path) -> Path:
    if not folder.is_dir():
        raise WrongSetting(
            f"ROLIG_CONTENT: there is no folder {folder}. Give the folder that holds lessons/ and plans/."
        )
    return folder


def _public_url(url: str | None) -> str | None:
    if url is None:
        return None
    wrong = WrongSetting("ROLIG_PUBLIC_URL must be scheme and host only, such as https://rolig.example.dk.")
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that is never closed
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise wrong
    return f"{parts.scheme}://{parts.netloc}"
