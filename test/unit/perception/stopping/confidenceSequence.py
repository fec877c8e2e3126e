"""Prints the golden values of stopping.test.ts: python3 confidenceSequence.py (mpmath 1.3.0).

The ends of the interval are the shares at which the likelihood ratio of the Beta(1, 1) mixture is 1 / alpha. The mixture's likelihood of
k of n votes is 1 / ((n + 1) C(n, k)), an exact fraction.
"""
from mpmath import binomial, findroot, log, mp, mpf, nstr

mp.dps = 30
for agreeing, votes, alpha in [(7, 10, mpf("0.05")), (30, 40, mpf("0.05")), (120, 200, mpf("0.01")), (0, 12, mpf("0.05"))]:
    other = votes - agreeing
    share = mpf(agreeing) / votes
    evidence = 1 / ((votes + 1) * binomial(votes, agreeing))
    ratio = lambda p: log(evidence) - agreeing * log(p) - other * log(1 - p) + log(alpha)
    low = findroot(ratio, (mpf("1e-6"), share - mpf("1e-9")), solver="anderson") if agreeing else mpf(0)
    high = findroot(ratio, (share + mpf("1e-9"), 1 - mpf("1e-6")), solver="anderson")
    print(f"    [{agreeing}, {votes}, {nstr(1 - alpha, 3)}, {nstr(low, 15)}, {nstr(high, 15)}],")
