"""Prints the expected values of meanShare.test.ts: Wilson's interval with the effective sample size and Student's t in closed form."""
from math import pi, sqrt, tan

T = {1: tan(pi * 0.475), 2: 0.95 / sqrt(2 * 0.975 * 0.025)}


def interval(shares, votes):
    n = len(shares)
    m = sum(shares) / n
    v = sum((s - m) ** 2 for s in shares) / (n - 1)
    t = T[n - 1]
    size = min(votes, m * (1 - m) * n / v) if v > 0 else votes
    scale = 1 + t * t / size
    centre = (m + t * t / (2 * size)) / scale
    half = t / scale * sqrt(m * (1 - m) / size + t * t / (4 * size * size))
    return m, v, centre - half, centre + half


for shares, votes in [([0.25, 0.5, 0.75], 60), ([0.5, 0.5], 40), ([0.0, 0.0, 0.0], 72), ([0.1, 0.9], 20)]:
    print(*map(repr, interval(shares, votes)))
