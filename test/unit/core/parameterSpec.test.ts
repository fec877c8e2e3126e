import { type ParameterSpec, resolveParameters } from "@pareidolia/core/parameterSpec";
import { chainParameters } from "@pareidolia/core/retrainingChain";
import { encodings } from "@pareidolia/encodings/registry";
import { describe, expect, expectTypeOf, it } from "vitest";

const words = { label: "It", description: "" };
const specs = [
  { name: "rate", kind: "number", default: 0.5, minimum: 0, maximum: 1, ...words },
  { name: "count", kind: "integer", default: 3, minimum: 1, maximum: 9, ...words },
  { name: "way", kind: "choice", default: "there", choices: ["there", "back"], ...words },
  { name: "loud", kind: "boolean", default: false, ...words },
] as const satisfies readonly ParameterSpec[];

describe("parameters", () => {
  it("are the defaults unless given, and may equal their bounds", () => {
    expect(resolveParameters(specs, {})).toEqual({ rate: 0.5, count: 3, way: "there", loud: false });
    expect(resolveParameters(specs, { rate: 0, count: 9, way: "back", loud: true })).toEqual({
      rate: 0,
      count: 9,
      way: "back",
      loud: true,
    });
  });

  it("have the types that their specs declare", () => {
    expectTypeOf(resolveParameters(specs, {})).toEqualTypeOf<{
      readonly rate: number;
      readonly count: number;
      readonly way: "there" | "back";
      readonly loud: boolean;
    }>();
  });

  it.each<[Record<string, unknown>, string]>([
    [{ rate: 1.1 }, "rate"],
    [{ rate: Number.NaN }, "rate"],
    [{ rate: "0.5" }, "rate"],
    [{ rate: null }, "rate"],
    [{ rate: undefined }, "rate"],
    [{ count: 1.5 }, "count"],
    [{ count: 0 }, "count"],
    [{ way: "constructor" }, "way"],
    [{ way: 0 }, "way"],
    [{ loud: 1 }, "loud"],
    [{ other: 1 }, "other"],
    [JSON.parse('{"__proto__": 1}') as Record<string, unknown>, "__proto__"],
  ])("are refused, naming the invalid parameter: %j", (given, name) => {
    expect(() => resolveParameters(specs, given)).toThrow(expect.objectContaining({ code: "INVALID_INPUT", field: `parameters.${name}` }));
  });

  it("of a chain offer every registered encoding", () => {
    const encoding = chainParameters.find(({ name }) => name === "encoding");
    expect(encoding?.kind === "choice" && encoding.choices.toSorted()).toEqual(encodings.map(({ id }) => id).sort());
  });
});
