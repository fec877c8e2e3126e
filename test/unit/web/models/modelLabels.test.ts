/** Class labels in common file formats, and pre-processing in words. */
import { expect, test } from "vitest";
import { problemWithLabels, readModelLabels } from "../../../../apps/web/src/features/models/modelLabels.ts";
import { formatPreprocessing, readNumbers } from "../../../../apps/web/src/features/models/preprocessing.ts";

test("labels are read from lines, a JSON array, and a JSON object in numeric order", () => {
  expect(readModelLabels("cat\r\n dog \nbird\n")).toEqual(["cat", "dog", "bird"]);
  expect(readModelLabels('["cat", "dog"]')).toEqual(["cat", "dog"]);
  expect(readModelLabels('{"10": ["n1", "ten"], "2": ["n2", "two"]}')).toEqual(["two", "ten"]);
});

test("an empty line between labels is reported with its number, and one label is too few", () => {
  expect(problemWithLabels(readModelLabels("cat\n\ndog"))).toContain("Line 2");
  expect(problemWithLabels(["cat"])).toContain("2 to 10000 labels");
  expect(problemWithLabels(["cat", "dog"])).toBeNull();
});

test("numbers may be separated by commas or spaces; other text is rejected", () => {
  expect(readNumbers("104, 117 123")).toEqual([104, 117, 123]);
  expect(readNumbers("104, x")).toBeNull();
  expect(readNumbers("")).toBeNull();
});

test("pre-processing is described by its effect on a pixel", () => {
  const given = { channels: 3, channelOrder: "BGR", layout: "NCHW", mean: [104, 117, 123], deviation: [1] };
  expect(formatPreprocessing(given)).toBe("(x − [104, 117, 123]) ÷ 1, BGR, NCHW");
  expect(formatPreprocessing(null)).toBeNull();
});
