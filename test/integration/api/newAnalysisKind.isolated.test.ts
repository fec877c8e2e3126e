/**
 * A new kind of analysis needs a contract in the registry and a worker file of the same name. Without any other change it is listed,
 * started over GraphQL, validated, computed, read and cancelled.
 */
import type { AnalysisTask } from "@pareidolia/workers/analyses/analysisTask";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";

// The line in the registry.
vi.mock("@pareidolia/analysis/kinds/registry", async (original) => {
  const { analysisKinds } = await original<typeof import("@pareidolia/analysis/kinds/registry")>();
  const { brightness } = await import("../../support/brightness.ts");
  return { analysisKinds: [...analysisKinds, brightness] };
});
// The worker's file.
vi.mock("@pareidolia/workers/analyses/findAnalysisTask", async () => {
  const { brightnessTask } = await import("../../support/brightness.ts");
  return { findAnalysisTask: async (kind: string): Promise<AnalysisTask | null> => (kind === "brightness" ? brightnessTask : null) };
});

let api: MutationApi;
let eliteId: string;
beforeAll(async () => {
  api = await startMutationApi();
  eliteId = (await api.query('{ node(id: "RUN-1") { ... on EvolutionRun { archive { id } } } }')).body.data.node.archive[0].id;
});
afterAll(() => api.close());

const start = (parameters: object = {}, about: readonly string[] = [eliteId]) =>
  api.mutate("startAnalysis", { kind: "brightness", about, parameters });

describe("a new kind of analysis", () => {
  it("is listed with its subject and parameters", async () => {
    const { body } = await api.query("{ analysisKinds { id label priority subject parameters { name kind default minimum maximum } } }");
    expect(body.data.analysisKinds.at(-1)).toEqual({
      id: "brightness",
      label: "Brightness of one image",
      priority: "INTERACTIVE",
      subject: "ELITE",
      parameters: [{ name: "gain", kind: "INTEGER", default: 2, minimum: 1, maximum: 8 }],
    });
  });

  it("is queued, computed, and read as JSON", async () => {
    const { analysis } = await start({ gain: 4 });
    expect(analysis).toMatchObject({
      kind: "brightness",
      kindLabel: "Brightness of one image",
      priority: "INTERACTIVE",
      state: "QUEUED",
    });
    expect(await api.lastJobs()).toEqual(["analyse"]);
    const { id } = await api.database.connection.analysis.findFirstOrThrow({ where: { kind: "brightness" } });
    await analyse({ analysisId: id }, api.context());
    const { body } = await api.query(
      '{ analyses(filter: { kind: "brightness" }) { nodes { id state input result elite { id } run { key } } } }',
    );
    const [found] = body.data.analyses.nodes;
    expect(found).toMatchObject({ id: analysis.id, state: "SUCCEEDED", input: { gain: 4 }, elite: { id: eliteId }, run: { key: "RUN-1" } });
    expect(found.result.brightness).toBeGreaterThan(0);
    expect((await start({ gain: 4 })).analysis).toMatchObject({ id: analysis.id, state: "SUCCEEDED" });
  });

  it("is cancelled", async () => {
    const { analysis } = await start();
    expect((await api.mutate("cancelAnalysis", { analysisId: analysis.id })).analysis).toMatchObject({
      id: analysis.id,
      state: "CANCELLED",
    });
  });

  it.each([
    ["a parameter out of range", () => start({ gain: 9 }), "InvalidInputError", "input.parameters.gain"],
    ["an unknown parameter", () => start({ loss: 1 }), "InvalidInputError", "input.parameters.loss"],
    ["a parameter that does not fit the image", () => start({ gain: 8 }), "InvalidInputError", "input.parameters.gain"],
    ["two subjects", () => start({}, [eliteId, eliteId]), "InvalidInputError", "input.about"],
    ["a subject of another type", () => start({}, ["RUN-1"]), "InvalidInputError", "input.about"],
    ["parameters that are not an object", () => start([1]), "InvalidInputError", "input.parameters"],
    ["an unknown kind", () => api.mutate("startAnalysis", { kind: "darkness", about: [eliteId] }), "InvalidInputError", "input.kind"],
  ])("is not started with %s", async (_what, send, type, field) => {
    const before = await api.snapshot();
    expect(await send()).toMatchObject({ __typename: type, field });
    expect(await api.snapshot()).toBe(before);
  });
});
