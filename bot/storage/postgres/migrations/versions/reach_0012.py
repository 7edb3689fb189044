"""How many people got a shared prompt is counted in an index of shared prompts alone."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the index: what the library's own files hold is not in it."""
    op.execute(
        "CREATE INDEX experiences_of_shared ON experiences (prompt, person) WHERE prompt LIKE 'shared-%'"
    )


def downgrade() -> None:
    """Take it away."""
    op.execute("DROP INDEX experiences_of_shared")
