/** Hostile ONNX uploads: each is refused with a reason, within the limits of time and memory. */
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import type { ModelReport } from "@pareidolia/classifiers/intake/modelReport";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { beforeAll, describe, expect, it } from "vitest";
import { hostileOnnx } from "../../../support/hostileOnnx.ts";
import { inspectTogether, maxMemory, maxSeconds, togetherTimeout } from "../../../support/inspectTogether.ts";
import { longs, node, ofOneImage, validGraph, weights } from "../../../support/onnxVariants.ts";

const preprocessing: Preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] };
const declared = { labels: ["a", "b", "c"], preprocessing };

it("the inspection accepts the valid network they are derived from, and describes it", async () => {
  const report = await inspectModel({ model: { bytes: encodeModel(validGraph()) }, declared });
  expect(report).toMatchObject({
    kind: "accepted",
    format: "onnx",
    classes: 3,
    input: { width: 8, height: 8, channels: 1 },
    nodes: 3,
    parameters: 192,
    multiplications: expect.any(Number),
  });
});

it("the inspection accepts an export of one image whose batch keeps images independent", async () => {
  const file = ofOneImage(
    [node("Reshape", ["x", "row"], ["r"]), node("Reshape", ["r", "sides"], ["x2"])],
    [longs("row", 1, 64), longs("sides", 1, 1, 8, 8)],
  );
  expect(await inspectModel({ model: { bytes: file() }, declared })).toMatchObject({ kind: "accepted", classes: 3 });
});

it("the inspection accepts a network for images of any size, at the declared size", async () => {
  const anySize = validGraph({
    nodes: [
      node("Conv", ["x", "filters"], ["features"], { auto_pad: { kind: "string", value: "SAME_UPPER" } }),
      node("GlobalAveragePool", ["features"], ["means"]),
      node("Flatten", ["means"], ["y"]),
    ],
    initializers: [weights({ name: "filters", dims: [3, 1, 8, 8] })],
    inputs: [{ name: "x", type: "float32", dims: ["N", "", "height", "width"] }],
  });
  const report = await inspectModel({ model: { bytes: encodeModel(anySize) }, declared });
  expect(report).toMatchObject({ kind: "accepted", classes: 3, input: { width: 8, height: 8, channels: 1 } });
});

describe("a hostile ONNX file", () => {
  let reports: ReadonlyMap<string, ModelReport>;
  beforeAll(async () => {
    reports = await inspectTogether(hostileOnnx.map((row) => ({ ...row, declared })));
  }, togetherTimeout);

  it.each(hostileOnnx.map((row) => [row.what, row] as const))("is refused: %s", (what, { reason }) => {
    const report = reports.get(what);
    expect(report).toMatchObject({ kind: "refused", reason: expect.stringMatching(reason) });
    expect(report?.usage.peakBytes).toBeLessThan(maxMemory);
    expect(report?.usage.seconds).toBeLessThan(maxSeconds);
  });
});
