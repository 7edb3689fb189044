"""Requests for a champion's help, and what champions say of themselves."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """
    CREATE TABLE help_requests (
      id text COLLATE "C" PRIMARY KEY,
      asked timestamptz NOT NULL,
      changed timestamptz NOT NULL,
      due timestamptz,
      people text[] NOT NULL,
      document jsonb NOT NULL
    )
    """,
    # What moves on by itself; what has ended is not in it.
    "CREATE INDEX help_requests_due ON help_requests (due, id) WHERE due IS NOT NULL",
    # The load of four weeks, and what is old enough to go.
    "CREATE INDEX help_requests_changed ON help_requests (changed, id)",
    # Everything of one person, as the asker or as a champion.
    "CREATE INDEX help_requests_people ON help_requests USING gin (people)",
    """
    CREATE TABLE champions (
      person text COLLATE "C" PRIMARY KEY,
      document jsonb NOT NULL
    )
    """,
)


def upgrade() -> None:
    """Make the tables and indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Take them away: whoever is a champion by the roster stays one."""
    op.execute("DROP TABLE help_requests")
    op.execute("DROP TABLE champions")
