import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { cppnEncoding, renderNodes } from "@pareidolia/encodings/cppn/cppnEncoding";
import { type CppnGenome, inputCount, maximumConnections, maximumNodes, nodeCount } from "@pareidolia/encodings/cppn/genome";
import { nodeLayers } from "@pareidolia/encodings/cppn/layout";
import { cppnMutation, randomGenome } from "@pareidolia/encodings/cppn/mutation";
import { ancestorsOf, hasCycle, planNetwork } from "@pareidolia/encodings/cppn/network";
import { describe, expect, it } from "vitest";

const stream = (seed: number, generation = 0) => new Random({ seed, generation, index: 0, purpose: Purpose.MUTATE });
const half = (20 * 0.55 - 10) as number; // A gene of .55 develops into a weight of about 1.

/** x -> hidden sine -> output linear, and bias -> output. */
const small: CppnGenome = {
  outputs: 1,
  activations: ["linear", "sine"],
  connections: [
    { from: 0, to: 5, gene: Math.fround(0.55) },
    { from: 5, to: 4, gene: Math.fround(0.75) },
    { from: 3, to: 4, gene: Math.fround(0.45) },
  ],
};

const never = {
  weightRate: 0,
  weightEta: 15,
  activationRate: 0,
  addConnectionRate: 0,
  deleteConnectionRate: 0,
  addNodeRate: 0,
  deleteNodeRate: 0,
};

describe("CPPN rendering", () => {
  it("computes the network as defined, mirrored and truncated", () => {
    const { pixels } = cppnEncoding.create({ width: 6, height: 2, channels: 1 }, { coordinates: "raw", pixels: "8-bit" }).decode(small);
    for (let x = 0; x < 6; x++) {
      const exact = Math.abs(255 * (Math.max(-3, Math.min(3, 5 * Math.sin(half * x) - 1)) / 3));
      expect(Math.abs((pixels[x] as number) - Math.trunc(exact))).toBeLessThanOrEqual(Math.abs(exact - Math.round(exact)) < 1e-3 ? 1 : 0);
      expect(pixels[6 + x]).toBe(pixels[x]);
    }
  });

  it("renders a fixed genome to the committed bits, in grey and in colour, over more than one tile", () => {
    const digest = (channels: 1 | 3, preset: string) => {
      const values = cppnEncoding.presets.find(({ id }) => id === preset)?.values ?? {};
      const encoding = cppnEncoding.create({ width: 40, height: 33, channels }, values);
      let genome = encoding.initialise(stream(7));
      for (let generation = 1; generation < 60; generation++) genome = encoding.mutate(genome, stream(7, generation));
      const view = new DataView(new ArrayBuffer(40 * 33 * channels * 4));
      for (const [i, pixel] of encoding.decode(genome).pixels.entries()) view.setFloat32(i * 4, pixel, true);
      return createHash("sha256").update(new Uint8Array(view.buffer)).digest("hex").slice(0, 16);
    };
    expect([digest(1, "paper"), digest(1, "released-code"), digest(3, "paper"), digest(3, "released-code")]).toEqual([
      "7b34caf6c1017649",
      "4a9c1c5693f6f52f",
      "b2de6f97cdf05687",
      "84c0ec51a6fa68b0",
    ]);
  });

  it("ignores nodes that no output depends on, but renders their own images", () => {
    const encoding = cppnEncoding.create({ width: 9, height: 9, channels: 1 }, {});
    const withDeadEnd: CppnGenome = {
      ...small,
      activations: [...small.activations, "gaussian"],
      connections: [...small.connections, { from: 2, to: 6, gene: 0.625 }],
    };
    expect(planNetwork(withDeadEnd).map(({ node }) => node)).toEqual([5, 4]);
    expect(encoding.decode(withDeadEnd).pixels).toEqual(encoding.decode(small).pixels);
    const images = renderNodes(withDeadEnd, { width: 9, height: 9 }, {});
    expect(images).toHaveLength(nodeCount(withDeadEnd));
    expect(images[4]?.pixels).toEqual(encoding.decode(small).pixels);
    expect(images[6]?.pixels[40]).toBe(255); // The Gaussian of distance 0.
    expect(images[6]?.pixels[0]).toBeLessThan(1);
    expect([images[0]?.pixels[0], images[0]?.pixels[4], images[0]?.pixels[8], images[3]?.pixels[0]]).toEqual([255, 0, 255, 255]);
  });

  it("renders a network without connections as its activations of 0", () => {
    const encoding = cppnEncoding.create({ width: 2, height: 2, channels: 1 }, {});
    expect([...encoding.decode({ outputs: 1, activations: ["gaussian"], connections: [] }).pixels]).toEqual([255, 255, 255, 255]);
    expect([...encoding.decode({ outputs: 1, activations: ["sigmoid"], connections: [] }).pixels]).toEqual([0, 0, 0, 0]);
  });
});

describe("CPPN mutation", () => {
  it("starts with all inputs connected to all outputs and random activations", () => {
    const genomes = Array.from({ length: 200 }, (_, seed) => randomGenome(3, stream(seed)));
    for (const { connections, activations } of genomes) expect([connections.length, activations.length]).toEqual([12, 3]);
    expect(new Set(genomes.flatMap(({ activations }) => activations)).size).toBe(4);
  });

  it("splits a connection into two that both keep its weight", () => {
    const child = cppnMutation({ ...never, addNodeRate: 1 })(small, stream(1));
    expect(child.connections).toHaveLength(4);
    const [into, outOf] = child.connections.slice(-2);
    expect([into?.to, outOf?.from]).toEqual([6, 6]);
    expect(into?.gene).toBe(outOf?.gene);
    expect(small.connections).toContainEqual({ from: into?.from, to: outOf?.to, gene: into?.gene });
  });

  it("removes a hidden node with all its connections, and never an output", () => {
    const child = cppnMutation({ ...never, deleteNodeRate: 1 })(small, stream(1));
    expect(child).toEqual({ outputs: 1, activations: ["linear"], connections: [small.connections[2]] });
    expect(cppnMutation({ ...never, deleteNodeRate: 1 })(child, stream(2))).toEqual(child);
  });

  it("stays feed-forward with every target and source allowed over hundreds of generations of growth", () => {
    const mutate = cppnMutation({
      ...never,
      weightRate: 0.1,
      addConnectionRate: 1,
      addNodeRate: 1,
      deleteConnectionRate: 0.2,
      deleteNodeRate: 0.1,
    });
    let genome = randomGenome(3, stream(1));
    for (let generation = 0; generation < 300; generation++) {
      genome = mutate(genome, stream(1, generation));
      expect(hasCycle(genome)).toBe(false);
    }
    expect(genome.activations.length).toBeGreaterThan(150);
    expect(genome.connections.every(({ from, to }) => to >= inputCount && (from < inputCount || from >= inputCount + 3))).toBe(true);
  });

  it("draws each structural change with its own rate", () => {
    const mutate = cppnMutation({ ...never, addConnectionRate: 0.5, addNodeRate: 0.5 });
    const nodes = Array.from({ length: 4000 }, (_, seed) => mutate(small, stream(seed)));
    const grown = nodes.filter(({ activations }) => activations.length > 2).length / 4000;
    const connected = nodes.filter((g) => g.connections.length - g.activations.length > 1).length / 4000;
    expect(Math.abs(grown - 0.5)).toBeLessThan(0.04);
    expect(Math.abs(connected - 0.5)).toBeLessThan(0.04);
  });

  it("finds a node's ancestors", () => {
    expect([...ancestorsOf(small, 4)]).toEqual([1, 0, 0, 1, 1, 1]);
    expect([...ancestorsOf(small, 5)]).toEqual([1, 0, 0, 0, 0, 1]);
  });
});

describe("CPPN layout", () => {
  it("puts inputs first, each hidden node after its sources, and outputs last", () => {
    const deep: CppnGenome = {
      outputs: 1,
      activations: ["linear", "sine", "sine", "sine"],
      connections: [
        { from: 0, to: 5, gene: 0.5 },
        { from: 5, to: 6, gene: 0.5 },
        { from: 0, to: 6, gene: 0.5 },
        { from: 5, to: 4, gene: 0.5 },
      ],
    };
    expect(nodeLayers(deep)).toEqual([0, 0, 0, 0, 3, 1, 2, 1]);
  });
});

describe("reading a CPPN", () => {
  const encoding = cppnEncoding.create({ width: 4, height: 4, channels: 1 }, {});
  const json = (change: object) => ({ ...(encoding.toJson(small) as object), ...change });
  const connection = (change: object) => json({ connections: [...small.connections, { from: 0, to: 5, gene: 0.5, ...change }] });

  it.each([
    ["a cycle", connection({ from: 5, to: 5 })],
    ["an output as a source", connection({ from: 4, to: 5 })],
    ["an input as a target", connection({ from: 5, to: 0 })],
    ["a dangling connection", connection({ to: 6 })],
    ["an incomplete node", connection({ from: 0.5 })],
    ["a NaN gene", connection({ gene: Number.NaN })],
    ["an infinite gene", connection({ gene: JSON.parse("1e999") })],
    ["a gene above 1", connection({ gene: 1.5 })],
    ["a gene that is not a float32", connection({ gene: 0.1 })],
    ["a gene that is text", connection({ gene: "0.5" })],
    ["an unknown activation", json({ nodes: ["linear", "tanh"] })],
    ["an activation from the prototype", json({ nodes: ["linear", "constructor"] })],
    ["a million nodes", json({ nodes: new Array(1e6).fill("sine") })],
    ["a million connections", json({ connections: new Array(1e6).fill({ from: 0, to: 4, gene: 0.5 }) })],
    ["three outputs for a grey image", json({ outputs: 3, nodes: ["sine", "sine", "sine"] })],
    ["no output", json({ outputs: 0, nodes: [], connections: [] })],
    ["nodes from the prototype", JSON.parse(`{"__proto__": ${JSON.stringify(encoding.toJson(small))}}`)],
    [
      "a longer cycle",
      json({
        nodes: ["linear", "sine", "sine"],
        connections: [
          { from: 5, to: 6, gene: 0.5 },
          { from: 6, to: 5, gene: 0.5 },
        ],
      }),
    ],
    ["nothing", null],
  ])("rejects %s as invalid input", (_, value) => {
    expect(() => encoding.fromJson(value)).toThrow(expect.objectContaining({ name: "AppError", code: "INVALID_INPUT" }));
  });

  it("rejects bytes that declare too many nodes or connections before reading them", () => {
    const promise = (at: number, count: number) => {
      const bytes = encoding.serialise(small);
      new DataView(bytes.buffer).setUint32(at, count, true);
      return () => encoding.parse(bytes);
    };
    expect(promise(4, maximumNodes)).toThrow(/at most/);
    expect(promise(4 + 4 + small.activations.length, maximumConnections + 1)).toThrow(/at most/);
    expect(promise(4, 2 ** 32 - 1)).toThrow(AppError);
  });
});
