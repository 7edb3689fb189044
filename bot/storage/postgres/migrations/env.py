"""What Alembic runs to migrate: one transaction, which other migrations of the same database wait for."""

from functools import partial

import psycopg
from alembic import context
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

engine = create_engine(
    "postgresql+psycopg://",
    creator=partial(psycopg.connect, context.config.attributes["url"]),
    poolclass=NullPool,
)
with engine.begin() as connection:
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 3))"))
    context.configure(connection=connection)
    context.run_migrations()
