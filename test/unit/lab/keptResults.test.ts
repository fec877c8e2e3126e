/** Results that an interrupted report keeps: exact values, the origins that they hold for, and damaged files. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromExactJson, toExactJson } from "@pareidolia/lab/keptResults/exactJson";
import { type KeptResults, openKeptResults } from "@pareidolia/lab/keptResults/keptResults";
import { findOrigin, type Origin } from "@pareidolia/lab/keptResults/origin";
import { createModelShelf } from "@pareidolia/lab/modelShelf";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const origin: Origin = {
  budget: "quick",
  seeds: [1, 2],
  generations: null,
  networks: { mine: "0a" },
  releases: [],
  engine: "onnxruntime-cpu",
  machine: { processor: "one", cores: 2 },
  node: "22.0.0",
  sources: "1b",
};
const spent = { seconds: 12.5, coreSeconds: 20 };

describe("exact JSON", () => {
  it("gives back bytes, undefined, and numbers that JSON does not have", () => {
    const value = {
      image: { width: 2, pixels: Uint8Array.of(0, 128, 255) },
      numbers: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 0.1 + 0.2, 5e-324],
      missing: undefined,
      none: null,
      nested: [[{ text: "…" }], []],
    };
    const read = fromExactJson(JSON.parse(JSON.stringify(toExactJson(value))));
    expect(read).toStrictEqual(value);
    expect(Object.keys(read as object)).toEqual(Object.keys(value));
    // Node's own bytes, as of a decoded photograph, come back as plain ones.
    expect(fromExactJson(toExactJson(Buffer.of(1, 2)))).toStrictEqual(Uint8Array.of(1, 2));
  });

  it.each([[new Map([[1, 2]])], [new Float32Array(2)], [new Date(0)], [() => 1], [{ $: "bytes" }]])("refuses %o", (value) => {
    expect(() => toExactJson({ value })).toThrow("Cannot keep a value of type");
  });
});

describe("kept results", () => {
  let folder: string;
  let lines: string[];
  const open = (current: Origin = origin): Promise<KeptResults> =>
    openKeptResults({ folder, origin: current, commit: "abc", onProgress: (line) => lines.push(line) });
  const keptFiles = async () => (await readdir(join(folder, "kept"), { recursive: true })).filter((name) => name.endsWith(".json")).sort();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pareidolia-kept-"));
    lines = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("gives a unit that was kept instead of computing it again, and the time that the experiment had taken", async () => {
    const first = await open();
    const keep = first.unitsOf("noise", () => spent);
    expect(await keep("a network/1, seed 1", async () => ({ figure: Number.NaN }))).toEqual({ figure: Number.NaN });
    await expect(keep("seed 2", () => Promise.reject(new Error("stopped")))).rejects.toThrow("stopped");

    const second = await open();
    const again = second.unitsOf("noise", () => spent);
    const never = () => Promise.reject(new Error("computed"));
    expect(await again("a network/1, seed 1", never)).toEqual({ figure: Number.NaN });
    await expect(again("seed 2", never)).rejects.toThrow("computed");
    await expect(second.unitsOf("ablation", () => spent)("a network/1, seed 1", never)).rejects.toThrow("computed");
    expect(second.spentOn("noise")).toEqual(spent);
    expect(second.spentOn("ablation")).toEqual({ seconds: 0, coreSeconds: 0 });
    expect(second.find("noise")).toBeNull();
  });

  it("has one file for each finished experiment, with what computed it, and no units of it", async () => {
    const kept = await open();
    await kept.unitsOf("noise", () => spent)("seed 1", async () => 1);
    await kept.finish("noise", spent, { result: 2 });
    expect(await keptFiles()).toEqual(["noise.json"]);
    expect(JSON.parse(await readFile(join(folder, "kept", "noise.json"), "utf8"))).toMatchObject({
      experiment: "noise",
      unit: null,
      origin,
      commit: "abc",
      spent,
    });
    expect((await open()).find("noise")).toMatchObject({ spent, value: { result: 2 } });
    await kept.deleteAll();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, Partial<Origin>]>([
    ["budget", { budget: "full" }],
    ["seeds", { seeds: null }],
    ["generations", { generations: 5 }],
    ["networks", { networks: { mine: "0b" } }],
    ["releases", { releases: ["aa"] }],
    ["engine", { engine: "tfjs-node" }],
    ["machine", { machine: { processor: "two", cores: 2 } }],
    ["Node version and code", { node: "22.0.1", sources: "1c" }],
  ])("computes a result of other %s again and says so", async (words, other) => {
    const kept = await open();
    await kept.finish("noise", spent, 1);
    await kept.unitsOf("ablation", () => spent)("seed 1", async () => 1);
    const later = await open({ ...origin, ...other });
    expect(later.find("noise")).toBeNull();
    expect(await later.unitsOf("ablation", () => spent)("seed 1", async () => 2)).toBe(2);
    expect(later.spentOn("ablation")).toEqual({ seconds: 0, coreSeconds: 0 });
    expect(lines).toEqual([
      `The kept result of ablation, seed 1, differs in its ${words}: it is computed again.`,
      `The kept result of noise differs in its ${words}: it is computed again.`,
    ]);
  });

  it.each<[string, (text: string) => string]>([
    ["cut off", (text) => text.slice(0, -10)],
    ["edited", (text) => text.replace("0.25", "0.75")],
    ["of another program", () => "[1]"],
  ])("refuses a file that is %s, and says what to do", async (_, damage) => {
    await (await open()).finish("noise", spent, { figure: 0.25 });
    const file = join(folder, "kept", "noise.json");
    await writeFile(file, damage(await readFile(file, "utf8")));
    await expect(open()).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringMatching(/noise\.json is damaged\. Delete/) });
    await rm(file);
    expect((await open()).find("noise")).toBeNull();
  });

  it("says what to do if it cannot write, which is no failure of the experiment", async () => {
    await writeFile(join(folder, "kept"), "a file in place of the folder");
    const kept = await open();
    const error: unknown = await kept
      .unitsOf("noise", () => spent)("seed 1", async () => 1)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("then run the same command again") });
    expect(kept.isOwnFailure(error)).toBe(true);
    expect(kept.isOwnFailure(new Error("another"))).toBe(false);
  });
});

describe("the origin of a result", () => {
  const preprocessing = { width: 2, height: 2, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] } as const;
  const shelfOf = (bytes: Uint8Array, mean: number) =>
    createModelShelf({
      cacheFolder: "",
      userModels: [{ id: "mine", bytes, labels: ["a"], preprocessing: { ...preprocessing, mean: [mean] } }],
      onProgress: () => {},
    });

  it("has a hash of the code, and of a network's file and pre-processing", async () => {
    const one = await findOrigin({ budget: "quick", models: shelfOf(Uint8Array.of(1), 0) });
    expect(one.sources).toMatch(/^[0-9a-f]{64}$/);
    expect(await findOrigin({ budget: "quick", models: shelfOf(Uint8Array.of(1), 0) })).toEqual(one);
    for (const models of [shelfOf(Uint8Array.of(2), 0), shelfOf(Uint8Array.of(1), 9)])
      expect((await findOrigin({ budget: "quick", models })).networks).not.toEqual(one.networks);
    const release = await findOrigin({
      budget: "quick",
      models: shelfOf(Uint8Array.of(1), 0),
      releases: [import.meta.filename, "missing"],
    });
    expect(release.releases).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), null]);
  });
});
