/** Hostile input other than ONNX: TFLite and tfjs files, declarations, and inspections that do not end. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type InspectionOptions, inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import type { DeclaredModel, ModelReport } from "@pareidolia/classifiers/intake/modelReport";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { beforeAll, describe, expect, it } from "vitest";
import { inspectTogether, maxMemory, maxSeconds, togetherTimeout } from "../../../support/inspectTogether.ts";
import { validGraph } from "../../../support/onnxVariants.ts";
import { readShared } from "../../../support/readShared.ts";

const preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] } as const;
const declared = { labels: ["a", "b", "c"], preprocessing };
const validFile = encodeModel(validGraph());
const mobileNet = new Uint8Array(await readShared("models/mobilenet_v1_0.25_128_quant.tflite"));

const topology = {
  class_name: "Sequential",
  config: { layers: [{ class_name: "Flatten", config: { name: "f", batch_input_shape: [null, 8, 8, 1] } }] },
};
const tfjs = (manifest: unknown, rest: object = {}) =>
  Buffer.from(JSON.stringify({ format: "layers-model", modelTopology: topology, weightsManifest: manifest, ...rest }));
const shard = (place: string) => tfjs([{ paths: [place], weights: [{ name: "w", shape: [1], dtype: "float32" }] }]);
const weight = (shape: unknown) => tfjs([{ paths: ["w.bin"], weights: [{ name: "w", shape, dtype: "float32" }] }]);
const sidecars = new Map([["w.bin", new Uint8Array(4)]]);

function patched(offset: number, ...bytes: number[]): Uint8Array {
  const copy = mobileNet.slice();
  copy.set(bytes, offset);
  return copy;
}
function withArchive(name: string): Uint8Array {
  const directory = Buffer.alloc(46 + name.length);
  directory.writeUInt32LE(0x02014b50, 0);
  directory.writeUInt16LE(name.length, 28);
  directory.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  return Buffer.concat([mobileNet, directory, end]);
}

const bytes = (file: Uint8Array, more: Partial<InspectionOptions> = {}): InspectionOptions => ({
  model: { bytes: file },
  declared,
  ...more,
});
interface Hostile {
  readonly file: Uint8Array;
  readonly declared: DeclaredModel;
  readonly sidecars?: ReadonlyMap<string, Uint8Array>;
}
const hostile = (file: Uint8Array, more: Partial<Hostile> = {}): Hostile => ({ file, declared, ...more });
const declaring = (change: object): Hostile => hostile(validFile, { declared: { ...declared, ...change } });
const preprocessed = (change: object): Hostile => declaring({ preprocessing: { ...preprocessing, ...change } });

const cases: readonly (readonly [what: string, files: Hostile])[] = [
  ["a TFLite file cut in half", hostile(mobileNet.slice(0, mobileNet.length / 2))],
  ["a TFLite file cut after its header", hostile(mobileNet.slice(0, 8))],
  ["a TFLite file whose root is outside", hostile(patched(0, 255, 255, 255, 127))],
  ["a TFLite file whose root is negative", hostile(patched(0, 255, 255, 255, 255))],
  ["a TFLite file of zeros", hostile(Buffer.concat([Buffer.from([8, 0, 0, 0]), Buffer.from("TFL3"), Buffer.alloc(5000)]))],
  ["a TFLite file of ones", hostile(Buffer.concat([Buffer.from([8, 0, 0, 0]), Buffer.from("TFL3"), Buffer.alloc(5000, 255)]))],
  ["a TFLite file with a program attached", hostile(withArchive("run.exe"))],
  ["a TFLite file with ../ attached", hostile(withArchive("../labels.txt"))],
  ["a TFLite file declared with another shape", hostile(mobileNet)],
  ["a shard at ../../etc/passwd", hostile(shard("../../etc/passwd"), { sidecars })],
  ["a shard at /etc/passwd", hostile(shard("/etc/passwd"), { sidecars })],
  ["a shard at https://10.0.0.1/w.bin", hostile(shard("https://10.0.0.1/w.bin"), { sidecars })],
  ["a shard at ..\\w.bin", hostile(shard("..\\w.bin"), { sidecars })],
  ["a missing shard", hostile(shard("other.bin"), { sidecars })],
  ["a shard named __proto__", hostile(shard("__proto__"), { sidecars })],
  ["a weight file named ../w.bin", hostile(shard("w.bin"), { sidecars: new Map([["../w.bin", new Uint8Array(4)]]) })],
  ["a weight of 2^31 numbers in four bytes", hostile(weight([2 ** 16, 2 ** 15]), { sidecars })],
  ["a weight of negative size", hostile(weight([-1]), { sidecars })],
  ["a weight of 1e999 numbers", hostile(Buffer.from(weight([7]).toString().replace("[7]", "[1e999]")), { sidecars })],
  ["JSON nested a million deep", hostile(Buffer.from(`{"a":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`))],
  ["JSON of a million keys", hostile(Buffer.from(`{${Array.from({ length: 1_000_000 }, (_, i) => `"${i}":0`).join()}}`))],
  ["a prototype in JSON", hostile(Buffer.from('{"__proto__":{"format":"layers-model","modelTopology":{}},"constructor":1}'))],
  ["truncated JSON", hostile(Buffer.from('{"format":"layers-model","modelTopology":'))],
  ["a tfjs graph model", hostile(tfjs([], { format: "graph-model" }))],
  ["layers nested in themselves", hostile(tfjs([], { modelTopology: nest(100) }))],
  ["no labels", declaring({ labels: [] })],
  ["two labels of three", declaring({ labels: ["a", "b"] })],
  ["a million labels", declaring({ labels: Array<string>(1_000_000).fill("x") })],
  ["a label with non-printing characters", declaring({ labels: ["a", "b\u202e", "c"] })],
  ["a label of a megabyte", declaring({ labels: ["a", "b", "c".repeat(1_000_000)] })],
  ["images of 10^9 pixels per side", preprocessed({ width: 1e9, height: 1e9 })],
  ["images of another size", preprocessed({ width: 9 })],
  ["a deviation of zero", preprocessed({ deviation: [0] })],
  ["a mean that is not a number", preprocessed({ mean: [Number.NaN] })],
];

function nest(depth: number): object {
  const input = { class_name: "Flatten", config: { name: "f", batch_input_shape: [null, 8, 8, 1] } };
  return { class_name: "Sequential", config: { layers: [depth === 0 ? input : nest(depth - 1)] } };
}

describe("a hostile model", () => {
  let reports: ReadonlyMap<string, ModelReport>;
  beforeAll(async () => {
    reports = await inspectTogether(
      cases.map(([what, { file, sidecars: stored = new Map(), declared }]) => ({
        what,
        declared,
        file: () => file,
        sidecars: () => stored,
      })),
    );
  }, togetherTimeout);

  it.each(cases)("is refused: %s", (what) => {
    const report = reports.get(what);
    expect(report).toMatchObject({ kind: "refused", reason: expect.stringMatching(/\w.*\./) });
    expect(report).not.toMatchObject({ code: "TOO_SLOW" });
    expect(report?.usage.peakBytes).toBeLessThan(maxMemory);
    expect(report?.usage.seconds).toBeLessThan(maxSeconds);
  });

  it.each([
    ["a file beyond the limit", bytes(validFile, { limits: { maximumBytes: 100 } }), "TOO_LARGE"],
    ["a file whose inspection needs more memory than the limit", bytes(validFile, { limits: { memoryBytes: 2 ** 20 } }), "TOO_LARGE"],
    ["a TFLite file in a process of its own", bytes(mobileNet.slice(0, mobileNet.length / 2)), "MALFORMED"],
  ] as const)("is refused: %s", async (_what, options, code) => {
    const report = await inspectModel(options);
    expect(report).toMatchObject({ kind: "refused", code, reason: expect.stringMatching(/\w.*\./) });
    expect(report.usage.peakBytes).toBeLessThan(maxMemory);
  });
});

describe("the inspection", () => {
  it.each(["NCHW", "NHWC"] as const)("accepts labels attached to a TFLite network, declared as %s", async (layout) => {
    const options = {
      model: { bytes: mobileNet },
      declared: {
        labels: Array.from({ length: 1001 }, (_, i) => `class ${i}`),
        preprocessing: { width: 128, height: 128, channels: 3, channelOrder: "RGB", layout, mean: [127.5], deviation: [127.5] },
      },
    } as const;
    expect(await inspectModel(options)).toMatchObject({ kind: "accepted", format: "tflite", classes: 1001 });
  });

  it("reads a file by path, and throws if there is none", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "pareidolia-intake-"));
    writeFileSync(path.join(folder, "m.bin"), validFile);
    expect(await inspectModel({ model: { path: path.join(folder, "m.bin") }, declared })).toMatchObject({ kind: "accepted" });
    await expect(inspectModel({ model: { path: folder }, declared })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    rmSync(folder, { recursive: true });
  });

  it("is killed at its time and memory limits, and when it is aborted", async () => {
    expect(await inspectModel(bytes(validFile, { limits: { seconds: 0.05 } }))).toMatchObject({ kind: "refused", code: "TOO_SLOW" });
    expect(await inspectModel(bytes(validFile, { limits: { memoryBytes: 1e6 } }))).toMatchObject({ kind: "refused", code: "TOO_LARGE" });
    const stop = new AbortController();
    const inspection = inspectModel(bytes(validFile, { signal: stop.signal }));
    stop.abort(new Error("Aborted by the caller."));
    await expect(inspection).rejects.toThrow("Aborted by the caller.");
  });
});
