/** The contract of every registered ascent and attack. */

import { ascents, attacks, getAscent, getAttack } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { describe, expect, it } from "vitest";
import { classes, errorOf, type Item, linear, methodCases, wrongValue } from "../../support/ascentCases.ts";

const items: readonly Item[] = [
  { classIndex: 2, seed: 11 },
  { classIndex: 5, seed: 11 },
  { classIndex: 2, seed: 12 },
];

describe("the registry of ascents and attacks", () => {
  it("has gradient ascent and the four attacks", () => {
    expect(ascents.map(({ id }) => id)).toEqual(["gradient-ascent"]);
    expect(attacks.map(({ id }) => id)).toEqual(["fgsm", "pgd", "lbfgs", "carlini-wagner"]);
  });

  it("refuses unknown ids as invalid input", () => {
    expect(() => getAscent("__proto__")).toThrow(AppError);
    expect(() => getAttack("gradient-ascent")).toThrow(AppError);
  });

  it.each([...ascents, ...attacks])("gives $id presets that set every parameter within its bounds and name their source", (definition) => {
    expect(definition.presets.length).toBeGreaterThan(0);
    for (const { values, source } of definition.presets) {
      expect(resolveParameters(definition.parameters, values)).toEqual(values);
      expect(Object.keys(values).sort()).toEqual(definition.parameters.map(({ name }) => name).sort());
      expect(source).not.toBe("");
    }
  });

  it("has the presets of the paper and of the toolbox", () => {
    expect(ascents[0]?.presets.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        "paper-unregularised",
        "hp-seed-169",
        "hp-seed-188",
        "hp-seed-360",
        "toolbox-small-norm",
        "toolbox-strong-decay",
        "toolbox-blur",
        "toolbox-small-contribution",
      ]),
    );
  });
});

describe.each(methodCases)("$name", ({ run, parameters }) => {
  const isAscent = parameters.some(({ name }) => name === "start");

  it("raises the class's posterior on a linear classifier", async () => {
    const outcomes = await run({ classifier: linear(), items, ...(isAscent ? { parameters: { start: "image" } } : {}) });
    for (const { before, after } of outcomes) expect(after).toBeGreaterThan(before);
  });

  it("gives the same bytes and the same record for the same seed", async () => {
    expect(await run({ classifier: linear(), items })).toEqual(await run({ classifier: linear(), items }));
  });

  it("gives the same bytes and the same record for any cut and order of the batch", async () => {
    const together = await run({ classifier: linear(), items });
    const alone = await Promise.all(items.map(async (item) => (await run({ classifier: linear(), items: [item] }))[0]));
    const reversed = await run({ classifier: linear(), items: items.toReversed() });
    expect(alone).toEqual(together);
    expect(reversed.toReversed()).toEqual(together);
  });

  it("does not call the classifier after an abort, and stops with the signal's reason", async () => {
    let calls = 0;
    const classifier = linear(() => {
      calls++;
    });
    await expect(run({ classifier, items, signal: AbortSignal.abort("stopped early") })).rejects.toBe("stopped early");
    expect(calls).toBe(0);
    const controller = new AbortController();
    const stopping = linear((call) => {
      if (call === 1) controller.abort("stopped on the way");
    });
    await expect(run({ classifier: stopping, items, signal: controller.signal })).rejects.toBe("stopped on the way");
  });

  it("refuses invalid values and unknown parameters as invalid input, and names the field", async () => {
    for (const spec of parameters) {
      const error = await errorOf(() => run({ classifier: linear(), items, parameters: { [spec.name]: wrongValue(spec) } }));
      expect(error).toMatchObject({ code: "INVALID_INPUT", field: `parameters.${spec.name}` });
    }
    const error = await errorOf(() => run({ classifier: linear(), items, parameters: { noSuch: 1 } }));
    expect(error).toMatchObject({ code: "INVALID_INPUT", field: "parameters.noSuch" });
  });

  it("refuses a class that the classifier does not have, and an invalid seed", async () => {
    for (const wrong of [
      { classIndex: classes, seed: 1 },
      { classIndex: -1, seed: 1 },
      { classIndex: 0.5, seed: 1 },
      { classIndex: 0, seed: -1 },
      { classIndex: 0, seed: 2 ** 31 },
    ])
      expect(await errorOf(() => run({ classifier: linear(), items: [wrong] }))).toMatchObject({ code: "INVALID_INPUT" });
  });
});
