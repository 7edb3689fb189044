"""The composition root: settings → adapters → services. The only place that names concrete adapters.

`stores`, `worlds`, `proofs` and `beats` each make one part; `serving` puts them together as the service, and
`offices` as what a command needs. `safety` refuses what should not run at all.
"""

from bot.bootstrap.offices import erased_before, move_store, office, rehearse, settle_store
from bot.bootstrap.safety import LOOPBACK
from bot.bootstrap.serving import run, service
from bot.bootstrap.stores import POSTGRES, bring_up_to_date, open_store, store_path
from bot.bootstrap.worlds import house

__all__ = [
    "LOOPBACK",
    "POSTGRES",
    "bring_up_to_date",
    "erased_before",
    "house",
    "move_store",
    "office",
    "open_store",
    "rehearse",
    "run",
    "service",
    "settle_store",
    "store_path",
]
