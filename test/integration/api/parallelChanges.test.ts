/** Every change waits for the audit log of its workspace, so changes at the same time must neither deadlock nor break the chain. */
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { seedRun } from "../../support/runs.ts";

let api: TestApi;
let modelId: string;
beforeAll(async () => {
  api = await startTestApi();
  await seedRun(api.database);
  modelId = (await api.query("{ models { nodes { id } } }")).body.data.models.nodes[0].id;
});
afterAll(() => api.close());

const mutate = async (field: string, type: string, input: object) => {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on Error { message } } }`;
  const { body } = await api.query(query, { input });
  return body.data?.[field] ?? body;
};
const start = (seed: number) =>
  mutate("startEvolution", "StartEvolutionInput", {
    experimentId: "EXP-1",
    modelId,
    preset: "paper",
    encoding: "direct",
    generations: 1,
    seed,
  });

it("runs start, pause and are cancelled at the same time, and each change has its entry", async () => {
  const started = await Promise.all(Array.from({ length: 30 }, (_, seed) => start(seed)));
  expect(started.filter(({ __typename }) => __typename !== "StartEvolutionSuccess")).toEqual([]);
  const changes = Array.from({ length: 30 }, (_, i) => {
    const runId = `RUN-${i + 2}`;
    if (i % 3 === 0) return mutate("pauseRun", "RunInput", { runId });
    if (i % 3 === 1) return mutate("cancelRun", "RunInput", { runId });
    return mutate("createExperiment", "CreateExperimentInput", { name: `Experiment ${i}` });
  });
  const changed = await Promise.all([...changes, ...Array.from({ length: 10 }, (_, i) => start(100 + i))]);
  expect(changed.filter(({ __typename }) => !String(__typename).endsWith("Success"))).toEqual([]);
  expect(await verifyAuditLog(api.database.connection, localWorkspaceId)).toMatchObject({ entries: 70, broken: null });
});
