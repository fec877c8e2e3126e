/** Two scores stand side by side only for one class: what the search aimed at, as the search saw it and as it is stored. */
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const fields = `searchedClass { class label search stored }
  image { scores { model { id } probabilities { class label probability } } }`;

interface Scored {
  readonly searchedClass: { readonly class: number; readonly label: string; readonly search: number; readonly stored: number };
  readonly image: {
    readonly scores: readonly {
      readonly model: { readonly id: string };
      readonly probabilities: readonly { readonly class: number; readonly label: string; readonly probability: number }[];
    }[];
  };
}

/** The label and both scores are of the class that is named; rounding changes a confidence little. */
function expectOneClass({ searchedClass, image }: Scored, roundingError: number): void {
  const own = image.scores.find(({ model }) => model.id === api.modelId);
  const named = own?.probabilities.find((each) => each.class === searchedClass.class);
  expect({ label: searchedClass.label, stored: searchedClass.stored }).toEqual({ label: named?.label, stored: named?.probability });
  expect(Math.abs(searchedClass.search - searchedClass.stored)).toBeLessThan(roundingError);
}

async function resultsOf(key: string, type: string, list: string): Promise<readonly Scored[]> {
  const { body } = await api.query(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${list} } } }`, { id: key });
  expect(body.errors).toBeUndefined();
  const [found] = Object.values(body.data.node) as [readonly Scored[] | { readonly nodes: readonly Scored[] }];
  return "nodes" in found ? found.nodes : found;
}

describe("the searched class", () => {
  it("of an elite is that of its niche", async () => {
    const elites = await resultsOf("RUN-1", "EvolutionRun", `archive { niche ${fields} }`);
    expect(elites.length).toBeGreaterThan(0);
    for (const elite of elites) {
      expect(elite.searchedClass.class).toBe((elite as unknown as { niche: number }).niche);
      expectOneClass(elite, 0.05);
    }
  });

  it("of a trajectory is the class that it aims at", async () => {
    const preset = await api.presetOf();
    const { run } = await api.mutate("startAscent", {
      experimentId: "EXP-1",
      modelId: api.modelId,
      preset,
      parameters: { iterations: 5 },
      classes: [1, 4],
      seed: 3,
    });
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const trajectories = await resultsOf(run.key, "AscentRun", `trajectories { nodes { ${fields} } }`);
    expect(trajectories.map(({ searchedClass }) => searchedClass.class)).toEqual([1, 4]);
    for (const trajectory of trajectories) expectOneClass(trajectory, 0.05);
  });

  it.each([
    ["the target", "pgd", 3],
    ["the original's class without a target", "fgsm", null],
    ["the original's class without a target", "carlini-wagner", null],
  ] as const)("of an attack is %s: %s", async (_, attack, target) => {
    const photo = await api.storePhoto();
    const preset = await api.presetOf(attack);
    const bounds = attack === "carlini-wagner" ? {} : { bounds: [1, 64] };
    const input = { experimentId: "EXP-1", modelId: api.modelId, sourceId: photo.id, attack, preset, seed: 1, ...bounds };
    const { run } = await api.mutate("startPerturbation", target === null ? input : { ...input, target });
    await carryOutRun({ runId: await api.runIdOf(run.key) }, api.context());
    const results = await resultsOf(run.key, "PerturbationRun", `perturbations { nodes { originalClass storedClass success ${fields} } }`);
    for (const result of results) {
      const { originalClass } = result as unknown as { originalClass: number };
      expect(result.searchedClass.class).toBe(target ?? originalClass);
      expectOneClass(result, 0.05);
    }
    // An attack that succeeded without a target has another top class, whose stored score is not the searched one's.
    const successes = results.filter((result) => target === null && (result as unknown as { success: boolean }).success);
    for (const result of successes) expect((result as unknown as { storedClass: number }).storedClass).not.toBe(result.searchedClass.class);
    expect(successes.length > 0).toBe(target === null);
  });
});
