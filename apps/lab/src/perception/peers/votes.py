"""Peers of the vote statistics: replies to each line of JSON with a line of JSON. Times exclude reading and arranging the votes."""

import json
import platform
import sys
import time
from importlib.metadata import version

import krippendorff
import numpy as np
import pandas as pd
from crowdkit.aggregation import DawidSkene

print(
    json.dumps(
        {
            "versions": ", ".join(f"{package} {version(package)}" for package in ["crowd-kit", "krippendorff", "numpy"]),
            "threads": 1,
            "python": platform.python_version(),
        }
    ),
    flush=True,
)

votes = None
matrix = None

for line in sys.stdin:
    job = json.loads(line)
    if job["work"] == "read":
        columns = pd.read_csv(job["file"])
        answers = (columns.vote > 0).astype(int)
        votes = pd.DataFrame({"task": columns.question, "worker": columns.rater, "label": answers})
        matrix = np.full((columns.rater.max() + 1, columns.question.max() + 1), np.nan)
        matrix[columns.rater, columns.question] = answers
        result = {"votes": len(votes)}
    elif job["work"] == "dawidSkene":
        began = time.perf_counter()
        model = DawidSkene().fit(votes)
        result = {"seconds": time.perf_counter() - began, "iterations": len(model.loss_history_)}
    else:
        began = time.perf_counter()
        alpha = krippendorff.alpha(matrix, level_of_measurement="nominal")
        result = {"seconds": time.perf_counter() - began, "alpha": float(alpha)}
    print(json.dumps(result), flush=True)
