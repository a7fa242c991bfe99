import pytest

from tocsin.read.robots import AGENT, LASTS, LASTS_BROKEN, Robots

RULES = b"""User-agent: *
Disallow: /private/
Allow: /private/open
Crawl-delay: 3

User-agent: Tocsin
Disallow: /*.pdf$
"""


def test_our_own_group_goes_before_the_one_for_all() -> None:
    held = Robots(lambda url: (200, RULES)).of("https://a.example/x", 0)
    assert held.rules
    assert held.rules.can_fetch("https://a.example/private/a", AGENT)
    assert not held.rules.can_fetch("https://a.example/a.pdf", AGENT)
    assert held.rules.can_fetch("https://a.example/a.pdf?x", AGENT)


def test_the_longest_rule_wins_and_delays_are_told() -> None:
    robots = Robots(lambda url: (200, b"\xef\xbb\xbf" + RULES.replace(b"Tocsin", b"other")))
    rules = robots.of("https://a.example/", 0).rules
    assert rules
    assert not rules.can_fetch("https://a.example/private/a", AGENT)
    assert rules.can_fetch("https://a.example/private/open/a", AGENT)
    assert robots.delay("https://a.example/", 0) == 3.0


@pytest.mark.parametrize(
    ("status", "known", "lasts"),
    [
        (404, True, LASTS),
        (403, True, LASTS),
        (500, False, LASTS_BROKEN),
        (429, False, LASTS_BROKEN),
        (0, False, LASTS_BROKEN),
    ],
)
def test_a_site_without_rules_is_open_and_one_that_fails_is_closed(status: int, known: bool, lasts: float) -> None:
    held = Robots(lambda url: (status, b"")).of("https://a.example/", 100.0)
    assert (held.rules, held.known, held.until) == (None, known, 100.0 + lasts)


def test_each_site_is_asked_once_while_its_rules_hold() -> None:
    asked = []

    def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        return 200, b""

    robots = Robots(ask)
    for url, now in [
        ("https://a.example/1", 0),
        ("https://a.example/2", 9),
        ("http://a.example/", 9),
        ("https://a.example:8/", 9),
    ]:
        robots.of(url, now)
    assert asked == ["https://a.example/robots.txt", "http://a.example/robots.txt", "https://a.example:8/robots.txt"]
    robots.of("https://a.example/1", LASTS + 1)
    assert len(asked) == 4


@pytest.mark.parametrize("data", [b"\x00\xff" * 1000, b"User-agent\nDisallow", b"a: b\n" * 10_000, b""])
def test_any_rules_are_read(data: bytes) -> None:
    assert Robots(lambda url: (200, data)).of("https://a.example/", 0).known
