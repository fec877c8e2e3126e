"""Prints the golden values for the tests of perception, computed with SciPy, scikit-learn, krippendorff and plain NumPy.

PYTHON apps/lab/src/perception/peers/golden.py, in an environment with requirements.txt.
"""

import krippendorff
import numpy as np
from scipy.optimize import minimize
from scipy.stats import bootstrap, norm
from sklearn.metrics import cohen_kappa_score

missing = np.nan
ratings = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, missing, missing, missing],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, missing, 3],
        [missing, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, missing],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, missing],
    ]
)
for level in ["nominal", "ordinal", "interval", "ratio"]:
    print("alpha", level, krippendorff.alpha(ratings, level_of_measurement=level))

for a in range(4):
    for b in range(a + 1, 4):
        both = ~np.isnan(ratings[a]) & ~np.isnan(ratings[b])
        print("kappa", a, b, cohen_kappa_score(ratings[a][both].astype(int), ratings[b][both].astype(int)))

first = np.array([1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1])
second = np.array([1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1])
print("error consistency", cohen_kappa_score(first, second))

sample = np.array([2.1, 3.4, 1.7, 5.9, 2.2, 8.3, 2.8, 3.1, 4.4, 1.2, 2.6, 3.8])
interval = bootstrap((sample,), np.mean, n_resamples=200000, method="BCa", random_state=1).confidence_interval
print("bca", interval.low, interval.high)
print("normal quantiles", norm.ppf([1e-10, 0.025, 0.3, 0.8, 0.999]))

# Bradley-Terry: winner, loser, voter; strengths N(0, 3^2), log discrimination N(0, .5^2).
games = np.array([[0, 1, 0], [0, 1, 1], [1, 2, 0], [2, 1, 1], [0, 2, 0], [0, 2, 1], [2, 3, 0], [3, 2, 1], [1, 3, 0], [0, 3, 1], [1, 0, 1]])


def negative(parameters):
    strength, discrimination = parameters[:4], np.exp(parameters[4:])
    x = discrimination[games[:, 2]] * (strength[games[:, 0]] - strength[games[:, 1]])
    return np.log1p(np.exp(-x)).sum() + (strength**2).sum() / 18 + (parameters[4:] ** 2).sum() / 0.5


best = minimize(negative, np.zeros(6), method="BFGS", options={"gtol": 1e-10}).x
print("bradley-terry", best[:4] - best[:4].mean(), np.exp(best[4:]))

# One coin: items x voters, two answers; pseudo-votes 1 and .5, one pseudo-item an answer: the posterior mode by a general optimiser.
votes = np.array([[1, 1, 0, 1], [0, 0, 0, 1], [1, 1, 1, 1], [0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [1, 0, 1, 1], [0, 0, 0, 0]])


def logistic(x):
    return 1 / (1 + np.exp(-x))


def coin(parameters):
    skill, share = logistic(parameters[:4]), logistic(parameters[4])
    ones = share * np.prod(np.where(votes == 1, skill, 1 - skill), axis=1)
    zeros = (1 - share) * np.prod(np.where(votes == 0, skill, 1 - skill), axis=1)
    prior = (np.log(skill) + 0.5 * np.log(1 - skill)).sum() + np.log(share) + np.log(1 - share)
    return -(np.log(ones + zeros).sum() + prior), ones / (ones + zeros)


best = minimize(lambda p: coin(p)[0], np.array([1.0, 1, 1, 1, 0]), method="BFGS", options={"gtol": 1e-9})
print("one coin", logistic(best.x[:4]), coin(best.x)[1])
covariance = np.zeros((5, 5))
step = 1e-4
hessian = np.zeros((5, 5))
for i in range(5):
    for j in range(5):
        def at(a, b):
            p = best.x.copy()
            p[i] += a
            p[j] += b
            return coin(p)[0]
        hessian[i, j] = (at(step, step) - at(step, -step) - at(-step, step) + at(-step, -step)) / (4 * step * step)
covariance = np.linalg.inv(hessian)
deviation = np.sqrt(np.diag(covariance)[:4])
print("one coin skill intervals", logistic(best.x[:4] - 1.959963984540054 * deviation), logistic(best.x[:4] + 1.959963984540054 * deviation))

# GLAD with ability ~ N(1, 1), log ease ~ N(1, 1), by a general optimiser on a grid of 1,601 nodes.
nodes = np.linspace(-8, 8, 1601)
weights = np.exp(-(nodes**2) / 2)
weights /= weights.sum()
ease = np.exp(1 + nodes)


def glad(ability):
    right = logistic(ability[None, :, None] * ease[None, None, :])
    ones = np.prod(np.where(votes[:, :, None] == 1, right, 1 - right), axis=1) @ weights / 2
    zeros = np.prod(np.where(votes[:, :, None] == 0, right, 1 - right), axis=1) @ weights / 2
    return -(np.log(ones + zeros).sum() - ((ability - 1) ** 2).sum() / 2), ones / (ones + zeros)


best = minimize(lambda a: glad(a)[0], np.ones(4), method="BFGS", options={"gtol": 1e-9})
print("glad", best.x, glad(best.x)[1])

# Calibration: counts and probabilities of four images, three classes.
counts = np.array([[8, 1, 1], [2, 5, 3], [0, 0, 10], [4, 4, 2]])
probabilities = np.array([[0.9, 0.05, 0.05], [0.3, 0.6, 0.1], [0.1, 0.2, 0.7], [0.2, 0.5, 0.3]])
shares = counts / counts.sum(1, keepdims=True)
middle = (shares + probabilities) / 2
safe = np.where(shares > 0, shares, 1)
print("brier", ((probabilities - shares) ** 2).sum(1))
print("log score", -(shares * np.log(probabilities)).sum(1))
print("total variation", np.abs(probabilities - shares).sum(1) / 2)
divergence = (probabilities * np.log2(probabilities / middle)).sum(1) / 2 + (shares * np.log2(safe / middle)).sum(1) / 2
print("jensen-shannon", divergence)
temperature = minimize(
    lambda t: -(shares * np.log(probabilities ** (1 / t[0]) / (probabilities ** (1 / t[0])).sum(1, keepdims=True))).sum(),
    np.array([1.0]),
    method="Nelder-Mead",
    options={"xatol": 1e-10, "fatol": 1e-14},
).x
print("temperature", temperature)
