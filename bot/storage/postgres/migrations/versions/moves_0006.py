"""Where a move from another store stands."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        """
        CREATE TABLE moves (
          part text COLLATE "C" PRIMARY KEY,
          source text NOT NULL,
          moved integer NOT NULL,
          finished boolean NOT NULL
        )
        """
    )


def downgrade() -> None:
    """Nobody needs it once a move is finished."""
    op.execute("DROP TABLE moves")
