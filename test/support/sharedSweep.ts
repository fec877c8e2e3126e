/** A finished sweep for tests that only read it: two mutation rates by two seeds. The first test that needs it starts it. */
import { expect, type Page } from "@playwright/test";
import { ask, createExperiment } from "./browser.ts";

/** Resolves to its key, such as SWP-3. */
export async function sharedSweep(page: Page): Promise<string> {
  const { models } = await ask<{ models: { nodes: { id: string }[] } }>(page, "{ models(first: 1) { nodes { id } } }", {});
  const idempotencyKey = "shared sweep";
  const experiment = await createExperiment(page, "Shared sweep", idempotencyKey);
  const evolution = {
    experimentId: experiment.id,
    modelId: models.nodes[0]?.id,
    encoding: "direct",
    preset: "paper",
    seed: 142,
    generations: 1,
  };
  const { startSweep } = await ask<{ startSweep: { sweep: { id: string; key: string } } }>(
    page,
    "mutation ($input: StartSweepInput!) { startSweep(input: $input) { ... on StartSweepSuccess { sweep { id key } } } }",
    { input: { run: { evolution }, axes: [{ path: "parameters.mutationRate", values: [0.05, 0.3] }], replicates: 2, idempotencyKey } },
  );
  const { id, key } = startSweep.sweep;
  const readState = async () =>
    (await ask<{ node: { state: string } }>(page, "query ($id: ID!) { node(id: $id) { ... on Sweep { state } } }", { id })).node.state;
  await expect.poll(readState, { timeout: 150_000, intervals: [250] }).toBe("SUCCEEDED");
  return key;
}
