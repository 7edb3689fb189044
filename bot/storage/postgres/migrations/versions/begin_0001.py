"""The first schema: a table a collection, columns for what is asked for, JSON for what is only carried.

Text that is compared or ordered has the collation "C": code points, as Python compares, and the same on
every server whatever its locale and its version of ICU. States are texts, to be read by whoever looks.
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    # Planning changes `next_nudge` of everybody twice a week, hence the early vacuuming of people.
    """
    CREATE TABLE people (
      id text COLLATE "C" PRIMARY KEY,
      next_nudge timestamptz,
      rights text[] NOT NULL,
      roster jsonb,
      preferences jsonb NOT NULL,
      reference jsonb,
      team text COLLATE "C" GENERATED ALWAYS AS (roster ->> 'team') STORED,
      reachable boolean NOT NULL GENERATED ALWAYS AS (reference IS NOT NULL) STORED
    ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)
    """,
    # Who is due, in order; whoever rests is not in it.
    "CREATE INDEX people_due ON people (next_nudge, id) WHERE next_nudge IS NOT NULL",
    # Few people hold a right; whoever holds none is not in it, so that planning does not touch it.
    "CREATE INDEX people_rights ON people USING gin (rights) WHERE rights <> '{}'",
    # Counting groups reads this, and not half a gigabyte of documents.
    "CREATE INDEX people_team ON people (team) WHERE team IS NOT NULL",
    # One key does for one prompt of one person, and for all of a person's.
    """
    CREATE TABLE experiences (
      person text COLLATE "C" NOT NULL,
      prompt text COLLATE "C" NOT NULL,
      shown timestamptz NOT NULL,
      outcome text,
      PRIMARY KEY (person, prompt)
    )
    """,
    # The outbox and its history. What is open is a small part of it, hence partial indexes; it changes all
    # the time, hence the early vacuuming.
    """
    CREATE TABLE deliveries (
      key text COLLATE "C" PRIMARY KEY,
      person text COLLATE "C" NOT NULL,
      subject jsonb NOT NULL,
      due timestamptz NOT NULL,
      expires timestamptz NOT NULL,
      unasked boolean NOT NULL,
      state text NOT NULL CHECK (state IN ('planned', 'claimed', 'sent', 'dropped', 'refused', 'unknown')),
      attempts integer NOT NULL,
      claimed_until timestamptz,
      settled timestamptz,
      note text NOT NULL
    ) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01)
    """,
    # What may be claimed, in order, however long the history is.
    "CREATE INDEX deliveries_due ON deliveries (due, key) WHERE state IN ('planned', 'claimed')",
    # What is still to be sent to one person.
    "CREATE INDEX deliveries_open ON deliveries (person, due, key) WHERE state IN ('planned', 'claimed')",
    # When one person was last written to unasked: asked before every send.
    """
    CREATE INDEX deliveries_unasked ON deliveries (person, settled)
    WHERE unasked AND settled IS NOT NULL AND state IN ('sent', 'unknown')
    """,
    """
    CREATE TABLE rounds (
      id text COLLATE "C" PRIMARY KEY,
      opens timestamptz NOT NULL,
      closes timestamptz NOT NULL,
      secret bytea,
      threshold integer NOT NULL,
      sealed boolean NOT NULL
    )
    """,
    # No time, and no sequence: nothing tells who answered first.
    """
    CREATE TABLE answers (
      round text COLLATE "C" NOT NULL,
      voice text COLLATE "C" NOT NULL,
      "group" text COLLATE "C" NOT NULL,
      confidence integer NOT NULL,
      workload integer NOT NULL,
      PRIMARY KEY (round, voice)
    )
    """,
    # A tally reads one group of one round from this alone.
    'CREATE INDEX answers_tally ON answers (round, "group") INCLUDE (confidence, workload)',
    """
    CREATE TABLE introductions (
      asker text COLLATE "C" NOT NULL,
      at timestamptz NOT NULL,
      champion text COLLATE "C" NOT NULL,
      PRIMARY KEY (asker, at, champion)
    )
    """,
    """
    CREATE TABLE contributions (
      id text COLLATE "C" PRIMARY KEY,
      submitted timestamptz NOT NULL,
      document jsonb NOT NULL,
      stage text COLLATE "C" NOT NULL GENERATED ALWAYS AS (document ->> 'stage') STORED
    )
    """,
    # One row a tenant, changed with every batch: room on its page keeps the index out of it.
    """
    CREATE TABLE paces (
      tenant text COLLATE "C" PRIMARY KEY,
      next_free timestamptz NOT NULL,
      halted_until timestamptz NOT NULL
    ) WITH (fillfactor = 10)
    """,
    # What waits for a review, and what is in the library, oldest first.
    "CREATE INDEX contributions_stage ON contributions (stage, submitted, id)",
)


def upgrade() -> None:
    """Make every table and index."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """There is nothing before this: restore a backup, or drop the database."""
    raise NotImplementedError("this is the first schema")
