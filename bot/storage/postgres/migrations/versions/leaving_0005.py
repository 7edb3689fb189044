"""People can leave and be erased: when somebody left, and the indexes that find all that is theirs."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "ALTER TABLE people ADD COLUMN uninstalled timestamptz",
    # Who left longest ago; hardly anybody is in it.
    "CREATE INDEX people_uninstalled ON people (uninstalled, id) WHERE uninstalled IS NOT NULL",
    # The history of one person. What is open is in deliveries_open.
    """
    CREATE INDEX deliveries_history ON deliveries (person)
    WHERE state IN ('sent', 'dropped', 'refused', 'unknown')
    """,
    "CREATE INDEX introductions_champion ON introductions (champion)",
    "CREATE INDEX introductions_at ON introductions (at)",
)


def upgrade() -> None:
    """Make the column and the indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Take them away: who had left counts as gone for no time."""
    for index in ("introductions_at", "introductions_champion", "deliveries_history", "people_uninstalled"):
        op.execute(f"DROP INDEX {index}")
    op.execute("ALTER TABLE people DROP COLUMN uninstalled")
