"""The database's schema through time. Also works from an installed package, where there is no `alembic.ini`."""

from pathlib import Path

from alembic import command
from alembic.config import Config


def configuration(url: str | None = None) -> Config:
    """Alembic's configuration for `url`, or for LECTERN_POSTGRES_URL."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def upgrade(url: str | None = None, *, revision: str = "head") -> None:
    """Brings the schema to `revision`. Not from inside a running event loop: call it in a thread."""
    command.upgrade(configuration(url), revision)


def downgrade(url: str | None = None, *, revision: str) -> None:
    """Takes the schema back to `revision`; `base` empties the database."""
    command.downgrade(configuration(url), revision)
