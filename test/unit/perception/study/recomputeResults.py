"""Recomputes a study's results from its exported trials (CSV on standard input), with NumPy and the definitions only.

The argument is the plan's exclusion rule as JSON.

Prints JSON: for each side and phase, the figures of plane, summary, agreement and calibration that resampling has no part in.
Nothing here is derived from the TypeScript code; the columns are described in docs/trial-table.md.
"""
import csv
import json
import math
import statistics
import sys

import numpy as np

Z = statistics.NormalDist().inv_cdf(0.975)


def wilson(k, n):
    if n == 0:
        return [None, None]
    p, d = k / n, 1 + Z * Z / n
    centre = (p + Z * Z / (2 * n)) / d
    half = Z / d * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return [0.0 if k == 0 else centre - half, 1.0 if k == n else centre + half]


def upper_tail(k, n, p):
    return math.fsum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))


def bisect(f):
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        if f(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def exact(k, n):
    low = 0.0 if k == 0 else bisect(lambda p: upper_tail(k, n, p) < 0.025)
    high = 1.0 if k == n else bisect(lambda p: 1 - upper_tail(k + 1, n, p) > 0.025)
    return low, high


def agreement(units):
    """Alpha, Fleiss' kappa and percent agreement of the lists of answers to each image."""
    units = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in units for value in unit})
    if len(values) < 2:
        return [None, None, None]
    counts = np.array([[unit.count(value) for value in values] for unit in units], dtype=float)
    m = counts.sum(axis=1)
    agreeing = (counts * (counts - 1)).sum(axis=1)
    totals = counts.sum(axis=0)
    n = totals.sum()
    observed = 1 - (agreeing / (m - 1)).sum() / n
    expected = 1 - (totals * (totals - 1)).sum() / (n * (n - 1))
    chance = ((totals / n) ** 2).sum()
    fleiss = ((agreeing / (m * (m - 1))).mean() - chance) / (1 - chance)
    return [1 - observed / expected, fleiss, agreeing.sum() / (m * (m - 1)).sum()]


def bounded(share):
    """A share of people is from 0 to 1, though its estimate need not be."""
    return float(min(1.0, max(0.0, share)))


def calibration(confidence, share, edges):
    confidence, share = np.array(confidence), np.array(share)
    bins = np.searchsorted(edges[1:-1], confidence, side="left")
    rows, ece = [], 0.0
    for b in range(len(edges) - 1):
        own = bins == b
        if own.any():
            rows.append([int(own.sum()), confidence[own].mean(), bounded(share[own].mean())])
            ece += own.sum() * abs(confidence[own].mean() - share[own].mean())
        else:
            rows.append([0, None, None])
    return {"bins": rows, "ece": ece / len(confidence)}


def counting(groups, chance):
    if not groups:
        return None
    intervals = {name: exact(k, n) for name, (k, n) in groups.items()}
    above = [k / n > chance for k, n in groups.values()]
    by_interval = [low > chance for low, _ in intervals.values()]
    return {
        "meanAbove": sum(above) / len(above),
        "intervalAbove": sum(by_interval) / len(by_interval),
        "units": {str(name): [*groups[name], *intervals[name]] for name in groups},
    }


def tally(rows, key):
    groups = {}
    for row in rows:
        if row["agrees"] != "":
            k, n = groups.get(row[key], (0, 0))
            groups[row[key]] = (k + (row["agrees"] == "true"), n + 1)
    return groups


def report(rows):
    options = {len(json.loads(row["options"])) for row in rows}
    chance = 1 / options.pop()
    images, voters = tally(rows, "image"), tally(rows, "voter")
    answered = [row for row in rows if row["answer_name"] != ""]

    def units(of):
        answers = {}
        for row in of:
            answers.setdefault(row["image"], []).append(row["answer_name"])
        return list(answers.values())

    confidence = {row["image"]: float(row["machine_confidence"]) for row in rows if row["machine_confidence"] != ""}
    used = [image for image in images if image in confidence]
    x = [confidence[image] for image in used]
    # Corrected for guessing, which needs everyone who recognises nothing to guess.
    y = [(images[image][0] / images[image][1] - chance) / (1 - chance) for image in used]
    guesses = not any(row["cant_tell"] == "true" for row in rows)
    ordered = sorted(x)
    mass = [0.0] + [ordered[max(0, math.ceil(b * len(x) / 15) - 1)] for b in range(1, 15)] + [1.0]
    hits, votes = sum(k for k, _ in images.values()), sum(n for _, n in images.values())
    return {
        "plane": {image: [n, k, *wilson(k, n)] for image, (k, n) in images.items()},
        "share": hits / votes,
        "votes": votes,
        "voters": counting(voters, chance),
        "images": counting(images, chance),
        "agreement": agreement(units(answered)),
        "bySource": {
            source: agreement(units([row for row in answered if row["source"] == source]))[0]
            for source in sorted({row["source"] for row in rows})
        },
        "equalWidth": calibration(x, y, np.array([b / 15 for b in range(16)])) if guesses else None,
        "equalMass": calibration(x, y, np.array(mass)) if guesses else None,
        "meanAgreement": bounded(np.mean(y)) if guesses else None,
    }


def exclusions(rows, rules):
    """Reasons for each voter, from the plan's rules; a value of 0 switches a rule off."""
    reasons = {}
    for voter in sorted({row["voter"] for row in rows}):
        own = [row for row in rows if row["voter"] == voter]
        times = [float(row["response_ms"]) for row in own if row["role"] == "counted" and row["skipped"] == "false" and row["response_ms"]]
        hits = {role: sum(row["role"] == role and row["agrees"] == "true" for row in own) for role in ("gold", "noise")}
        holds = {
            "insider": own[0]["insider"] == "true",
            "still": rules["still"] and own[0]["still"] == "true",
            "goldHits": hits["gold"] < rules["goldHits"],
            "noiseHits": hits["noise"] < rules["noiseHits"],
            "medianMs": bool(times) and float(np.median(times)) < rules["medianMs"],
            "unfinished": rules["unfinished"] and own[0]["finished"] == "false",
        }
        reasons[voter] = [name for name, value in holds.items() if value]
    return reasons


def main():
    every = list(csv.DictReader(sys.stdin))
    reasons = exclusions(every, json.loads(sys.argv[1]))
    rows = [row for row in every if row["role"] == "counted" and row["skipped"] == "false"]
    phases = sorted({row["phase"] for row in rows})
    sides = {"everyone": rows, "planned": [row for row in rows if not reasons[row["voter"]]]}
    reports = {side: [report([row for row in own if row["phase"] == phase]) for phase in phases] for side, own in sides.items()}
    print(json.dumps({**reports, "exclusions": reasons}))


if __name__ == "__main__":
    main()
