/** The API's process is killed or stopped: pages still open and say so, and the API recovers soon. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, type Page } from "@playwright/test";
import { ask, type Keyed, startRun, test } from "../support/browser.ts";

const root = path.join(import.meta.dirname, "../..");
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(root, "test/results/e2e-home");
const log = path.join(home, "logs/api.log");

/** The process that last logged `message`; null if none has. */
function findProcess(message: string): number | null {
  const line = readFileSync(log, "utf8")
    .split("\n")
    .findLast((candidate) => candidate.includes(message));
  const pid = /"pid":(\d+)/.exec(line ?? "")?.[1];
  return pid === undefined ? null : Number(pid);
}

function signalApi(signal: NodeJS.Signals): void {
  const serving = findProcess("The API is ready.");
  if (serving === null) throw new Error("The API does not run.");
  process.kill(serving, signal);
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Resolves once a second process has loaded and can take over. A process may answer before its line is in the log. */
async function waitForStandby(): Promise<void> {
  const isNew = () => {
    const [standby, serving] = [findProcess("stands by to take over"), findProcess("The API is ready.")];
    return standby !== null && serving !== null && standby !== serving && isAlive(serving);
  };
  await expect.poll(isNew, { intervals: [100], timeout: 60_000 }).toBe(true);
}

const note = "The API does not answer.";

test.use({
  allowedErrors: [/500 \(Internal Server Error\)|WebSocket connection to|ERR_|Failed to load resource/],
  // While it waits for the API, a running animation would have the page drawn 60 times a second.
  contextOptions: { reducedMotion: "reduce" },
});

const noRun = async (): Promise<unknown> => undefined;
let endRun = noRun;
test.afterEach(async () => {
  await endRun();
  endRun = noRun;
});

/** A run that computes on every core, and ends with the test. */
async function startLongRun(page: Page): Promise<Keyed> {
  const run = await startRun(page, { name: "Outlives the API", generations: 40_000, seed: 71 });
  endRun = () => ask(page, "mutation($id: ID!) { cancelRun(input: { runId: $id }) { __typename } }", { id: run.id });
  const query = "query($id: ID!) { node(id: $id) { ... on EvolutionRun { generation } } }";
  const generation = async () => (await ask<{ node: { generation: number | null } }>(page, query, { id: run.id })).node.generation;
  await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(0);
  return run;
}

/** Milliseconds from the end of the API's process to the next answer through the web application. */
async function killApi({ request }: Page): Promise<number> {
  const killed = performance.now();
  signalApi("SIGKILL");
  await expect
    .poll(async () => (await request.get("/healthz").catch(() => null))?.ok() ?? false, { intervals: [100], timeout: 60_000 })
    .toBe(true);
  return Math.round(performance.now() - killed);
}

/** Resolves once no other stage or lane of `npm test` runs; at once if this test was started by itself. */
async function waitForQuiet(): Promise<void> {
  const file = process.env["PAREIDOLIA_E2E_QUIET"];
  while (file !== undefined && !existsSync(file)) await setTimeout(250);
}

test.describe("while nothing else runs", () => {
  test.beforeAll(async () => {
    test.setTimeout(0);
    await waitForQuiet();
  });

  test("a killed API is back within 2 s, and an open run page continues to update", { tag: "@undisturbed" }, async ({ page }) => {
    const run = await startLongRun(page);
    await page.goto(`/runs/${run.key}`);
    await expect(page.getByText("RUNNING").first()).toBeVisible();
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      await waitForStandby();
      waits.push(await killApi(page));
    }
    console.log(`The API was back after ${waits.join(", ")} ms, while a run computed on every core.`);
    expect(Math.max(...waits)).toBeLessThan(2_000);
    await expect(page.getByRole("status", { name: "Connection" })).not.toContainText(note, { timeout: 30_000 });
    const generation = async () => Number(/generation ([\d,]+)/i.exec(await page.locator("main").innerText())?.[1]?.replaceAll(",", ""));
    await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(0);
    const seen = await generation();
    await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(seen);
  });
});

test("pages open while the API is stopped, say so, and recover", { tag: "@alone" }, async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  const connection = page.getByRole("status", { name: "Connection" });
  signalApi("SIGSTOP");
  try {
    await expect(connection).toContainText(note);
    await page.getByRole("link", { name: "Gallery" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible();
    await expect(connection).toContainText(note);
  } finally {
    signalApi("SIGCONT");
  }
  await expect(connection).not.toContainText(note);
});
