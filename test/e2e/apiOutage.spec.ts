/** The API's process dies, or stands still: pages open and say so, and it is back soon. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { ask, type Keyed, startRun, test } from "../support/browser.ts";

const script = path.join(import.meta.dirname, "../../apps/api/dist/main.js");

/** To the API of this checkout's system, whose worker and web application run beside it. */
function signalApi(signal: NodeJS.Signals): void {
  const processes = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  const found = processes.find((line) => line.trimEnd().endsWith(script));
  if (found === undefined) throw new Error("The API does not run.");
  process.kill(Number.parseInt(found, 10), signal);
}

const note = "The API does not answer.";

test.use({ allowedErrors: [/500 \(Internal Server Error\)|WebSocket connection to|ERR_|Failed to load resource/] });

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
  const query = "query($id: ID!) { node(id: $id) { ... on Run { generation } } }";
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

test("an API that is killed is back within 2 s", async ({ page }) => {
  const unfinished = "{ runs(filter: { state: [QUEUED, RUNNING] }) { totalCount } }";
  const countRuns = async () => (await ask<{ runs: { totalCount: number } }>(page, unfinished, {})).runs.totalCount;
  await expect.poll(countRuns, { timeout: 150_000 }).toBe(0);
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) waits.push(await killApi(page));
  console.log(`The API was back after ${waits.join(", ")} ms.`);
  // Other processes on this machine can only lengthen a wait.
  expect(Math.min(...waits)).toBeLessThan(2_000);
});

test("a page that watches a run follows it on after the API was killed", async ({ page }) => {
  const run = await startLongRun(page);
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByText("RUNNING").first()).toBeVisible();
  console.log(`The API was back after ${await killApi(page)} ms, while a run computed on every core.`);
  await expect(page.getByRole("status", { name: "Connection" })).not.toContainText(note, { timeout: 30_000 });
  const generation = async () => Number(/generation ([\d,]+)/i.exec(await page.locator("main").innerText())?.[1]?.replaceAll(",", ""));
  await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(0);
  const seen = await generation();
  await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(seen);
});

test("pages open while the API stands still, say so, and recover", async ({ page }) => {
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
