/** The API's process dies, or stands still: pages open and say so, and it is back soon. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect } from "@playwright/test";
import { ask, startRun, test } from "../support/browser.ts";

const script = path.join(import.meta.dirname, "../../apps/api/dist/main.js");

/** Of this checkout's system, whose worker and web application run beside it. */
function readApiProcess(): number | null {
  const processes = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  const found = processes.find((line) => line.trimEnd().endsWith(script));
  return found === undefined ? null : Number.parseInt(found, 10);
}

function signalApi(signal: NodeJS.Signals): void {
  const pid = readApiProcess();
  if (pid === null) throw new Error("The API does not run.");
  process.kill(pid, signal);
}

const note = "The API does not answer.";

test.use({ allowedErrors: [/500 \(Internal Server Error\)|WebSocket connection to|ERR_|Failed to load resource/] });

test("an API that is killed while a run is watched is back within 2 s, and the page follows the run on", async ({ page, request }) => {
  const run = await startRun(page, { name: "Outlives the API", generations: 4_000, seed: 71 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByText("RUNNING").first()).toBeVisible({ timeout: 60_000 });
  const waits: number[] = [];
  for (let i = 0; i < 3; i++) {
    const before = readApiProcess();
    const killed = performance.now();
    signalApi("SIGKILL");
    await expect
      .poll(async () => readApiProcess() !== before && (await request.get("/healthz").catch(() => null))?.ok() === true, {
        intervals: [20],
        timeout: 60_000,
      })
      .toBe(true);
    waits.push(Math.round(performance.now() - killed));
  }
  console.log(`The API was back after ${waits.join(", ")} ms.`);
  await expect(page.getByRole("status", { name: "Connection" })).not.toContainText(note, { timeout: 30_000 });
  const generation = async () => Number(/generation ([\d,]+)/i.exec(await page.locator("main").innerText())?.[1]?.replaceAll(",", ""));
  await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(0);
  const seen = await generation();
  await expect.poll(generation, { timeout: 60_000 }).toBeGreaterThan(seen);
  await ask(page, "mutation($id: ID!) { cancelRun(input: { runId: $id }) { __typename } }", { id: run.id });
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
