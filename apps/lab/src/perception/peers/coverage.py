"""Prints the values of `closedForms/coverage.ts`: coverage and decisions that are sums over all votes, without simulation.

python3 apps/lab/src/perception/peers/coverage.py, with mpmath (1.3.0). Takes a minute.
"""

from fractions import Fraction
from math import comb, lgamma, log, sqrt

from mpmath import betainc, erfinv, mp, mpf

mp.dps = 20


def tail_point(level, a, b):
    """The quantile of Beta(a, b), by bisection."""
    low, high = mpf(0), mpf(1)
    for _ in range(60):
        middle = (low + high) / 2
        if betainc(a, b, 0, middle, regularized=True) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal_point(confidence):
    return float(sqrt(2) * erfinv(mpf(confidence)))


def wilson(k, n, confidence):
    z = normal_point(confidence)
    share, square = k / n, z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return (0.0 if k == 0 else centre - half), (1.0 if k == n else centre + half)


def jeffreys(k, n, confidence):
    tail = (1 - mpf(confidence)) / 2
    low = 0 if k == 0 else tail_point(tail, k + 0.5, n - k + 0.5)
    high = 1 if k == n else tail_point(1 - tail, k + 0.5, n - k + 0.5)
    return low, high


def mean_coverage(interval, n, confidence):
    """Over shares that are uniform from 0 to 1."""
    total = mpf(0)
    for k in range(n + 1):
        low, high = interval(k, n, confidence)
        total += betainc(k + 1, n - k + 1, low, high, regularized=True)
    return float(total / (n + 1))


def ratio_reached(k, n, share):
    """Whether the likelihood ratio of a uniform mixture to the share is at least 20."""
    evidence = lgamma(k + 1) + lgamma(n - k + 1) - lgamma(n + 2)
    return evidence - k * log(share) - (n - k) * log(1 - share) >= log(20)


def ever(share, horizon, misses):
    """The probability that `misses` holds at some vote from the fifth to the horizon."""
    waiting, missed = {0: 1.0}, 0.0
    for n in range(1, horizon + 1):
        following = {}
        for k, mass in waiting.items():
            following[k + 1] = following.get(k + 1, 0.0) + mass * share
            following[k] = following.get(k, 0.0) + mass * (1 - share)
        waiting = {}
        for k, mass in following.items():
            if n >= 5 and misses(k, n):
                missed += mass
            else:
                waiting[k] = mass
    return missed


def outside_wilson(k, n, share):
    low, high = wilson(k, n, 0.95)
    return share < low or share > high


def posterior_right(horizon):
    """Of decisions by a posterior of .95 beyond one half, before the horizon: the share that is right, over uniform shares."""
    paths, decided, right = {0: 1}, Fraction(0), Fraction(0)
    for n in range(1, horizon):
        following = {}
        for k, count in paths.items():
            following[k + 1] = following.get(k + 1, 0) + count
            following[k] = following.get(k, 0) + count
        paths = {}
        for k, count in following.items():
            below = Fraction(sum(comb(n + 1, j) for j in range(k + 1, n + 2)), 2 ** (n + 1))
            sure = max(below, 1 - below)
            if n >= 5 and sure >= Fraction(95, 100):
                mass = Fraction(count, (n + 1) * comb(n, k))
                decided += mass
                right += mass * sure
            else:
                paths[k] = count
    return float(right / decided), float(decided)


for name, interval in (("wilson", wilson), ("beta", jeffreys)):
    for n in (20, 200):
        for confidence in (0.8, 0.95):
            print(name, n, confidence, round(mean_coverage(interval, n, confidence), 7))
for share in (0.1, 0.5, 0.75):
    print("sequence misses", share, round(ever(share, 500, lambda k, n: ratio_reached(k, n, share)), 7))
    print("wilson misses", share, round(ever(share, 500, lambda k, n: outside_wilson(k, n, share)), 7))
print("sequence decides", round(ever(0.5, 200, lambda k, n: ratio_reached(k, n, 0.5)), 7))
print("wilson decides", round(ever(0.5, 200, lambda k, n: outside_wilson(k, n, 0.5)), 7))
print("posterior right, decided", *(round(value, 7) for value in posterior_right(200)))
