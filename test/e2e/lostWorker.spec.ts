/** A worker's process that is stopped while it computes a run: the run's page and the rail report it, and report when it is back. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { ask, startRun, test } from "../support/browser.ts";

const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(import.meta.dirname, "../results/e2e-home");

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function findWorkerProcess(): number {
  const isWorker = (pid: string) =>
    read(`/proc/${pid}/cmdline`).includes("workers/dist/main.js") &&
    read(`/proc/${pid}/environ`).split("\0").includes(`PAREIDOLIA_HOME=${home}`);
  const [pid] = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && isWorker(entry));
  if (pid === undefined) throw new Error(`No worker serves ${home}.`);
  return Number(pid);
}

// While it waits for a deadline, a running animation would have the page drawn 60 times a second.
test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a run's page reports when its worker stops responding and when it is back", { tag: "@alone" }, async ({ page }) => {
  const run = await startRun(page, { name: "Standstill", generations: 4000, seed: 61 });
  await page.goto(`/runs/${run.key}`);
  const rail = page.getByRole("link", { name: /^Workers/ });
  await expect(page.getByText(/^Running on \S+, saved .*\. You can close this tab\.$/)).toBeVisible({ timeout: 60_000 });
  await expect(rail).toContainText("1 / 1");
  const worker = findWorkerProcess();
  process.kill(worker, "SIGSTOP");
  try {
    const note = page.getByRole("status").filter({ hasText: "stopped responding" });
    await expect(note).toHaveText(
      /^The worker on \S+ stopped responding .+ ago\. The run resumes from its last checkpoint when another worker is free\.$/,
      { timeout: 60_000 },
    );
    await expect(page.getByText(/^Running on/)).toHaveCount(0);
    await expect(rail).toContainText("0 / 1");
  } finally {
    process.kill(worker, "SIGCONT");
  }
  await expect(page.getByText(/^Running on/)).toBeVisible({ timeout: 60_000 });
  await expect(rail).toContainText("1 / 1");
  await ask(page, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: run.id } });
  await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
});
