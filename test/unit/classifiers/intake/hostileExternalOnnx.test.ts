/** Weights in files beside the model are as hostile as the model: no path, offset or length is believed, and nothing else comes along. */
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { describe, expect, it } from "vitest";
import { weights } from "../../../support/bentOnnx.ts";
import { besideIt, dataName, dataOf, graphFile } from "../../../support/externalOnnx.ts";
import { hostileExternalOnnx } from "../../../support/hostileExternalOnnx.ts";
import { zipOf } from "../../../support/zipFiles.ts";

const preprocessing: Preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] };
const declared = { labels: ["a", "b", "c"], preprocessing };
const mostMemory = 300_000_000;

describe("an ONNX file with its weights in another", () => {
  const whole = { kind: "accepted", format: "onnx", classes: 3, parameters: 192 };

  it("is accepted when both come together", async () => {
    expect(await inspectModel({ model: { bytes: graphFile() }, beside: besideIt(), declared })).toMatchObject(whole);
  });

  it.each(["", "exported today/"])("is accepted as one archive, with its files in the folder %j", async (folder) => {
    const bytes = zipOf([
      { name: `${folder}my net.onnx`, content: graphFile() },
      { name: `${folder}${dataName}`, content: dataOf(weights()), stored: true },
    ]);
    expect(await inspectModel({ model: { bytes }, declared })).toMatchObject(whole);
  });
});

describe.concurrent("a hostile ONNX file with its weights elsewhere", () => {
  it.each(hostileExternalOnnx.map((row) => [row.what, row] as const))("is refused: %s", async (_what, { file, beside, reason }) => {
    const report = await inspectModel({ model: { bytes: file() }, beside: beside?.() ?? new Map(), declared });
    expect(report).toMatchObject({ kind: "refused", reason: expect.stringMatching(reason) });
    expect(report.usage.peakBytes).toBeLessThan(mostMemory);
  });
});
