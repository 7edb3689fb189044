"""Answers of all questions, in groups of every sort, and what is published of them when a round closes."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    # An answer has more values now. Those of closed rounds would be deleted at closing from here on.
    "DROP TABLE answers",
    # No time, and no sequence: nothing tells who answered first.
    """
    CREATE TABLE answers (
      round text COLLATE "C" NOT NULL,
      voice text COLLATE "C" NOT NULL,
      "group" text COLLATE "C" NOT NULL,
      site text COLLATE "C" NOT NULL,
      confidence smallint NOT NULL,
      workload smallint,
      third smallint,
      beside smallint,
      PRIMARY KEY (round, voice)
    )
    """,
    """
    CREATE TABLE publications (
      round text COLLATE "C" NOT NULL,
      "group" text COLLATE "C" NOT NULL,
      document jsonb NOT NULL,
      PRIMARY KEY (round, "group")
    )
    """,
    # A lead looks at one group through all rounds.
    'CREATE INDEX publications_group ON publications ("group", round)',
    # Beside it stand everybody, the sites, the roles and the licences of the same round.
    """
    CREATE INDEX publications_wide ON publications (round, "group") WHERE "group" NOT LIKE 'team:%'
    """,
    'CREATE TABLE plans ("group" text COLLATE "C" PRIMARY KEY, purpose integer NOT NULL)',
    "ALTER TABLE rounds ADD COLUMN reminds timestamptz",
    'ALTER TABLE rounds ADD COLUMN reminded_to text COLLATE "C"',
    "ALTER TABLE rounds ADD COLUMN turn text NOT NULL DEFAULT ''",
    "ALTER TABLE rounds ADD COLUMN wording integer NOT NULL DEFAULT 1",
    # Reminders go when their round closes.
    """
    CREATE INDEX deliveries_reminders ON deliveries ((subject ->> 'round'))
    WHERE subject ->> 'kind' = 'reminder'
    """,
    # Leads are told when a round has closed.
    "CREATE INDEX people_leading ON people (id) WHERE roster -> 'leads' <> '[]'",
    # Which prompts worked is counted once a round.
    "CREATE INDEX experiences_worked ON experiences (prompt) WHERE outcome = 'worked'",
)


def upgrade() -> None:
    """Make the tables and columns anew."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was published cannot be made again: restore a backup."""
    raise NotImplementedError("publications cannot be made again")
