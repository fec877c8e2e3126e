/** The input of a random search, read before the run is stored. */
import { drawSearch } from "@pareidolia/api/ascent/ascentSearch";
import { methodsOf } from "@pareidolia/api/method/methods";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { describe, expect, it } from "vitest";

const [method] = methodsOf("ascent");
if (method === undefined) throw new Error("No ascent is registered.");
const parameters = resolveParameters(method.parameters, { iterations: 9 });

describe("the input of a random search", () => {
  it("puts the drawn parameters in a fixed order, so that equal searches give equal runs", () => {
    const read = (names: string[]) => drawSearch({ configurations: 3, parameters: names }, { method, seed: 5, parameters });
    expect(read(["blurSigma", "decay"])).toEqual(read(["decay", "blurSigma"]));
    expect(read(["decay"]).searched).toEqual(["decay"]);
    expect(read(["decay"]).configurations.every((drawn) => drawn["iterations"] === 9)).toBe(true);
  });

  it("is refused for a method without a search space", () => {
    const refused = expect.objectContaining({ code: "INVALID_INPUT", field: "input.search" });
    for (const other of [...methodsOf("perturbation"), ...methodsOf("retraining"), { ...method, searchSpace: [] }])
      expect(() => drawSearch({ configurations: 3 }, { method: other, seed: 5, parameters })).toThrow(refused);
  });
});
