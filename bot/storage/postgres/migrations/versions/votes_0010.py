"""How prompts went, as totals without a person."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table, and count what people have said until now."""
    op.execute(
        """
        CREATE TABLE votes (
          prompt text COLLATE "C" PRIMARY KEY,
          worked integer NOT NULL,
          needed_changes integer NOT NULL,
          did_not_work integer NOT NULL
        )
        """
    )
    op.execute(
        """
        INSERT INTO votes
        SELECT prompt,
          count(*) FILTER (WHERE outcome = 'worked'),
          count(*) FILTER (WHERE outcome = 'needed_changes'),
          count(*) FILTER (WHERE outcome = 'did_not_work')
        FROM experiences
        WHERE outcome IS NOT NULL
        GROUP BY prompt
        """
    )


def downgrade() -> None:
    """What people said is still with them, as long as it is kept."""
    op.execute("DROP TABLE votes")
