"""Where alerts are sent: a YAML file of channels, decoded strictly. Secrets may stay in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tocsin import lexicon
from tocsin.errors import LexiconError, UsageError
from tocsin.ledger.alerts import Alert
from tocsin.lexicon import Entry
from tocsin.watch.indicators import Name
from tocsin.watch.levels import levels


class Retry(Entry, frozen=True, kw_only=True):
    """How often a delivery is tried, and how long is waited: `first` seconds, then twice as long each time, `most` at
    most, of which a random part is taken off. What has failed so often lies in dead letters."""

    attempts: Annotated[int, Meta(ge=1, le=1_000)] = 12
    first: Annotated[float, Meta(gt=0)] = 5.0
    most: Annotated[float, Meta(gt=0)] = 3_600.0


class Channel(Entry, frozen=True, kw_only=True, tag_field="kind"):
    """What all channels have: which alerts they take."""

    id: Name
    packs: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    level: str | None = None
    retry: Retry = Retry()

    def takes(self, alert: Alert) -> bool:
        """Whether an alert is for this channel."""
        if self.packs and alert.pack not in self.packs:
            return False
        if self.indicators and alert.indicator not in self.indicators:
            return False
        return self.level is None or alert.level in levels().at_least(self.level)


class Webhook(Channel, frozen=True, kw_only=True, tag_field="kind", tag="webhook"):
    """An address that takes POST. `secret`, or the environment variable `secret_env`, signs: `whsec_` and base64, or
    any text. `timeout` is in seconds."""

    url: str
    secret: str | None = None
    secret_env: str | None = None
    timeout: Annotated[float, Meta(gt=0, le=300)] = 10.0


class Notice(Channel, frozen=True, kw_only=True, tag_field="kind", tag="apprise"):
    """Mail, Slack, Matrix, Teams and others, by an address of apprise: `url`, or the environment variable `url_env`."""

    url: str | None = None
    url_env: str | None = None


class Lines(Channel, frozen=True, kw_only=True, tag_field="kind", tag="jsonl"):
    """A file to which alerts are added, one a line."""

    file: str


class AtomFile(Channel, frozen=True, kw_only=True, tag_field="kind", tag="atom"):
    """A feed that is written anew when something rings: the newest `entries` alerts."""

    file: str
    title: str = "Tocsin alerts"
    entries: Annotated[int, Meta(ge=1, le=10_000)] = 100


AnyChannel = Webhook | Notice | Lines | AtomFile


class ChannelFile(Entry, frozen=True, kw_only=True):
    """The file."""

    channels: list[dict[str, Any]]


def channels_of(path: Path, environment: Mapping[str, str] | None = None) -> tuple[AnyChannel, ...]:
    """The channels that a file lists. Raises `LexiconError`: `file: channel: what is wrong`."""
    given = lexicon.read(path, ChannelFile).channels
    found: dict[str, AnyChannel] = {}
    for one in given:
        where = f"{path.name}: {one.get('id', 'a channel without an id')}"
        try:
            channel = msgspec.convert(one, AnyChannel)
            _sound(channel, os.environ if environment is None else environment)
        except (msgspec.ValidationError, UsageError) as fault:
            raise LexiconError(f"{where}: {fault}") from fault
        if channel.id in found:
            raise LexiconError(f"{where}: this id comes twice; give one another")
        found[channel.id] = channel
    return tuple(found.values())


def _sound(channel: AnyChannel, environment: Mapping[str, str]) -> None:
    """Raise `UsageError` where a channel cannot work."""
    if channel.level is not None:
        levels().rank(channel.level)
    if isinstance(channel, Webhook):
        if not channel.url.startswith(("https://", "http://")):
            raise UsageError(f"url: “{channel.url}” is no web address; it begins with https:// or http://")
        secret_of(channel, environment)
    if isinstance(channel, Notice):
        _known(address_of(channel, environment))


def _known(url: str) -> None:
    """Raise `UsageError` for an address that apprise does not take; it is not shown, since it may hold a password."""
    import apprise

    if apprise.Apprise.instantiate(url, suppress_exceptions=True) is None:
        kind = url.partition(":")[0][:20]
        raise UsageError(f"url: apprise takes no address such as “{kind}:…”; its kinds are at https://appriseit.com")


def secret_of(channel: Webhook, environment: Mapping[str, str]) -> str:
    """What signs a webhook's messages."""
    return _given(channel.secret, channel.secret_env, "secret", environment)


def address_of(channel: Notice, environment: Mapping[str, str]) -> str:
    """The address of apprise."""
    return _given(channel.url, channel.url_env, "url", environment)


def _given(value: str | None, variable: str | None, name: str, environment: Mapping[str, str]) -> str:
    """A value from the file, or from the environment."""
    if (value is None) == (variable is None):
        raise UsageError(f"give either {name} or {name}_env, the environment variable that holds it")
    found = value if variable is None else environment.get(variable)
    if not found:
        raise UsageError(f"{name}: empty" if variable is None else f"{name}_env: ${variable} is not set")
    return found
