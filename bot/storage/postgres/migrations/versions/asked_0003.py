"""How far the asking of a round has come, so that it goes on where it was cut short."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """In rounds that were opened before, everybody was asked at once: nothing is left to do."""
    op.execute('ALTER TABLE rounds ADD COLUMN asked_to text COLLATE "C"')


def downgrade() -> None:
    """Take the column away: a round that is being asked would count as asked."""
    op.execute("ALTER TABLE rounds DROP COLUMN asked_to")
