/** The URL of the new-run form: changes of method and of values, and reading them back. */
import { describe, expect, it } from "vitest";
import { ascentFromAddress, ascentValues } from "../../../../apps/web/src/features/newRun/ascentAddress.ts";
import { chainFromAddress } from "../../../../apps/web/src/features/newRun/chainAddress.ts";
import { experimentFromAddress, experimentValues } from "../../../../apps/web/src/features/newRun/experimentAddress.ts";
import { changedValues, switchMethod, withValues } from "../../../../apps/web/src/features/newRun/formAddress.ts";
import { perturbationFromAddress, perturbationValues } from "../../../../apps/web/src/features/newRun/perturbationAddress.ts";

const address = (text: string) => new URLSearchParams(text);
const models = [{ id: "m1", slug: "lenet", name: "LeNet", labels: ["0", "1", "2"] }];

describe("a change of method", () => {
  const evolve = "model=lenet&seed=7&preset=quick&generations=40";

  it("keeps model and seed, and stores the other values under the previous method", () => {
    const ascend = switchMethod(address(evolve), "evolve", "ascend");
    expect(Object.fromEntries(ascend)).toEqual({
      method: "ascend",
      model: "lenet",
      seed: "7",
      "evolve.preset": "quick",
      "evolve.generations": "40",
    });
  });

  it("restores the values of a method after any sequence of methods", () => {
    let now = switchMethod(address(evolve), "evolve", "ascend");
    now = withValues(now, { starts: "3", preset: "decay", seed: "9" });
    now = switchMethod(now, "ascend", "perturb");
    now = switchMethod(now, "perturb", "retrain");
    now = switchMethod(now, "retrain", "evolve");
    expect(Object.fromEntries(now)).toMatchObject({ model: "lenet", seed: "9", preset: "quick", generations: "40" });
    now = switchMethod(now, "evolve", "ascend");
    expect(Object.fromEntries(now)).toMatchObject({ method: "ascend", starts: "3", preset: "decay", seed: "9" });
    expect(now.has("generations")).toBe(false);
  });
});

describe("the values that a form writes to the URL", () => {
  it("are none until a value changes, then all of its own values and the changed shared ones", () => {
    const before = { model: "lenet", seed: "1", preset: "paper", parameters: null };
    expect(changedValues(before, { ...before })).toBeNull();
    expect(changedValues(before, { ...before, preset: "quick" })).toEqual({ preset: "quick", parameters: null });
    expect(changedValues(before, { ...before, seed: "2" })).toEqual({ seed: "2", preset: "paper", parameters: null });
  });
});

describe("the values of each form", () => {
  const there = (values: Readonly<Record<string, string | null>>) => withValues(address(""), values);

  it("of an ascent are restored, even an empty selection of classes", () => {
    const values = {
      classes: [],
      starts: "x",
      source: "S1",
      settings: "search" as const,
      configurations: "9",
      drawn: ["decay"],
    };
    expect(ascentFromAddress(there(ascentValues(values)), { models, searchable: ["decay", "blur"] })).toMatchObject(values);
  });

  it("of an attack are restored, with the typed bounds for each norm", () => {
    const values = { source: "S1", target: 2, bounds: { LINF: "1 two", L2: "" } };
    expect(perturbationFromAddress(there(perturbationValues(values)), models)).toMatchObject({ ...values, problems: {} });
    expect(perturbationFromAddress(address("target=3"), models).problems["target"]?.atTop).toBe(
      "There is no class “3”; the target is any other class instead.",
    );
  });

  it("of a chain report a model with other classes as unsuitable, not as missing", () => {
    const datasets = [{ id: "mnist", label: "MNIST", description: "", classes: 10 }];
    const read = chainFromAddress(address("model=lenet&name=Mine&iterations=99"), { models, datasets });
    expect(read).toMatchObject({ datasetId: "mnist", iterations: "99" });
    expect(read.problems["model"]?.atTop).toBe("LeNet does not have the 10 classes of MNIST; another model is used instead.");
    expect(read.problems["iterations"]?.atField).toBe("A whole number from 1 to 15.");
  });

  it("of the experiment are restored by its key, or by the name of a new one", () => {
    const experiments = [
      { id: "E1", key: "EXP-1", name: "One" },
      { id: "E2", key: "EXP-2", name: "Two" },
    ];
    for (const experiment of [{ id: "E2" }, { name: "A new one" }])
      expect(experimentFromAddress(there(experimentValues(experiment, null, experiments)), null, experiments)).toEqual({
        experiment,
        problems: {},
      });
    expect(experimentFromAddress(address("experiment=EXP-9"), null, experiments).problems["experiment"]?.atTop).toBe(
      "There is no experiment “EXP-9”; “EXP-1 One” is used instead.",
    );
    const lock = { lockedAt: "2026-01-01T00:00:00.000Z", withExperiment: false, lockedBy: null };
    const [first, second] = experiments;
    expect(experimentFromAddress(address(""), null, [{ ...first!, lock }, second!]).experiment).toEqual({ id: "E2" });
  });
});
