"""Reports made from the gold with seeded mistakes, so that every scorer has something to count."""

from __future__ import annotations

import random

from tocsin.evaluate.gold import GoldArticle, GoldClaim, GoldMention
from tocsin.evaluate.mentions import AttributionRow, Span, TimexRow, ToponymRow, hull
from tocsin.model import Actor, Attribution, Claim, Figure, Mention, Mentions, Place, Report, Source, Status, Time

STATUSES: tuple[Status, ...] = ("occurred", "ongoing", "planned", "possible", "denied")


class Maker:
    """Makes reports of gold items; `rng` decides where they are wrong."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def odds(self, share: float) -> bool:
        return self.rng.random() < share

    def span(self, text: str, start: int, end: int, moved: float = 0.15) -> Mention:
        """The mention, now and then another one."""
        if self.odds(moved):
            step = self.rng.randint(-25, 25)
            start, end = max(0, start + step), min(len(text), end + step)
            start, end = (start, end) if end > start else (0, 1)
        return Mention(text=text[start:end], start=start, end=end)

    def actor(self, text: str, gold: GoldMention) -> Actor:
        at = self.span(text, gold.start, gold.end)
        country = gold.country if self.odds(0.8) else "FRA"
        antecedent = self.span(text, gold.start, gold.end) if self.odds(0.2) else None
        return Actor(
            text=at.text,
            start=at.start,
            end=at.end,
            name=gold.name or gold.text,
            country=country,
            antecedent=antecedent,
        )

    def claim(self, article: GoldArticle, gold: GoldClaim) -> Claim:
        text = article.text
        figures = [
            Figure(
                text=f.text, start=f.start, end=f.end, what=f.what[0] if self.odds(0.8) else "other",
                low=f.low if self.odds(0.9) else 1, high=f.high, qualifier="exact",
            )
            for f in gold.figures if self.odds(0.9)
        ]  # fmt: skip
        sources = [
            Source(text=s.text, start=s.start, end=s.end, level=s.level, manner="said", name=s.name, country=s.country)
            for s in gold.sources if self.odds(0.9)
        ]  # fmt: skip
        places = [self.span(text, p.start, p.end) for p in gold.places]
        time = Time(text="", start=0, end=0, from_=gold.time.from_, to=gold.time.to) if gold.time else None
        return Claim(
            id=gold.id,
            trigger=self.span(text, gold.trigger.start, gold.trigger.end),
            type=gold.types[0] if self.odds(0.8) else "CONSULT",
            mode=None,
            status=gold.status[0] if self.odds(0.8) else self.rng.choice(STATUSES),  # type: ignore[arg-type]
            actors=tuple(self.actor(text, a) for a in gold.actors if self.odds(0.9)),
            recipients=tuple(self.actor(text, a) for a in gold.recipients if self.odds(0.9)),
            objects=(),
            figures=tuple(figures),
            places=tuple(Place(text=p.text, start=p.start, end=p.end) for p in places),
            time=time if self.odds(0.9) else None,
            sources=tuple(sources),
            evidence=Mention(text=text, start=0, end=len(text)),
        )

    def claims(self, article: GoldArticle) -> Report:
        found = [self.claim(article, gold) for gold in article.claims if self.odds(0.85)]
        self.rng.shuffle(found)
        return Report(document=article.document(), claims=tuple(found))

    def times(self, row: TimexRow) -> Report:
        spans = [(t, self.span(row.text, t.start, t.end)) for t in row.timexes if self.odds(0.9)]
        times = [
            Time(text=s.text, start=s.start, end=s.end, timex=t.value if self.odds(0.8) else "P1D",
                 type="DATE" if self.odds(0.3) else t.type or "DATE")  # type: ignore[arg-type]
            for t, s in spans
        ]  # fmt: skip
        return Report(document=row.document(), claims=(), mentions=Mentions(times=tuple(times)))

    def places(self, row: ToponymRow) -> Report:
        found = []
        for name in row.toponyms:
            at = self.span(row.text, name.start, name.end)
            known = name.lat is not None and self.odds(0.9)
            off = self.rng.choice([0, 0.5, 5.0])
            found.append(
                Place(
                    text=at.text, start=at.start, end=at.end, lat=(name.lat or 0) + off if known else None,
                    lon=(name.lon or 0) + off if known else None,
                    country_name=name.country if self.odds(0.8) else "Norway",
                )
            )  # fmt: skip
        return Report(document=row.document(), claims=(), mentions=Mentions(places=tuple(found)))

    def attributions(self, row: AttributionRow) -> Report:
        found = []
        for one in row.attributions:
            if not one.content or self.odds(0.2):
                continue
            source = self.of(row.text, hull(one.source)) if one.source and self.odds(0.9) else None
            found.append(
                Attribution(
                    source=Actor(text=source.text, start=source.start, end=source.end) if source else None,
                    cue=self.of(row.text, hull(one.cue)) if one.cue else None,
                    content=self.of(row.text, hull(one.content), 0.6),
                )
            )
        return Report(document=row.document(), claims=(), mentions=Mentions(attributions=tuple(found)))

    def of(self, text: str, span: Span, moved: float = 0.15) -> Mention:
        return self.span(text, span.start, span.end, moved)
