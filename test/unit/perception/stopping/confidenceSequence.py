"""Prints the golden values of stopping.test.ts: python3 confidenceSequence.py (mpmath 1.3.0).

The ends of the interval are the shares at which the likelihood ratio of the Beta(1, 1) mixture, integrated numerically, is 1 / alpha.
"""
from mpmath import findroot, log, mp, mpf, nstr, quad

mp.dps = 30
for agreeing, votes, alpha in [(7, 10, mpf("0.05")), (30, 40, mpf("0.05")), (120, 200, mpf("0.01")), (0, 12, mpf("0.05"))]:
    other = votes - agreeing
    share = mpf(agreeing) / votes
    evidence = quad(lambda p: p**agreeing * (1 - p) ** other, [mpf(step) / 20 for step in range(21)])
    ratio = lambda p: log(evidence) - agreeing * log(p) - other * log(1 - p) + log(alpha)
    low = findroot(ratio, (mpf("1e-6"), share - mpf("1e-9")), solver="anderson") if agreeing else mpf(0)
    high = findroot(ratio, (share + mpf("1e-9"), 1 - mpf("1e-6")), solver="anderson")
    print(f"    [{agreeing}, {votes}, {nstr(1 - alpha, 3)}, {nstr(low, 15)}, {nstr(high, 15)}],")
