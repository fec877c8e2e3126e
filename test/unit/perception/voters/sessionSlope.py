"""Prints the golden values of voters.test.ts: python3 sessionSlope.py (mpmath 1.3.0).

Regression on the trial with an intercept for each voter, by normal equations, with the cluster-robust sandwich of Liang & Zeger times
G / (G - 1), and t with G - 1 degrees of freedom, whose distribution is integrated numerically.
"""
from mpmath import findroot, gamma, inf, matrix, mp, mpf, nstr, pi, quad, sqrt

mp.dps = 30
voter = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]
trial = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 2, 5]
agrees = [0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1]
groups = 4
X = matrix([[mpf(v == g) for g in range(groups)] + [mpf(t)] for v, t in zip(voter, trial)])
y = matrix(agrees)
bread = (X.T * X) ** -1
beta = bread * X.T * y
residual = y - X * beta
meat = matrix(groups + 1, groups + 1)
for g in range(groups):
    score = matrix(groups + 1, 1)
    for row, v in enumerate(voter):
        if v == g:
            score += X[row, :].T * residual[row]
    meat += score * score.T
error = sqrt((bread * meat * bread)[groups, groups] * groups / mpf(groups - 1))
freedom = groups - 1


def tail(t):
    density = lambda x: (1 + x * x / freedom) ** (-mpf(freedom + 1) / 2)
    return 2 * gamma(mpf(freedom + 1) / 2) / (sqrt(freedom * pi) * gamma(mpf(freedom) / 2)) * quad(density, [t, 10 * t, inf])


slope = beta[groups]
critical = findroot(lambda t: tail(t) - mpf("0.05"), 3)
print("slope", nstr(slope, 17), "p", nstr(tail(abs(slope / error)), 17), "low", nstr(slope - critical * error, 17))
