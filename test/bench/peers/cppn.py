"""The images of P4 in idiomatic NumPy: whole planes of float32, a few calls per node.

Reads the size and the networks (nodes in order, each with its activation, sources and weights) as JSON from standard
input; writes the milliseconds of each image and the mean of the last one as JSON.
"""
import json
import sys
import time

import numpy as np


def draw(network, inputs, outputs):
    values = dict(enumerate(inputs))
    for node in network:
        total = np.zeros_like(inputs[0])
        for source, weight in zip(node["sources"], node["weights"]):
            total += values[source] * np.float32(weight)
        kind = node["activation"]
        if kind == "sine":
            np.sin(total, out=total)
        elif kind == "sigmoid":
            np.negative(total, out=total)
            np.exp(total, out=total)
            total += 1
            np.divide(2, total, out=total)
            total -= 1
        elif kind == "gaussian":
            np.square(total, out=total)
            np.negative(total, out=total)
            np.exp(total, out=total)
        else:
            np.clip(total, -3, 3, out=total)
            total *= np.float32(1 / 3)
        values[node["node"]] = total
    hue, saturation, value = (np.minimum(np.abs(values[output]), 1) for output in outputs)
    hue *= 6
    np.subtract(hue, 6, out=hue, where=hue >= 6)
    weakest = value * (1 - saturation)
    span = value - weakest
    picture = np.empty((hue.size, 3), np.float32)
    for channel, share in enumerate((np.abs(hue - 3) - 1, 2 - np.abs(hue - 2), 2 - np.abs(hue - 4))):
        np.clip(share, 0, 1, out=share)
        share *= span
        share += weakest
        share *= 255
        picture[:, channel] = share
    return picture


def main():
    job = json.load(sys.stdin)
    width, height = job["width"], job["height"]
    x, y = (plane.ravel() for plane in np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)))
    inputs = [x, y, np.sqrt(x * x + y * y), np.ones_like(x)]
    np.seterr(all="ignore")
    draw(job["networks"][0], inputs, job["outputs"])
    times = []
    for network in job["networks"]:
        began = time.perf_counter()
        picture = draw(network, inputs, job["outputs"])
        times.append((time.perf_counter() - began) * 1000)
    json.dump({"times": times, "mean": float(picture.mean()), "version": np.__version__}, sys.stdout)


main()
