"""Whether a weekly count is surprising against its own past.

Counts of reports are taken as negative binomial, as is usual in outbreak detection (Farrington et al., J. R. Stat. Soc.
A 159, 1996; Noufaily et al., Stat. Med. 32, 2013). The expected number is the rate of the past, in reports for each
published document, times the documents of the week, so a ledger that takes in more expects more. The rate has a gamma
distribution with Jeffreys' prior, whose prediction is negative binomial with the size `sum + 1/2` (the Bayesian
detector of Riebler and Höhle; M. Höhle, Comput. Stat. 22, 2007); where the past varies more than chance alone
would make it, the smaller size that the method of moments finds takes its place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Week(NamedTuple):
    """So many reports in a week of so many published documents."""

    reports: int
    published: int


class Expected(NamedTuple):
    """A negative binomial distribution by its mean and its size; its variance is `mean + mean**2 / size`."""

    mean: float
    size: float

    def tail(self, count: int) -> float:
        """The probability of so many, or more."""
        if count <= 0:
            return 1.0
        success = self.size / (self.size + self.mean)
        start = math.lgamma(count + self.size) - math.lgamma(self.size) - math.lgamma(count + 1)
        term = math.exp(start + self.size * math.log(success) + count * math.log1p(-success))
        total, at = 0.0, count
        while True:
            total += term
            term *= (at + self.size) / (at + 1) * (1 - success)
            at += 1
            if at > self.mean and term < total * 1e-12:
                return min(total, 1.0)


def expected(past: Sequence[Week], published: int) -> Expected:
    """What the past lets expect of a week of so many published documents. Weeks without any say nothing."""
    known = [week for week in past if week.published > 0]
    documents = sum(week.published for week in known)
    reports = sum(week.reports for week in known)
    rate = (reports + 0.5) / documents
    means = [rate * week.published for week in known]
    excess = sum((week.reports - mean) ** 2 - mean for week, mean in zip(known, means, strict=True))
    size = reports + 0.5
    if excess > 0:
        size = min(size, sum(mean**2 for mean in means) / excess)
    return Expected(rate * published, size)
