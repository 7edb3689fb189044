"""History gets an end: counts of what was rolled up, and the indexes that find what is old."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    # All that is left of an old delivery: no person, no key, no subject.
    """
    CREATE TABLE delivery_counts (
      day date NOT NULL,
      kind text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL,
      number bigint NOT NULL,
      PRIMARY KEY (day, kind, state)
    )
    """,
    # What is settled, oldest first.
    """
    CREATE INDEX deliveries_settled ON deliveries (settled)
    WHERE settled IS NOT NULL AND state IN ('sent', 'dropped', 'refused', 'unknown')
    """,
    # What was shown, oldest first.
    "CREATE INDEX experiences_shown ON experiences (shown)",
)


def upgrade() -> None:
    """Make the table and the indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was rolled up cannot be brought back: restore a backup."""
    raise NotImplementedError("counts do not become deliveries again")
