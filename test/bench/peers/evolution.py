"""The search of P1 in idiomatic Python, without a database or stored images.

Two searches of the direct encoding against a LeNet for MNIST with random weights:
  "loop"  the paper's algorithm in NumPy: random elites as parents, polynomial mutation (eta 15) of a tenth of the genes,
          every child compared in every niche;
  "ribs"  the closest search in pyribs: a categorical archive, which puts each solution into one cell, so each class receives
          its best child, and Gaussian mutation.
Reads one JSON object per line: {"search", "generations", "offspring", "seed"}; writes the seconds taken, one number per
line. The first line of output has the versions and the number of threads.
"""
import json
import os
import sys
import time

import numpy as np
import ribs
import torch
from ribs.archives import CategoricalArchive
from ribs.emitters import GaussianEmitter
from torch import nn

CLASSES = 10
PIXELS = 28 * 28
ETA = 15
RATE = 0.1


def lenet():
    network = nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, CLASSES), nn.Softmax(1),
    )
    return network.eval()


def score(network, genomes):
    images = torch.from_numpy(np.floor(genomes * 255).astype(np.float32)).view(-1, 1, 28, 28)
    with torch.inference_mode():
        return network(images / 256).numpy()


def mutate(random, children):
    which = random.random(children.shape, dtype=np.float32) < RATE
    r = random.random(np.count_nonzero(which), dtype=np.float32)
    exponent = np.float32(1 / (ETA + 1))
    delta = np.where(r < 0.5, (2 * r) ** exponent - 1, 1 - (2 * (1 - r)) ** exponent)
    children[which] = np.clip(children[which] + delta, 0, 1)
    return children


def loop(network, job):
    random = np.random.default_rng(job["seed"])
    offspring = job["offspring"]
    niches = np.arange(CLASSES)
    elites = np.zeros((CLASSES, PIXELS), np.float32)
    fitness = np.full(CLASSES, -1.0, np.float32)
    for generation in range(job["generations"] + 1):
        if generation == 0:
            children = random.random((offspring, PIXELS), dtype=np.float32)
        else:
            children = mutate(random, elites[random.integers(0, CLASSES, offspring)])
        scores = score(network, children)
        best = scores.argmax(0)
        better = scores[best, niches] > fitness
        elites[better] = children[best[better]]
        fitness[better] = scores[best, niches][better]


def with_ribs(network, job):
    archive = CategoricalArchive(solution_dim=PIXELS, categories=[list(range(CLASSES))], dtype=np.float32, seed=job["seed"])
    emitter = GaussianEmitter(
        archive, sigma=0.1, x0=np.full(PIXELS, 0.5, np.float32), lower_bounds=np.zeros(PIXELS), upper_bounds=np.ones(PIXELS),
        batch_size=job["offspring"], seed=job["seed"],
    )
    niches = np.arange(CLASSES)
    for _ in range(job["generations"] + 1):
        children = emitter.ask()
        scores = score(network, children)
        best = scores.argmax(0)
        archive.add(children[best], scores[best, niches], niches[:, None])


def main():
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    torch.set_num_threads(threads)
    versions = f"NumPy {np.__version__}, PyTorch {torch.__version__}, pyribs {ribs.__version__}"
    print(json.dumps({"versions": versions, "threads": threads, "python": sys.version.split()[0]}), flush=True)
    network = lenet()
    for line in sys.stdin:
        job = json.loads(line)
        began = time.perf_counter()
        {"loop": loop, "ribs": with_ribs}[job["search"]](network, job)
        print(json.dumps(time.perf_counter() - began), flush=True)


main()
