"""Runs migrations on the database the settings name. Imported tables are what autogenerate compares with."""

from sqlalchemy import create_engine
from sqlmodel import SQLModel

from alembic import context
from api import every_table  # noqa: F401 - fills SQLModel.metadata
from api.settings import Settings


def run() -> None:
    url = context.config.attributes.get("url") or Settings.from_environment().database_url
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
