/** Shared by all end-to-end tests: a page that allows no errors or external requests, and runs started by the API. */

import { readWorkspaceAddress, workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { answerOperations, type OperationAnswer } from "./answeredOperations.ts";
import { ReturningVisitor } from "./returningVisitor.ts";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

interface TestFixtures {
  /** Errors in the console that the test expects. */
  readonly allowedErrors: RegExp[];
  readonly closedContexts: undefined;
}

interface WorkerFixtures {
  readonly visitor: ReturningVisitor;
}

/** A page whose console errors, exceptions and requests to other machines fail the test. A phone opens it with an empty cache. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
  allowedErrors: async ({}, use) => use([]),
  // Pages that a test opened for others would follow the live data of all later tests.
  closedContexts: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      const opened = browser.contexts().filter((context) => !before.has(context));
      await Promise.all(opened.map((context) => context.close()));
    },
    { auto: true },
  ],
  visitor: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const visitor = new ReturningVisitor();
      await use(visitor);
      await visitor.close();
    },
    { scope: "worker" },
  ],
  context: async ({ playwright, browser, visitor, baseURL, isMobile, deviceScaleFactor }, use) => {
    if (isMobile || deviceScaleFactor !== undefined) {
      const context = await browser.newContext();
      await use(context);
      return context.close();
    }
    await use(await visitor.open(playwright.chromium, baseURL ?? ""));
    await visitor.leave();
  },
  page: async ({ context, visitor, allowedErrors, colorScheme, contextOptions, viewport }, use) => {
    const page = visitor.isIn(context) ? await visitor.openTab() : await context.newPage();
    const { reducedMotion = null } = contextOptions;
    await page.emulateMedia({ media: null, colorScheme: colorScheme ?? "light", reducedMotion, forcedColors: null, contrast: null });
    if (viewport != null) await page.setViewportSize(viewport);
    const errors: string[] = [];
    const externalRequests: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^(https?|wss?):$/.test(url.protocol) && !loopback.has(url.hostname)) externalRequests.push(request.url());
    });
    await use(page);
    expect(externalRequests, "requests to other machines").toEqual([]);
    expect(
      errors.filter((text) => !allowedErrors.some((allowed) => allowed.test(text))),
      "errors in the console",
    ).toEqual([]);
  },
});

/** An experiment or a run, with its ID and its displayed key. */
export interface Keyed {
  readonly id: string;
  readonly key: string;
}

interface RunOptions {
  readonly name: string;
  readonly encoding?: string;
  readonly generations: number;
  readonly seed?: number;
  /** Prefix of the model's name; default: the first model. */
  readonly model?: string;
  /** Identifies the run and its experiment: requests with the same key return the same run. */
  readonly idempotencyKey?: string;
}

/** The explorer token of each browser context's session, on a system with accounts. */
const explorerTokens = new WeakMap<BrowserContext, string>();

/** A session's token for the test's own documents. */
async function readExplorerToken(page: Page): Promise<string> {
  const response = await page.request.post("/graphiql/token");
  expect(response.status(), "The explorer's token").toBe(200);
  return ((await response.json()) as { token: string }).token;
}

/** Sends a document as GraphiQL does, in the page's workspace. Without accounts, or as a visitor, it needs no token. */
export async function ask<T>(page: Page, query: string, variables: object): Promise<T> {
  const context = page.context();
  const { slug } = readWorkspaceAddress(URL.canParse(page.url()) ? new URL(page.url()).pathname : "/");
  const address = slug === null ? "/graphql" : workspaceAddress(slug, "/graphql");
  // Retries only ECONNRESET: the server may close an idle connection just as a request is sent.
  const send = () =>
    page.request.post(address, {
      data: { query, variables },
      headers: { "x-explorer-token": explorerTokens.get(context) ?? "" },
      maxRetries: 2,
    });
  let response = await send();
  if (response.status() === 403 && (await response.text()).includes("PERSISTED_OPERATION_REQUIRED")) {
    explorerTokens.set(context, await readExplorerToken(page));
    response = await send();
  }
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  expect(errors ?? [], "API errors").toEqual([]);
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

export async function startRun(page: Page, options: RunOptions): Promise<Keyed> {
  const { name, encoding = "direct", generations, seed = 1, model = "", idempotencyKey } = options;
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

/** Starts a random search of ascents on the first model, which classifies ten digits. */
export async function startSearch(page: Page, options: SearchOptions): Promise<Keyed> {
  const { name, configurations, drawn, classes, starts = 1, iterations, seed = 1, idempotencyKey } = options;
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
  readonly storedConfidence: number;
  readonly image: { readonly sha256: string };
}

export async function readArchive(page: Page, runId: string): Promise<readonly ArchiveElite[]> {
  const { node } = await ask<{ node: { archive: readonly ArchiveElite[] } }>(
    page,
    "query($id: ID!) { node(id: $id) { ... on EvolutionRun { archive { id niche storedConfidence image { sha256 } } } } }",
    { id: runId },
  );
  return node.archive;
}

export async function findRun(page: Page, key: string): Promise<Keyed> {
  const { runs } = await ask<{ runs: { nodes: Keyed[] } }>(
    page,
    "query($key: String) { runs(first: 50, search: $key) { nodes { id key } } }",
    { key },
  );
  const run = runs.nodes.find((each) => each.key === key);
  if (run === undefined) throw new Error(`The API does not list ${key}.`);
  return run;
}

/** Polls the API, without reloading the page. */
export async function waitForFinish(page: Page, { id }: Keyed): Promise<void> {
  const query = "query($id: ID!) { node(id: $id) { ... on Run { state } } }";
  const state = async () => (await ask<{ node: { state: string } }>(page, query, { id })).node.state;
  await expect.poll(state, { timeout: 150_000, intervals: [250] }).toBe("SUCCEEDED");
}

/** Opens a run's page once the run has finished. */
export async function openFinished(page: Page, run: Keyed): Promise<void> {
  await waitForFinish(page, run);
  await page.goto(`/runs/${run.key}`);
}

const answerOf = (body: object): OperationAnswer => ({ status: 200, body: JSON.stringify(body) });

/** Answers an operation with an error while `isFailing` returns true. */
export async function failOperation(page: Page, operation: string, isFailing: () => boolean): Promise<void> {
  await answerOperations(page, async ({ operationName }) => {
    if (operationName !== operation || !isFailing()) return null;
    return answerOf({ data: null, errors: [{ message: "The database is away." }] });
  });
}

/** Answers an operation with the result of `answer` for its variables. */
export async function mockOperation(
  page: Page,
  operation: string,
  answer: (variables: Readonly<Record<string, unknown>>) => object | Promise<object>,
): Promise<void> {
  await answerOperations(page, async ({ operationName, variables = {} }) => {
    return operationName === operation ? answerOf({ data: await answer(variables) }) : null;
  });
}

/** Changes the API's answer to an operation while `isChanging` returns true. */
export async function changeAnswer<Data>(
  page: Page,
  operation: string,
  change: (data: Data) => void,
  isChanging: () => boolean = () => true,
): Promise<void> {
  await answerOperations(page, async ({ operationName }, askApi) => {
    if (operationName !== operation || !isChanging()) return null;
    const { status, body } = await askApi();
    const answer = JSON.parse(body) as { data: Data };
    change(answer.data);
    return { status, body: JSON.stringify(answer) };
  });
}

/** Cuts off the API's answer to an operation, which the API has carried out, while `isLosing` returns true. */
export async function loseAnswer(page: Page, operation: string, isLosing: () => boolean): Promise<void> {
  await answerOperations(page, async ({ operationName }, askApi) => {
    if (operationName !== operation || !isLosing()) return null;
    return { ...(await askApi()), body: "" };
  });
}

/** Replaces fields of the node in the API's response to an operation. */
export async function overrideNode(page: Page, operation: string, fields: () => object): Promise<void> {
  await changeAnswer<{ node: object }>(page, operation, (data) => {
    data.node = { ...data.node, ...fields() };
  });
}

/** Blocks what waits for `passed` while it is closed; it starts closed. */
export interface Gate {
  readonly passed: Promise<void>;
  open(): void;
  close(): void;
}

export function createGate(): Gate {
  let open = () => {};
  const waitForOpen = () =>
    new Promise<void>((resolve) => {
      open = resolve;
    });
  let passed = waitForOpen();
  return {
    get passed() {
      return passed;
    },
    open: () => open(),
    close: () => {
      passed = waitForOpen();
    },
  };
}

/** Holds the request of an operation, or the API's response to it, until the gate is open. */
export async function holdOperation(page: Page, operation: string, gate: Gate, part: "request" | "response" = "request"): Promise<void> {
  await answerOperations(page, async ({ operationName }, askApi) => {
    if (operationName !== operation) return null;
    const answer = part === "response" ? await askApi() : null;
    await gate.passed;
    return answer;
  });
}
