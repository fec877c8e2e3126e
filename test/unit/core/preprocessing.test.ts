import { checkPreprocessing, type Preprocessing } from "@pareidolia/core/preprocessing";
import { describe, expect, it } from "vitest";

const valid: Preprocessing = { width: 224, height: 1, channels: 3, channelOrder: "BGR", layout: "NHWC", mean: [1, 2, 3], deviation: [0.5] };

describe("pre-processing", () => {
  it("is returned unchanged if it is valid", () => {
    expect(checkPreprocessing(valid)).toBe(valid);
  });

  it.each<[string, object]>([
    ["width", { width: 0 }],
    ["width", { width: 1025 }],
    ["height", { height: 2.5 }],
    ["height", { height: Number.NaN }],
    ["channels", { channels: 2 }],
    ["channelOrder", { channelOrder: "rgb" }],
    ["layout", { layout: "HWC" }],
    ["mean", { mean: [1, 2] }],
    ["mean", { mean: [] }],
    ["mean", { mean: [Number.POSITIVE_INFINITY] }],
    ["deviation", { deviation: [1, 0, 1] }],
    ["deviation", { deviation: [-1] }],
    ["deviation", { deviation: [Number.NaN] }],
  ])("is refused, naming the field %s: %j", (field, change) => {
    expect(() => checkPreprocessing({ ...valid, ...change } as Preprocessing)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", field: `preprocessing.${field}` }),
    );
  });
});
