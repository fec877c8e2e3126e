"""
Prints the expected values of meanShare.test.ts: Wilson's interval with the effective sample size of votes that are clustered by voter and by
image (Cameron, Gelbach & Miller 2011), and Student's t with Satterthwaite's degrees of freedom.
"""
import math


def t_point(nu):
    c = math.exp(math.lgamma((nu + 1) / 2) - math.lgamma(nu / 2)) / math.sqrt(nu * math.pi)
    density = lambda x: c * (1 + x * x / nu) ** (-(nu + 1) / 2)

    def between(t, n=20000):
        h = t / n
        return 2 * h / 3 * (density(0) + density(t) + sum((4 if k % 2 else 2) * density(k * h) for k in range(1, n)))

    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if between(middle) < 0.95 else (low, middle)
    return (low + high) / 2


def interval(votes):
    """votes: triples (image, voter, agrees)."""
    images, voters = sorted({v[0] for v in votes}), sorted({v[1] for v in votes})
    on = {i: [v[2] for v in votes if v[0] == i] for i in images}
    m = sum(sum(on[i]) / len(on[i]) for i in images) / len(images)
    score = [(i, j, (y - m) / (len(on[i]) * len(images))) for i, j, y in votes]
    by = lambda place, keys: sum(sum(s[2] for s in score if s[place] == k) ** 2 for k in keys) * len(keys) / (len(keys) - 1)
    size = 1 / sum((1 / (len(on[i]) * len(images))) ** 2 * len(on[i]) for i in images)
    of_votes, of_images, of_voters = m * (1 - m) / (size - 1), by(0, images), by(1, voters)
    total = max(of_votes, of_images, of_voters, of_images + of_voters - of_votes)
    nu = max(1, total**2 / (of_images**2 / (len(images) - 1) + of_voters**2 / (len(voters) - 1)))
    t = t_point(nu)
    n = min(size, m * (1 - m) / total)
    scale = 1 + t * t / n
    centre = (m + t * t / (2 * n)) / scale
    half = t / scale * math.sqrt(m * (1 - m) / n + t * t / (4 * n * n))
    return m, centre - half, centre + half


def cast(images, voters, seen, agrees):
    return [(i, j, int(agrees(i, j))) for i in range(images) for j in range(voters) if seen(i, j)]


print(interval(cast(6, 10, lambda i, j: True, lambda i, j: (i * j + i) % 3 == 0)))
print(interval(cast(9, 20, lambda i, j: j >= 2 * i, lambda i, j: (i + j) % 4 < 2 or j > 15)))
print(interval(cast(3, 40, lambda i, j: (i + j) % 3 > 0, lambda i, j: j % 7 < 3 + i)))
