import { boolean, integer, list, nullable, number, oneOf, record, text } from "@pareidolia/core/documentShape";
import { describe, expect, it } from "vitest";

const shape = record({
  name: text,
  count: integer,
  mean: nullable(number),
  points: list(record({ level: number, isLast: boolean })),
  scale: oneOf(["linear", "nines"]),
});
const document = { name: "n", count: 2, mean: null, points: [{ level: 0.5, isLast: true }], scale: "nines" };

describe("the shape of a document", () => {
  it("returns only the fields that it declares", () => {
    expect(shape({ ...document, added: "later" }, "result")).toEqual(document);
  });

  it.each([
    [{ name: 1 }, "result.name is not text"],
    [{ count: 1.5 }, "result.count is not a whole number"],
    [{ mean: "0.5" }, "result.mean is not a finite number"],
    [{ points: {} }, "result.points is not a list"],
    [{ points: [null] }, "result.points[0] is not an object"],
    [{ points: [...document.points, { level: 1, isLast: "no" }] }, "result.points[1].isLast is not true or false"],
    [{ scale: "log" }, "result.scale is not one of linear, nines"],
    [{ name: undefined }, "result.name is not text"],
  ])("names the damaged field of %j", (change, message) => {
    expect(() => shape({ ...document, ...change }, "result")).toThrow(
      expect.objectContaining({ code: "CORRUPT_DATA", message: `A stored document is damaged: ${message}.` }),
    );
  });
});
