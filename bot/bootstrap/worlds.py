"""What the use cases are given: what the operator decided, and the adapters behind the ports."""

from datetime import timedelta

from bot.config import Settings
from bot.content.bank_holidays import bank_holidays
from bot.content.library import FileLibrary
from bot.domain.library.prompts import App
from bot.domain.outbox.delivery import LEASE
from bot.services.ports import Clock, House, Outbound, Store, World
from bot.system import SystemChance


def house(settings: Settings, *, local: bool) -> House:
    """What the operator decided, as the use cases need it."""
    links = {App.COPILOT_CHAT: settings.copilot_link} if settings.copilot_link else {}
    return House(
        organisation=settings.organisation,
        threshold=settings.threshold,
        calendar=settings.calendar(local=local),
        links=links,
        local_run=local,
        help_contact=settings.help_contact,
        nation=settings.nation,
        lease=LEASE * settings.time_speed,
        keep_history=timedelta(days=settings.keep_history_days),
        keep_after_uninstall=timedelta(days=settings.keep_after_uninstall_days),
        keep_audit=timedelta(days=settings.keep_audit_days),
        first_contact=settings.first_contact and not local,
    )


def world_of(  # noqa: PLR0913 - the composition root is where everything meets
    settings: Settings,
    store: Store,
    library: FileLibrary,
    clock: Clock,
    outbound: Outbound,
    *,
    local: bool,
) -> World:
    """All that the use cases need, with nothing of Teams but the way out."""
    ours = house(settings, local=local)
    return World(store, library, clock, SystemChance(), outbound, ours, holidays=bank_holidays())
