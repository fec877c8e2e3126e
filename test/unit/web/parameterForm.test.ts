/** The logic of the new-run form. */
import { describe, expect, it } from "vitest";
import {
  type EncodingChoice,
  overridesOf,
  presetValues,
  problemWith,
  readValue,
  type Spec,
} from "../../../apps/web/src/features/newRun/parameterForm.ts";
import { startEvolutionQueries } from "../../../apps/web/src/features/newRun/startEvolutionQuery.ts";

const rate: Spec = { name: "rate", label: "Rate", description: "", kind: "NUMBER", default: 0.1, minimum: 0, maximum: 1, choices: null };
const eta: Spec = { name: "eta", label: "Eta", description: "", kind: "INTEGER", default: 15, minimum: 1, maximum: 100, choices: null };
const encoding: EncodingChoice = {
  id: "some",
  label: "Some",
  description: "",
  drawingParameters: [],
  parameters: [rate, eta],
  presets: [{ id: "wild", label: "Wild", description: "", source: "", values: { rate: 0.5 } }],
};

describe("the new-run form", () => {
  it("applies the preset over the defaults, and sends only the values that differ from it", () => {
    const preset = presetValues([rate, eta], encoding, "wild");
    expect(preset).toEqual({ rate: 0.5, eta: 15 });
    expect(overridesOf({ rate: 0.5, eta: 20 }, preset)).toEqual({ eta: 20 });
  });

  it("reports an invalid value with its bounds", () => {
    expect(problemWith(rate, readValue(rate, "0.2"))).toBeNull();
    expect(problemWith(rate, readValue(rate, "2"))).toBe("From 0 to 1.");
    expect(problemWith(eta, readValue(eta, "1.5"))).toBe("A whole number.");
    expect(problemWith(eta, readValue(eta, ""))).toBe("A number.");
    expect(problemWith(rate, readValue(rate, "1e999"))).toBe("A number.");
  });

  it("generates a mutation with unquoted GraphQL keys", () => {
    const run = {
      modelId: "m1",
      encoding: "some",
      preset: "wild",
      parameters: { eta: 20 },
      seed: 1,
      generations: 2,
      offspring: 4,
      framing: { crops: 10, imageSize: 256 },
    };
    const [started] = startEvolutionQueries({ id: "e1" }, run);
    expect(started?.document).toContain('experimentId: "e1"');
    expect(started?.document).toContain("parameters: { eta: 20 }");
  });
});
