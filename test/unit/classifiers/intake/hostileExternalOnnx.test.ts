/** Hostile external weights: no path, offset or length is trusted, and no additional files are accepted. */
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import type { ModelReport } from "@pareidolia/classifiers/intake/modelReport";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { beforeAll, describe, expect, it } from "vitest";
import { dataName, dataOf, graphFile, weightFile } from "../../../support/externalOnnx.ts";
import { hostileExternalOnnx } from "../../../support/hostileExternalOnnx.ts";
import { inspectTogether, maxMemory, maxSeconds, togetherTimeout } from "../../../support/inspectTogether.ts";
import { weights } from "../../../support/onnxVariants.ts";
import { zipOf } from "../../../support/zipFiles.ts";

const preprocessing: Preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] };
const declared = { labels: ["a", "b", "c"], preprocessing };

describe("an ONNX file with external weights", () => {
  const whole = { kind: "accepted", format: "onnx", classes: 3, parameters: 192 };

  it("is accepted with its weight file", async () => {
    expect(await inspectModel({ model: { bytes: graphFile() }, sidecars: weightFile(), declared })).toMatchObject(whole);
  });

  it.each(["", "exported today/"])("is accepted as one archive, with its files in the folder %j", async (folder) => {
    const bytes = zipOf([
      { name: `${folder}my net.onnx`, content: graphFile() },
      { name: `${folder}${dataName}`, content: dataOf(weights()), stored: true },
    ]);
    expect(await inspectModel({ model: { bytes }, declared })).toMatchObject(whole);
  });
});

describe("a hostile ONNX file with external weights", () => {
  let reports: ReadonlyMap<string, ModelReport>;
  beforeAll(async () => {
    reports = await inspectTogether(hostileExternalOnnx.map((row) => ({ ...row, declared })));
  }, togetherTimeout);

  it.each(hostileExternalOnnx.map((row) => [row.what, row] as const))("is refused: %s", (what, { reason }) => {
    const report = reports.get(what);
    expect(report).toMatchObject({ kind: "refused", reason: expect.stringMatching(reason) });
    expect(report?.usage.peakBytes).toBeLessThan(maxMemory);
    expect(report?.usage.seconds).toBeLessThan(maxSeconds);
  });
});
