/** Starts ascents and attacks through the API, for tests of their pages. */
import { expect, type Page } from "@playwright/test";
import { ask, createExperiment, type Keyed } from "./browser.ts";

async function modelNamed(page: Page, name: string): Promise<string> {
  const { models } = await ask<{ models: { nodes: { id: string; name: string }[] } }>(
    page,
    "{ models(first: 100) { nodes { id name } } }",
    {},
  );
  return models.nodes.find((each) => each.name.startsWith(name))?.id ?? "";
}

/** Starts an ascent of ten digits from noise to near certainty, in the experiment or a new one. */
export async function startAscent(page: Page, name: string, experiment?: Keyed): Promise<Keyed> {
  const input = {
    experimentId: (experiment ?? (await createExperiment(page, name))).id,
    modelId: await modelNamed(page, "LeNet (MNIST)"),
    preset: "adam-log-posterior",
    classes: Array.from({ length: 10 }, (_, index) => index),
    seed: 7,
  };
  const { startAscent: started } = await ask<{ startAscent: { run: Keyed; message?: string } }>(
    page,
    "mutation($input: StartAscentInput!) { startAscent(input: $input) { ... on StartAscentSuccess { run { id key } } ... on Error { message } } }",
    { input },
  );
  expect(started.message).toBeUndefined();
  return started.run;
}

/** Starts an attack on the sample photograph of a bird with three bounds, in the experiment or a new one. */
export async function startAttack(page: Page, name: string, experiment?: Keyed): Promise<Keyed> {
  const { photos } = await ask<{ photos: { nodes: { id: string; label: string }[] } }>(
    page,
    "{ photos(first: 100) { nodes { id label } } }",
    {},
  );
  const input = {
    experimentId: (experiment ?? (await createExperiment(page, name))).id,
    modelId: await modelNamed(page, "Small network (CIFAR-10)"),
    sourceId: photos.nodes.find(({ label }) => label === "bird")?.id,
    attack: "pgd",
    preset: "faint",
    bounds: [1, 2, 8],
    seed: 7,
  };
  const { startPerturbation: started } = await ask<{ startPerturbation: { run: Keyed; message?: string } }>(
    page,
    "mutation($input: StartPerturbationInput!) { startPerturbation(input: $input) { ... on StartPerturbationSuccess { run { id key } } ... on Error { message } } }",
    { input },
  );
  expect(started.message).toBeUndefined();
  return started.run;
}

/** Starts a chain that is cancelled before it has trained a network, in the experiment. */
export async function startCancelledChain(page: Page, name: string, experiment: Keyed): Promise<Keyed> {
  const input = {
    experimentId: experiment.id,
    modelId: await modelNamed(page, "LeNet (MNIST)"),
    name,
    dataset: "mnist",
    iterations: 1,
    preset: "quick",
    seed: 1,
  };
  const { startChain: started } = await ask<{ startChain: { chain: { run: Keyed }; message?: string } }>(
    page,
    "mutation($input: StartChainInput!) { startChain(input: $input) { ... on StartChainSuccess { chain { run { id key } } } ... on Error { message } } }",
    { input },
  );
  expect(started.message).toBeUndefined();
  const { run } = started.chain;
  await ask(page, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: run.id } });
  return run;
}
