"""Bringing a database to the newest tables."""

from alembic.config import Config

from alembic import command
from api.settings import ROOT


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Runs every migration the database has not seen. Running it again changes nothing."""
    command.upgrade(configuration(url), "head")
