"""Mail, Slack, Matrix, Teams and some hundred more, through apprise."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from tocsin.ledger.alerts import Alert
from tocsin.watch.senders.base import Undelivered
from tocsin.watch.wording import headline, letter

KINDS = ("info", "info", "warning", "failure")
"""How apprise is told of levels, the gravest last."""


class NoticeSender:
    """Sends to one address of apprise."""

    most = 1
    seconds = 60.0

    def __init__(self, url: str) -> None:
        import apprise

        asset = apprise.AppriseAsset(app_id="Tocsin", app_desc="Tocsin alerts", app_url="", async_mode=False)
        self.service = apprise.Apprise(asset=asset)
        self.service.add(url)

    def send(self, alerts: Sequence[Alert]) -> None:
        """Send one after the other."""
        import apprise

        for alert in alerts:
            kind = KINDS[min(alert.rank, len(KINDS) - 1)]
            with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
                done = self.service.notify(
                    title=headline(alert), body=letter(alert), notify_type=kind, body_format="text"
                )
                said = " ".join(log.getvalue().split())
            if not done:
                raise Undelivered(said or "the service did not take it")
