"""Names on the staff list are found when somebody writes one of them into a prompt."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the index."""
    op.execute("CREATE INDEX people_name ON people (replace(lower(roster ->> 'name'), '’', ''''))")


def downgrade() -> None:
    """Take it away."""
    op.execute("DROP INDEX people_name")
