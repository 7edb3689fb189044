"""How long things are kept: what was sent and shown, and the records of who used a right."""

from datetime import timedelta

from bot.domain.selection import REPEAT_AFTER

SMALLEST_HISTORY = REPEAT_AFTER + timedelta(days=1)
"""What planning looks back on: a prompt does not come back within `REPEAT_AFTER`. The cap looks back on days,
and a round asks for its own deliveries while it is open, which is at most four weeks."""

DEFAULT_HISTORY = timedelta(days=180)
"""Half a year: twice what planning needs, so that what went wrong in a quarter can still be looked into."""

DEFAULT_AFTER_UNINSTALL = timedelta(days=90)
"""A quarter: somebody who changes phones, jobs or their mind finds their choices again."""

DEFAULT_AUDIT = timedelta(days=365)
"""A year: long enough for a yearly review of who read which summary."""
