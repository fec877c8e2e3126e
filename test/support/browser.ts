/** What every end-to-end test shares: a page that must stay silent and on this machine, and runs asked of the API. */
import { test as base, expect, type Page, type Route } from "@playwright/test";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** A page whose console errors, failures and requests to other machines fail the test that caused them. */
export const test = base.extend<{ readonly allowedErrors: RegExp[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  allowedErrors: async ({}, use) => use([]),
  page: async ({ page, allowedErrors }, use) => {
    const errors: string[] = [];
    const strangers: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && !loopback.has(url.hostname)) strangers.push(request.url());
    });
    await use(page);
    expect(strangers, "requests that left this machine").toEqual([]);
    expect(
      errors.filter((text) => !allowedErrors.some((allowed) => allowed.test(text))),
      "errors in the console",
    ).toEqual([]);
  },
});

/** An experiment or a run: its id, and its key for people. */
export interface Keyed {
  readonly id: string;
  readonly key: string;
}

interface RunOptions {
  readonly name: string;
  readonly encoding?: string;
  readonly generations: number;
  readonly seed?: number;
  /** How the name of the model begins; without it the first one. */
  readonly model?: string;
  /** Names the run and its experiment for the API: whoever asks with the same key is given the same run. */
  readonly idempotencyKey?: string;
}

export async function ask<T>(page: Page, query: string, variables: object): Promise<T> {
  const response = await page.request.post("/graphql", { data: { query, variables } });
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  expect(errors ?? [], "errors of the API").toEqual([]);
  return data as T;
}

export async function createExperiment(page: Page, name: string, idempotencyKey?: string): Promise<Keyed> {
  const made = await ask<{ createExperiment: { experiment: Keyed } }>(
    page,
    "mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { ... on CreateExperimentSuccess { experiment { id key } } } }",
    { input: { name, idempotencyKey } },
  );
  return made.createExperiment.experiment;
}

export async function startRun(page: Page, wanted: RunOptions): Promise<Keyed> {
  const { name, encoding = "direct", generations, seed = 1, model = "", idempotencyKey } = wanted;
  const query = "{ models(first: 100) { nodes { id name } } }";
  const { models } = await ask<{ models: { nodes: { id: string; name: string }[] } }>(page, query, {});
  const experiment = await createExperiment(page, name, idempotencyKey);
  const input = {
    experimentId: experiment.id,
    modelId: models.nodes.find((each) => each.name.startsWith(model))?.id,
    encoding,
    preset: "paper",
    seed,
    generations,
    idempotencyKey,
  };
  const started = await ask<{ startEvolution: { run: Keyed } }>(
    page,
    "mutation($input: StartEvolutionInput!) { startEvolution(input: $input) { ... on StartEvolutionSuccess { run { id key } } ... on Error { message } } }",
    { input },
  );
  return started.startEvolution.run;
}

interface SearchOptions {
  readonly name: string;
  readonly configurations: number;
  readonly drawn: readonly string[];
  readonly classes: readonly number[];
  readonly starts?: number;
  readonly iterations: number;
  readonly seed?: number;
  readonly idempotencyKey?: string;
}

/** A random search over an ascent of the first model, which tells ten digits apart. */
export async function startSearch(page: Page, wanted: SearchOptions): Promise<Keyed> {
  const { name, configurations, drawn, classes, starts = 1, iterations, seed = 1, idempotencyKey } = wanted;
  const { models } = await ask<{ models: { nodes: { id: string }[] } }>(page, "{ models(first: 1) { nodes { id } } }", {});
  const input = {
    experimentId: (await createExperiment(page, name, idempotencyKey)).id,
    modelId: models.nodes[0]?.id,
    preset: "paper-unregularised",
    parameters: { iterations },
    classes,
    starts,
    seed,
    search: { configurations, parameters: drawn },
    idempotencyKey,
  };
  const started = await ask<{ startAscent: { run: Keyed } }>(
    page,
    "mutation($input: StartAscentInput!) { startAscent(input: $input) { ... on StartAscentSuccess { run { id key } } ... on Error { message } } }",
    { input },
  );
  return started.startAscent.run;
}

export interface ArchiveElite {
  readonly id: string;
  readonly niche: number;
  readonly storedFitness: number;
  readonly image: { readonly sha256: string };
}

export async function readArchive(page: Page, runId: string): Promise<readonly ArchiveElite[]> {
  const { node } = await ask<{ node: { archive: readonly ArchiveElite[] } }>(
    page,
    "query($id: ID!) { node(id: $id) { ... on Run { archive { id niche storedFitness image { sha256 } } } } }",
    { id: runId },
  );
  return node.archive;
}

export async function findRun(page: Page, key: string): Promise<Keyed> {
  const { runs } = await ask<{ runs: { nodes: Keyed[] } }>(
    page,
    "query($key: String) { runs(first: 50, filter: { search: $key }) { nodes { id key } } }",
    { key },
  );
  const run = runs.nodes.find((each) => each.key === key);
  if (run === undefined) throw new Error(`The API does not list ${key}.`);
  return run;
}

/** Asks the API, and leaves the page as it is. */
export async function waitForFinish(page: Page, { id }: Keyed): Promise<void> {
  const query = "query($id: ID!) { node(id: $id) { ... on Run { state } } }";
  const state = async () => (await ask<{ node: { state: string } }>(page, query, { id })).node.state;
  await expect.poll(state, { timeout: 150_000, intervals: [250] }).toBe("SUCCEEDED");
}

/** The page of a run, once it has finished. */
export async function openFinished(page: Page, run: Keyed): Promise<void> {
  await waitForFinish(page, run);
  await page.goto(`/runs/${run.key}`);
}

interface Asked {
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

function askedBy(route: Route): Asked {
  return (route.request().postDataJSON() as Asked | null) ?? {};
}

/** Answers nothing but an error to one operation for as long as `isAway` says so. */
export async function withhold(page: Page, operation: string, isAway: () => boolean): Promise<void> {
  await page.route("**/graphql", async (route) => {
    if (askedBy(route).operationName === operation && isAway())
      await route.fulfill({ json: { data: null, errors: [{ message: "The database is away." }] } });
    else await route.fallback();
  });
}

/** Has one operation answered by `answer`, from its variables, for as long as the page stands. */
export async function answerBy(
  page: Page,
  operation: string,
  answer: (variables: Readonly<Record<string, unknown>>) => object | Promise<object>,
): Promise<void> {
  await page.route("**/graphql", async (route) => {
    const { operationName, variables = {} } = askedBy(route);
    if (operationName !== operation) return route.fallback();
    await route.fulfill({ json: { data: await answer(variables) } });
  });
}

/** Has the API's own answer to one operation told with other fields of its node. */
export async function retell(page: Page, operation: string, told: () => object): Promise<void> {
  await page.route("**/graphql", async (route) => {
    if (askedBy(route).operationName !== operation) return route.fallback();
    const response = await route.fetch();
    const { data } = (await response.json()) as { data: { node: object } };
    await route.fulfill({ response, json: { data: { ...data, node: { ...data.node, ...told() } } } });
  });
}

/** A gate before an answer: nothing passes until it is opened, nor after it was closed again. */
export interface Gate {
  readonly passed: Promise<void>;
  open(): void;
  close(): void;
}

export function createGate(): Gate {
  let open = () => {};
  const shut = () =>
    new Promise<void>((resolve) => {
      open = resolve;
    });
  let passed = shut();
  return {
    get passed() {
      return passed;
    },
    open: () => open(),
    close: () => {
      passed = shut();
    },
  };
}

/** Holds one operation before a gate: its question or, where the API is to have answered before, the answer. */
export async function holdBack(page: Page, operation: string, gate: Gate, what: "question" | "answer" = "question"): Promise<void> {
  await page.route("**/graphql", async (route) => {
    if (askedBy(route).operationName !== operation) return route.fallback();
    const response = what === "answer" ? await route.fetch() : null;
    await gate.passed;
    await (response === null ? route.fallback() : route.fulfill({ response }));
  });
}
