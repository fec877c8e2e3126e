"""The networks of P2 and P3 in PyTorch, with random weights, measured on request.

Reads one JSON object per line: {"network", "batch", "work": "forward" | "gradient", "steps"}; writes the seconds of
each step, one JSON array per line. The first line of output has the versions and the number of threads.
"""
import json
import os
import sys
import time

import torch
from torch import nn


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10),
    ), (1, 28, 28)


def alexnet():
    layers = []
    for inputs, outputs, side, stride, pad, pooled in (
        (3, 96, 11, 4, 0, True), (96, 256, 5, 1, 2, True), (256, 384, 3, 1, 1, False), (384, 384, 3, 1, 1, False), (384, 256, 3, 1, 1, True),
    ):
        layers += [nn.Conv2d(inputs, outputs, side, stride, pad), nn.ReLU()]
        if pooled:
            layers.append(nn.MaxPool2d(3, 2))
    layers += [nn.Flatten(), nn.Linear(9216, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers), (3, 227, 227)


class InvertedResidual(nn.Module):
    """Batch normalisation is folded into the convolutions, as in the file that our engines read."""

    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        layers = [] if expansion == 1 else [nn.Conv2d(inputs, hidden, 1), nn.ReLU6()]
        layers += [nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden), nn.ReLU6(), nn.Conv2d(hidden, outputs, 1)]
        self.layers = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.layers(x) if self.residual else self.layers(x)


def mobilenet():
    layers = [nn.Conv2d(3, 32, 3, 2, 1), nn.ReLU6()]
    inputs = 32
    for expansion, outputs, count, stride in (
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ):
        for index in range(count):
            layers.append(InvertedResidual(inputs, outputs, stride if index == 0 else 1, expansion))
            inputs = outputs
    layers += [nn.Conv2d(320, 1280, 1), nn.ReLU6(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 1000)]
    return nn.Sequential(*layers), (3, 224, 224)


makers = {"lenet": lenet, "alexnet": alexnet, "mobilenet": mobilenet}
opened = {}


def open_network(name):
    if name not in opened:
        network, shape = makers[name]()
        network.eval()
        for parameter in network.parameters():
            parameter.requires_grad_(False)
        opened[name] = network, shape
    return opened[name]


def forward(network, images):
    with torch.inference_mode():
        torch.softmax(network(images), 1)


def gradient(network, images):
    images.grad = None
    network(images)[:, 3].sum().backward()


def main():
    torch.set_num_threads(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())
    print(json.dumps({"versions": f"PyTorch {torch.__version__}", "python": sys.version.split()[0], "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        network, shape = open_network(job["network"])
        images = 255 * torch.rand(job["batch"], *shape)
        step = forward
        if job["work"] == "gradient":
            images.requires_grad_(True)
            step = gradient
        times = []
        for _ in range(job["steps"]):
            began = time.perf_counter()
            step(network, images)
            times.append(time.perf_counter() - began)
        print(json.dumps(times), flush=True)


main()
