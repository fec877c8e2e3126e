/** The values of an axis as people type them. */

import { describe, expect, it } from "vitest";
import { type AxisField, parseAxisText } from "../../../../apps/web/src/features/newRun/parseAxisText.ts";

const rate: AxisField = { path: "parameters.mutationRate", label: "Mutation rate", kind: "number", minimum: 0, maximum: 1 };
const count: AxisField = { path: "generations", label: "Generations", kind: "integer", minimum: 1, maximum: 1000 };
const encoding: AxisField = { path: "encoding", label: "Encoding", kind: "choice", choices: { cppn: "cppn", direct: "direct" } };
const model: AxisField = { path: "modelId", label: "Model", kind: "choice", choices: { lenet: "TW9kZWw6MQ" } };
const flag: AxisField = { path: "parameters.raw", label: "Raw", kind: "boolean" };
const image: AxisField = { path: "sourceId", label: "Image", kind: "image" };
const classes: AxisField = { path: "classes", label: "Classes", kind: "list" };

describe("values", () => {
  it.each([
    [rate, "0.1, 0.2,0.4", [0.1, 0.2, 0.4]],
    [rate, " 1e-2 ", [0.01]],
    [count, "100, 200", [100, 200]],
    [encoding, "cppn, direct", ["cppn", "direct"]],
    [model, "lenet", ["TW9kZWw6MQ"]],
    [flag, "true, false", [true, false]],
    [image, "SW1hZ2U6MQ, UGhvdG86Mg", ["SW1hZ2U6MQ", "UGhvdG86Mg"]],
    [
      classes,
      "0 1 2; 3 4",
      [
        [0, 1, 2],
        [3, 4],
      ],
    ],
  ])("of $kind are read from %s", (field, text, values) => {
    expect(parseAxisText(field, text, true)).toEqual({ axis: { path: field.path, values } });
  });
});

describe("a range", () => {
  it.each([
    ["0.01…1 log ×5", { from: 0.01, to: 1, scale: "LOG", count: 5 }],
    ["0.01..1 log x5", { from: 0.01, to: 1, scale: "LOG", count: 5 }],
    ["0 ... 1 * 3", { from: 0, to: 1, scale: "LINEAR", count: 3 }],
    ["0–0.5 linear ×2", { from: 0, to: 0.5, scale: "LINEAR", count: 2 }],
  ])("is read from %s", (text, range) => {
    expect(parseAxisText(rate, text, true)).toEqual({ axis: { path: rate.path, range } });
  });

  it("of whole numbers has their scale", () => {
    expect(parseAxisText(count, "1…10 ×4", true)).toEqual({
      axis: { path: count.path, range: { from: 1, to: 10, scale: "INTEGER", count: 4 } },
    });
  });

  it("needs no number of values if points are drawn", () => {
    expect(parseAxisText(rate, "0.1…0.5", false)).toEqual({
      axis: { path: rate.path, range: { from: 0.1, to: 0.5, scale: "LINEAR", count: null } },
    });
  });
});

describe("a text that is no value", () => {
  it.each([
    [rate, "", "Type its values, such as 0.1, 0.2, 0.4 or 0.01…1 log ×5."],
    [rate, "0.1,,0.2", "“” is not a number."],
    [rate, "2", "2 is above 1."],
    [rate, "0.1, 0.1", "0.1 is listed twice."],
    [rate, "0.5…0.1 ×3", "A range begins with its lowest value: 0.1…0.5."],
    [rate, "0…1 log ×3", "A logarithmic range begins above 0."],
    [rate, "0.1…1", "Add the number of values, such as 0.1…1 ×5."],
    [count, "1.5", "1.5 is not a whole number."],
    [encoding, "gan", "“gan” is not one of cppn, direct."],
    [flag, "yes", "Type true or false."],
    [classes, "0 a", "“0 a” is not a list of numbers."],
  ])("is refused with what to do (%#)", (field, text, problem) => {
    expect(parseAxisText(field, text, true)).toEqual({ problem });
  });
});
