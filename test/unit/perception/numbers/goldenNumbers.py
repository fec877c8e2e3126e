"""Prints the golden values of specialFunctions.test.ts: python3 goldenNumbers.py (mpmath 1.3.0, 40 digits).

The incomplete beta function is summed from its hypergeometric series (Abramowitz & Stegun 26.5.4), whose terms are all positive; its
inverse is found by bisection. Neither method is that of the code under test.
"""
from mpmath import binomial, erfinv, exp, loggamma, mp, mpf, nstr, sqrt

mp.dps = 40


def incomplete_beta(x, a, b):
    x, a, b = mpf(x), mpf(a), mpf(b)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    term = total = mpf(1)
    n = 0
    while term > total * mpf(10) ** -32:
        term *= (a + b + n) * x / (a + 1 + n)
        n += 1
        total += term
    return x**a * (1 - x) ** b / a * total * exp(loggamma(a + b) - loggamma(a) - loggamma(b))


def beta_quantile(p, a, b):
    low, high = mpf(0), mpf(1)
    for _ in range(90):
        middle = (low + high) / 2
        if incomplete_beta(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return low


def show(function, arguments, value):
    print(f"  [{function}, [{', '.join(map(str, arguments))}], {nstr(value, 17)}],")


for z in [0.001, 0.5, 1.5, 7.25, 14.9, 100, 12345.5, 1e6]:
    show("logGamma", [z], loggamma(mpf(z)))
for x, a, b in [(0.1, 0.5, 0.5), (0.3, 2, 5), (0.5, 24, 25), (0.02, 1, 200), (1 / 48, 10, 191), (0.9, 300, 20), (0.5, 5000.5, 4990.5),
                (1e-6, 0.5, 3), (0.999, 40, 0.5), (0.5, 200, 1)]:
    show("incompleteBeta", [x, a, b], incomplete_beta(x, a, b))
for p, a, b in [(0.025, 0.5, 20.5), (0.975, 0.5, 20.5), (0.025, 45, 4), (0.975, 46, 3), (0.025, 1, 48), (0.5, 1000.5, 10.5), (1e-9, 3, 7)]:
    show("betaQuantile", [p, a, b], beta_quantile(p, a, b))
for k, n, p in [(15, 24, 0.5), (48, 48, 0.5), (5, 48, 1 / 48), (120, 200, 0.5), (700, 1000, 0.65), (1, 10, 0.1)]:
    show("binomialUpperTail", [k, n, p], sum(binomial(n, j) * mpf(p) ** j * (1 - mpf(p)) ** (n - j) for j in range(k, n + 1)))
for p in [0.975, 0.995, 0.6, 1e-10, 0.0013]:
    show("normalQuantile", [p], sqrt(mpf(2)) * erfinv(2 * mpf(p) - 1))
for t, freedom in [(2, 9), (0.5, 3.5), (10, 30), (1.96, 1000)]:
    show("studentTwoSidedP", [t, freedom], incomplete_beta(mpf(freedom) / (mpf(freedom) + mpf(t) ** 2), mpf(freedom) / 2, 0.5))
for confidence, freedom in [(0.95, 9), (0.95, 2.5), (0.99, 37), (0.95, 1)]:
    x = beta_quantile(mpf(confidence), 0.5, mpf(freedom) / 2)
    show("studentCriticalValue", [confidence, freedom], sqrt(freedom * x / (1 - x)))
