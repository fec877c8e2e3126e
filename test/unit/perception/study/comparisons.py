# Golden values of differenceOfShares, differenceOfMeans, holm and splitHalf, from the Python standard library alone.
# python3 test/unit/perception/study/comparisons.py
import csv, gzip, itertools, math, statistics, sys


def t_cdf(t, nu):
    # Simpson's rule on the density.
    c = math.exp(math.lgamma((nu + 1) / 2) - math.lgamma(nu / 2)) / math.sqrt(nu * math.pi)
    n = 20000
    h = abs(t) / n
    f = lambda x: c * (1 + x * x / nu) ** (-(nu + 1) / 2)
    s = f(0) + f(abs(t)) + sum((4 if k % 2 else 2) * f(k * h) for k in range(1, n))
    half = s * h / 3
    return 0.5 + half if t > 0 else 0.5 - half


def t_point(nu, confidence=0.95):
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 2 * t_cdf(middle, nu) - 1 < confidence else (low, middle)
    return (low + high) / 2


# 6 voters vote on all of 5 images of group A and 4 of group B; voter v, image i agrees if the pattern says so.
votes = [(v, i, 1 if (v * 7 + i * 5 + v * i) % 4 < (3 if i < 5 else 1) else 0) for v in range(6) for i in range(9)]
group = lambda i: 0 if i < 5 else 1
p = [statistics.mean(a for _, i, a in votes if group(i) == g) for g in (0, 1)]
n = [sum(1 for _, i, _ in votes if group(i) == g) for g in (0, 1)]


def cluster(sums):
    k = len(sums)
    return sum(s * s for s in sums) * k / (k - 1)


def parts_of(g):
    score = lambda a: (a - p[g]) / n[g]
    own = [(v, i, a) for v, i, a in votes if group(i) == g]
    scores = [sum(score(a) for v, _, a in own if v == w) for w in range(6)]
    images = sorted({i for _, i, _ in own})
    of_votes = p[g] * (1 - p[g]) / (n[g] - 1)
    of_voters, of_images = cluster(scores), cluster([sum(score(a) for _, i, a in own if i == j) for j in images])
    total = max(of_votes, of_voters, of_images, of_voters + of_images - of_votes)
    return scores, of_voters, of_images, of_votes, total, len(images)


def wilson(share, variance, votes, t):
    size = min(votes, share * (1 - share) / variance)
    scale = 1 + t * t / size
    centre = (share + t * t / (2 * size)) / scale
    half = t / scale * math.sqrt(share * (1 - share) / size + t * t / (4 * size * size))
    return max(0, centre - half), min(1, centre + half)


print("difference of shares: agreeing by voter and group", [[sum(a for w, i, a in votes if w == v and group(i) == g) for v in range(6)] for g in (0, 1)])
print("agreeing by image", [sum(a for _, i, a in votes if i == j) for j in range(9)])
(s1, v1, i1, e1, t1, k1), (s2, v2, i2, e2, t2, k2) = parts_of(0), parts_of(1)
covariance = sum(x * y for x, y in zip(s1, s2)) * 6 / 5
shared = max(0, covariance)
total = max(e1 + e2, t1 + t2 - 2 * shared)
of_voters = max(0, v1 + v2 - 2 * covariance)
freedom = max(1, total**2 / (of_voters**2 / 5 + i1**2 / (k1 - 1) + i2**2 / (k2 - 1)))
t = t_point(freedom)
rho = min(0.99, shared / math.sqrt(t1 * t2))
first, second = wilson(p[0], t1, n[0], t), wilson(p[1], t2, n[1], t)


def combined(scale):
    x, xl, xh, y, yl, yh = (scale(q) for q in (p[0], *first, p[1], *second))
    away = lambda one, other: math.sqrt(one * one + other * other - 2 * rho * one * other)
    return x - y, x - y - away(x - xl, yh - y), x - y + away(xh - x, y - yl)


print("difference", *combined(lambda q: q), "p", 2 * (1 - t_cdf(abs(p[0] - p[1]) / math.sqrt(total), freedom)))
print("h", *combined(lambda q: 2 * math.asin(math.sqrt(q))))

a, b = [0.91, 0.99, 0.999, 0.97, 0.85], [0.5, 0.73, 0.92, 0.61]
va, vb = statistics.variance(a) / len(a), statistics.variance(b) / len(b)
nu = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
d = statistics.mean(a) - statistics.mean(b)
reach = t_point(nu) * math.sqrt(va + vb)
print("Welch", d, d - reach, d + reach, "p", 2 * (1 - t_cdf(abs(d) / math.sqrt(va + vb), nu)))
pooled = math.sqrt((4 * statistics.variance(a) + 3 * statistics.variance(b)) / 7)
g = (1 - 3 / (4 * 7 - 1)) * d / pooled
reach = 1.959963984540054 * math.sqrt(9 / 20 + g * g / 18)
print("g", g, g - reach, g + reach)

# Paired: the same images in two studies, with the variance of each study's voters beside that of the images.
first, second = [0.9, 0.4, 0.65, 0.2, 0.75, 0.5], [0.7, 0.3, 0.7, 0.1, 0.5, 0.45]
differences = [x - y for x, y in zip(first, second)]
of_images = statistics.variance(differences) / 6
parts = [(of_images, 5), (0.002, 9), (0.001, 19)]
total = sum(x for x, _ in parts)
nu = total**2 / sum(x * x / f for x, f in parts)
d = statistics.mean(differences)
reach = t_point(nu) * math.sqrt(total)
print("paired", d, d - reach, d + reach, "p", 2 * (1 - t_cdf(abs(d) / math.sqrt(total), nu)))
print("correlation", statistics.correlation(first, second))


def reliability(rows):
    # rows[v][i]: 1, 0, or None without a vote
    voters, images = len(rows), len(rows[0])
    used = [i for i in range(images) if sum(r[i] is not None for r in rows) >= 2]
    rs = []
    half = voters // 2
    for first in itertools.combinations(range(voters), half):
        if voters % 2 == 0 and 0 not in first:
            continue
        share = lambda side: [(statistics.mean(x) if (x := [rows[v][i] for v in side if rows[v][i] is not None]) else None) for i in used]
        pairs = [(x, y) for x, y in zip(share(first), share([v for v in range(voters) if v not in first])) if x is not None and y is not None]
        xs, ys = zip(*pairs)
        if len(set(xs)) > 1 and len(set(ys)) > 1:
            rs.append(statistics.correlation(xs, ys))
    r = statistics.mean(rs)
    return r if r < 0 else 2 * r / (1 + r), len(rs)


rows = [[None if (v + 2 * i) % 11 == 0 else (1 if (v * 3 + i * i) % 7 < i else 0) for i in range(7)] for v in range(6)]
print("votes", rows)
print("split half, six voters", reliability(rows))
print("split half, five voters", reliability(rows[:5]))

# The path of silhouettes-16afc.csv.gz as an argument: people's answers of silhouettes, right if they name the category.
if len(sys.argv) > 1:
    votes = list(csv.DictReader(gzip.open(sys.argv[1], "rt")))
    people = [v for v in votes if v["kind"] == "person" and v["response"] != "na"]
    observers, images = sorted({v["observer"] for v in people}), sorted({v["image"] for v in people})
    rows = [[None] * len(images) for _ in observers]
    for v in people:
        rows[observers.index(v["observer"])][images.index(v["image"])] = int(v["response"] == v["category"])
    print("split half, silhouettes", len(observers), len(images), reliability(rows))
