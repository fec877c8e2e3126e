/** What a random search is read from, before a run is written. */
import { drawSearch } from "@pareidolia/api/ascent/ascentSearch";
import { methodsOf } from "@pareidolia/api/method/methods";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { describe, expect, it } from "vitest";

const [method] = methodsOf("ascent");
if (method === undefined) throw new Error("There is no ascent.");
const parameters = resolveParameters(method.parameters, { iterations: 9 });

describe("a search that is asked for", () => {
  it("names what is drawn in one order, so that the same search is the same run", () => {
    const read = (names: string[]) => drawSearch({ configurations: 3, parameters: names }, { method, seed: 5, parameters });
    expect(read(["blurSigma", "decay"])).toEqual(read(["decay", "blurSigma"]));
    expect(read(["decay"]).searched).toEqual(["decay"]);
    expect(read(["decay"]).configurations.every((one) => one["iterations"] === 9)).toBe(true);
  });

  it("is refused of a method that has nothing to search", () => {
    const refused = expect.objectContaining({ code: "INVALID_INPUT", field: "input.search" });
    for (const other of [...methodsOf("perturbation"), ...methodsOf("retraining"), { ...method, searchSpace: [] }])
      expect(() => drawSearch({ configurations: 3 }, { method: other, seed: 5, parameters })).toThrow(refused);
  });
});
