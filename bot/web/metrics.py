"""What a dashboard reads: figures of the service and never of a person. Labels hold fixed words only."""

from collections.abc import Awaitable, Callable, Iterator, Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.services.outbox.watching import Figures

CONTENT_TYPE = CONTENT_TYPE_LATEST

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds. Teams gives up on an answer to a button after about ten."""


Look = Callable[[], Awaitable[Figures]]
"""Finds out how things stand."""


class Metrics:
    """Keeps the times of what came in, and asks for everything else when the page is read."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._inbound = Histogram(
            "steady_drip_inbound_seconds",
            "How long requests of Teams took, by the status of the answer.",
            ["status"],
            buckets=BUCKETS,
            registry=self._registry,
        )

    def answered(self, status: int, seconds: float) -> None:
        """Take note of one request."""
        self._inbound.labels(str(status)).observe(seconds)

    async def page(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry) + generate_latest(_Snapshot(await self._look()))


class _Snapshot(CollectorRegistry):
    """Figures in the shape in which the library writes them."""

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        figures = self._figures
        yield _gauge("up", "Whether a part works, as /readyz says it.", "part", figures.parts)
        if figures.waiting is not None and figures.oldest is not None:
            yield _gauge("queue_depth", "Messages that are due and not settled.", value=figures.waiting)
            yield _gauge("queue_oldest_seconds", "How long the oldest has been due.", value=figures.oldest)
        yield _counter("sends", "Messages that came to an end here, by how.", "outcome", figures.sends)
        yield _counter("throttled", "How often Teams asked to wait (429).", value=figures.throttled)
        yield _gauge("tick_lag_seconds", "How late each tick of the scheduler is.", "tick", figures.lags)


def _gauge(
    name: str, about: str, label: str = "", by: Mapping[str, float] | None = None, value: float | None = None
) -> Metric:
    metric = GaugeMetricFamily(f"steady_drip_{name}", about, value=value, labels=[label] if label else None)
    for key, one in (by or {}).items():
        metric.add_metric([key], float(one))
    return metric


def _counter(
    name: str, about: str, label: str = "", by: Mapping[str, float] | None = None, value: float | None = None
) -> Metric:
    metric = CounterMetricFamily(f"steady_drip_{name}", about, value=value, labels=[label] if label else None)
    for key, one in (by or {}).items():
        metric.add_metric([key], float(one))
    return metric
