/** The values that a URL sets in the new-run form, and an error for each invalid one. */
import { describe, expect, it } from "vitest";
import { addressProblems, oneOf, quoteValue, wholeNumberOf } from "../../../../apps/web/src/features/marks/addressProblems.ts";
import { evolutionFromAddress } from "../../../../apps/web/src/features/newRun/evolutionAddress.ts";
import { methodFromAddress, runMethodProblems } from "../../../../apps/web/src/features/newRun/methodAddress.ts";

const models = [
  { id: "m1", slug: "lenet", name: "LeNet" },
  { id: "m2", slug: "other", name: "Other" },
];
const rate = {
  name: "rate",
  label: "Rate",
  description: "",
  kind: "NUMBER",
  default: 0.1,
  minimum: 0,
  maximum: 1,
  choices: null,
} as const;
const presets = [
  { id: "paper", label: "Paper", description: "", source: "", values: { rate: 0.2 } },
  { id: "quick", label: "Quick", description: "", source: "", values: {} },
];
const encodings = [
  { id: "direct", label: "Direct", description: "", parameters: [], presets },
  { id: "cppn", label: "CPPN", description: "", parameters: [rate], presets },
];
const ask = (query: string) =>
  methodFromAddress(new URLSearchParams(query), {
    models,
    methods: encodings,
    methodField: "encoding",
    initialMethod: "cppn",
    newSeed: "31",
  });
const readNumbers = (query: string) => evolutionFromAddress(new URLSearchParams(query));

describe("the URL of an evolution", () => {
  it("selects the defaults without values", () => {
    expect(ask("")).toMatchObject({ modelId: "m1", methodId: "cppn", presetId: "paper", seed: "31", changes: {}, problems: {} });
    expect(readNumbers("")).toEqual({ numbers: { generations: "200", offspring: "200" }, problems: {} });
  });

  it("selects valid values", () => {
    const query = `model=other&preset=quick&seed=7&generations=9&parameters=${encodeURIComponent('{"rate":0.5}')}`;
    expect(ask(query)).toMatchObject({ modelId: "m2", presetId: "quick", seed: "7", changes: { rate: 0.5 }, problems: {} });
    expect(readNumbers(query).numbers).toEqual({ generations: "9", offspring: "200" });
  });

  it("reports unknown names and their replacements", () => {
    const { modelId, problems } = ask("model=unicorn&preset=none&encoding=wax");
    expect(modelId).toBe("m1");
    expect(Object.keys(problems)).toEqual(["model", "encoding", "preset"]);
    expect(problems["model"]?.atTop).toBe("There is no model “unicorn”; “LeNet” is used instead.");
  });

  it("keeps an invalid number as typed and reports an error", () => {
    expect(ask("seed=1e999").seed).toBe("1e999");
    expect(ask("seed=1e999").problems["seed"]?.atField).toBe("A whole number from 0 to 2,147,483,647.");
    expect(ask("seed=1e999").problems["seed"]?.atTop).toContain("“1e999”");
    const { numbers, problems } = readNumbers("offspring=3&generations=0");
    expect(numbers).toEqual({ generations: "0", offspring: "3" });
    expect(problems["generations"]?.atField).toBe("A whole number from 1 to 100,000.");
    expect(problems["offspring"]?.atTop).toContain("even number from 2 to 2,000");
  });

  it("accepts the limits themselves and nothing beyond them", () => {
    expect(readNumbers("generations=100000&offspring=2000").problems).toEqual({});
    expect(Object.keys(readNumbers("generations=100001&offspring=2002").problems)).toEqual(["generations", "offspring"]);
  });

  it.each([
    ["{", /are not valid JSON/],
    ["[1]", /are not a JSON object/],
    ['{"wax":1}', /no parameter “wax”; it is ignored/],
    ['{"rate":9}', /Rate is “9”: From 0 to 1\./],
  ])("has an error for the parameters %s", (text, message) => {
    expect(ask(`parameters=${encodeURIComponent(text)}`).problems["parameters"]?.atTop).toMatch(message);
  });
});

describe("the URL of another method", () => {
  const pgd = { id: "pgd", label: "PGD", presets, parameters: [rate] };
  const fgsm = { id: "fgsm", label: "FGSM", presets: [{ ...presets[0]!, id: "step", label: "Step" }], parameters: [] };
  const given = { models, methods: [pgd, fgsm], methodField: "attack", newSeed: "31" };

  it("selects a method of its kind, with that method's presets and parameters", () => {
    const begin = (query: string) => methodFromAddress(new URLSearchParams(query), given);
    expect(begin("attack=fgsm&preset=step")).toMatchObject({ methodId: "fgsm", presetId: "step", problems: {} });
    expect(begin("attack=lasso").problems["attack"]?.atTop).toBe("There is no attack “lasso”; “PGD” is used instead.");
  });

  it("keeps its seed, and selects the form's first preset unless it names another", () => {
    const begin = (query: string) => methodFromAddress(new URLSearchParams(query), { ...given, initialPreset: "quick" });
    expect(begin("seed=9")).toMatchObject({ presetId: "quick", seed: "9", problems: {} });
    expect(begin("preset=paper").presetId).toBe("paper");
    expect(begin("seed=x").problems["seed"]?.atField).toMatch(/whole number/);
  });

  it("changes parameters of its method, and reports unknown ones", () => {
    const change = (values: object) => methodFromAddress(new URLSearchParams({ parameters: JSON.stringify(values) }), given);
    expect(change({ rate: 0.5 })).toMatchObject({ changes: { rate: 0.5 }, problems: {} });
    expect(change({ wax: 1 }).problems["parameters"]?.atTop).toContain("There is no parameter “wax”; it is ignored.");
  });

  it("has an error for an unknown method", () => {
    expect(runMethodProblems(new URLSearchParams("method=ascend"))).toEqual([]);
    expect(runMethodProblems(new URLSearchParams("method=dream"))).toEqual(["There is no method “dream”; “Evolve” is used instead."]);
  });
});

describe("the URL of a view", () => {
  const rules = [oneOf("order", ["up", "down"], "up"), wholeNumberOf("at", "the first is shown")];
  const problems = (query: string) => addressProblems(new URLSearchParams(query), rules);

  it("may omit values or contain valid ones", () => {
    for (const query of ["", "order=", "order=down&at=12", "other=1"]) expect(problems(query)).toEqual([]);
  });

  it("has an error for each invalid value", () => {
    expect(problems("order=left&at=-1")).toEqual([
      "order is “left” and must be one of up, down; up is used instead.",
      "at is “-1” and must be a whole number from 0; the first is shown instead.",
    ]);
  });

  it("is quoted with at most 60 characters", () => {
    expect(quoteValue("🦄".repeat(100))).toBe(`“${"🦄".repeat(60)}…”`);
  });
});
