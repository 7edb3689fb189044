"""Who used a lead's or an administrator's right, and when."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
    CREATE TABLE audit (
      id text COLLATE "C" PRIMARY KEY,
      at timestamptz NOT NULL,
      who text COLLATE "C" NOT NULL,
      act text NOT NULL,
      "group" text COLLATE "C",
      round text COLLATE "C",
      person text COLLATE "C"
    )
    """,
    # The newest first, and the oldest when they have had their time.
    "CREATE INDEX audit_at ON audit (at, id)",
    # Whoever asks for their data, or is erased, is found in every record.
    "CREATE INDEX audit_who ON audit (who)",
    "CREATE INDEX audit_person ON audit (person) WHERE person IS NOT NULL",
)


def upgrade() -> None:
    """Make the table and its indexes."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Records of who did what are not thrown away: restore a backup."""
    raise NotImplementedError("audit records cannot be made again")
