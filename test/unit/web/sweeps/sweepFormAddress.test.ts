/** The form of a new sweep, filled in with an earlier one of any kind: read back as the form reads it. */
import { describe, expect, it } from "vitest";
import { ascentFromAddress } from "../../../../apps/web/src/features/newRun/ascentAddress.ts";
import { chainFromAddress } from "../../../../apps/web/src/features/newRun/chainAddress.ts";
import { framingFromAddress } from "../../../../apps/web/src/features/newRun/framing.ts";
import { parseAxisText } from "../../../../apps/web/src/features/newRun/parseAxisText.ts";
import { perturbationFromAddress } from "../../../../apps/web/src/features/newRun/perturbationAddress.ts";
import { cropFromAddress } from "../../../../apps/web/src/features/newRun/useSourceCrop.ts";
import { changedSeeds, formAddressOf, modelIdsOf } from "../../../../apps/web/src/features/sweeps/sweepFormAddress.ts";

type Sweep = Parameters<typeof formAddressOf>[0];

const noRules = { plateauGenerations: null, plateauDelta: null, medianAfter: null, halving: null };
const labels = ["cat", "dog", "fox"];
const models = [{ id: "M1", slug: "lenet", name: "LeNet", width: 224, height: 224, channels: 3, labels }];
const slugs = new Map([
  ["M1", "lenet"],
  ["M2", "alexnet"],
]);

function sweepOf(overrides: object): Sweep {
  return {
    experiment: { key: "EXP-3" },
    sampler: "GRID",
    seeds: [5, 6],
    pointCount: 2,
    axes: [],
    earlyStopping: noRules,
    ...overrides,
  } as unknown as Sweep;
}

function addressOf(sweep: Sweep): URLSearchParams {
  const { pathname, searchParams } = new URL(formAddressOf(sweep, slugs), "http://localhost");
  expect(pathname).toBe("/experiments/EXP-3/new");
  return searchParams;
}

describe("the form of a new sweep", () => {
  it("has the settings, axes and rules of a sweep of evolutions", () => {
    const address = addressOf(
      sweepOf({
        kind: "evolution",
        base: { modelId: "M1", encoding: "direct", preset: "paper", generations: 1500, offspring: 8, parameters: { insertion: "all" } },
        axes: [
          { path: "parameters.mutationRate", values: [0.05, 0.2] },
          { path: "modelId", values: ["M1", "M2"] },
        ],
        earlyStopping: { plateauGenerations: 40, plateauDelta: 0.5, medianAfter: 7, halving: { minimum: 20, eta: 3 } },
      }),
    );
    expect(Object.fromEntries(address)).toEqual({
      method: "evolve",
      sweep: "on",
      model: "lenet",
      encoding: "direct",
      preset: "paper",
      generations: "1500",
      offspring: "8",
      parameters: '{"insertion":"all"}',
      seed: "5",
      replicates: "2",
      plateau: "40",
      delta: "0.5",
      median: "7",
      rung: "20",
      eta: "3",
      axes: JSON.stringify([
        ["parameters.mutationRate", "0.05, 0.2"],
        ["modelId", "lenet, alexnet"],
      ]),
    });
  });

  it("has the classes, starts, start image, crop and framing of a sweep of ascents", () => {
    const base = {
      modelId: "M1",
      ascent: "gradient",
      preset: "paper",
      classes: [0, 2],
      starts: 3,
      sourceId: "IMAGE",
      sourceCrop: { x: 0.25, y: 0.5, size: 0.5 },
      framing: { crops: 10, imageSize: 256 },
    };
    const values = [[0, 1], [2]];
    const address = addressOf(sweepOf({ kind: "ascent", base, axes: [{ path: "classes", values }], sampler: "RANDOM" }));
    expect(address.get("method")).toBe("ascend");
    expect(address.get("ascent")).toBe("gradient");
    expect(address.get("samples")).toBe("2");
    const read = ascentFromAddress(address, { models, searchable: [] });
    expect(read).toMatchObject({ modelId: "M1", classes: [0, 2], starts: "3", source: "IMAGE", settings: "these", problems: {} });
    expect(cropFromAddress(address)).toEqual(base.sourceCrop);
    expect(framingFromAddress(address, models[0])).toEqual({ framing: base.framing, problems: {} });
    const [[path, text]] = JSON.parse(address.get("axes") ?? "[]");
    expect(parseAxisText({ path, label: "Classes", kind: "list" }, text, true)).toEqual({ axis: { path, values } });
  });

  it("has the image, target and bounds of a sweep of attacks, for attacks of either norm", () => {
    const base = { modelId: "M1", attack: "pgd", preset: "paper", sourceId: "PHOTO", target: 1, bounds: [1, 2.5] };
    const axes = [{ path: "attack", values: ["pgd", "fgsm"] }];
    const address = addressOf(sweepOf({ kind: "perturbation", base, axes }));
    expect([address.get("method"), address.get("attack")]).toEqual(["perturb", "pgd"]);
    expect(perturbationFromAddress(address, models)).toEqual({
      source: "PHOTO",
      target: 1,
      bounds: { LINF: "1 2.5", L2: "1 2.5" },
      problems: {},
    });
  });

  it("leaves the bound to the attack if the sweep did", () => {
    const address = addressOf(sweepOf({ kind: "perturbation", base: { modelId: "M1", attack: "pgd", sourceId: "PHOTO" } }));
    expect(perturbationFromAddress(address, models)).toMatchObject({ target: null, bounds: { LINF: "", L2: "" } });
  });

  it("has the name, data set and retrainings of a sweep of chains", () => {
    const base = { modelId: "M1", name: "Fooled twice", dataset: "pets", iterations: 2, preset: "quick" };
    const address = addressOf(sweepOf({ kind: "retraining", base, axes: [{ path: "iterations", values: [1, 2] }] }));
    const datasets = [
      { id: "digits", label: "Digits", description: "", classes: 10 },
      { id: "pets", label: "Pets", description: "", classes: 3 },
    ];
    expect([address.get("method"), address.get("name")]).toEqual(["retrain", "Fooled twice"]);
    expect(chainFromAddress(address, { models, datasets })).toEqual({ datasetId: "pets", iterations: "2", problems: {} });
  });

  it("says which seeds it replaces", () => {
    expect(changedSeeds([5, 6, 7])).toBeNull();
    expect(changedSeeds([5, 9])).toBe("The form counts seeds up from the first: 5 to 6 in place of 5, 9.");
  });

  it("needs the models of the base and of the axis, each once", () => {
    const sweep = sweepOf({ base: { modelId: "M1" }, axes: [{ path: "modelId", values: ["M2", "M1"] }] });
    expect(modelIdsOf(sweep)).toEqual(["M1", "M2"]);
  });
});
