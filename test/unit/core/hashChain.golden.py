"""Prints the golden values of hashChain.test.ts: python3 test/unit/core/hashChain.golden.py"""
import hashlib
import json
import struct


def sha(data):
    return hashlib.sha256(data).hexdigest()


def text(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


start = {
    "version": 1, "kind": "evolution", "plan": {"encoding": "direct", "generations": 5, "offspring": 4},
    "parameters": {"mutationRate": 0.1, "insertion": "every-class"}, "framing": {"kind": "whole"}, "seed": 7,
    "model": "ab" * 32, "source": None, "fork": None,
}
elites = [(0, 3, 1, [(2, 5)], "11" * 32, 0.25), (4, 3, 2, [(1, 0), (2, 7)], "22" * 32, 1 / 3)]
generation = b"PEG1" + struct.pack("<I", len(elites))
for niche, born, index, parents, genome, fitness in elites:
    generation += struct.pack("<IIII", niche, born, index, len(parents))
    generation += b"".join(struct.pack("<II", *parent) for parent in parents)
    generation += bytes.fromhex(genome) + struct.pack("<d", fitness)

first = sha(text(start))
content = sha(generation)
print("start     ", first)
print("generation", content)
print("next      ", sha(bytes.fromhex(first) + struct.pack("<I", 3) + bytes.fromhex(content)))
print("fork      ", sha(text({**start, "fork": {"generation": 3, "state": "cd" * 32}})))
