"""What people saw lately is read from an index alone: the rows themselves lie all over the table."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """
    ALTER TABLE experiences
      DROP CONSTRAINT experiences_pkey,
      ADD CONSTRAINT experiences_pkey PRIMARY KEY (person, prompt) INCLUDE (shown)
    """,
    # An index alone is read only where vacuuming has been by: a day's planning brings it.
    """
    ALTER TABLE experiences
      SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01)
    """,
)


def upgrade() -> None:
    """Make the key anew, with the moment in it."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Make the key as it was."""
    op.execute(
        "ALTER TABLE experiences DROP CONSTRAINT experiences_pkey, "
        "ADD CONSTRAINT experiences_pkey PRIMARY KEY (person, prompt)"
    )
