/** What users see when the object store is unavailable or has a damaged file, and what they can do about it. */
import { execFile } from "node:child_process";
import { readdir, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, type Page } from "@playwright/test";
import { ask, startRun, test, waitForFinish } from "../support/browser.ts";

const root = path.resolve(import.meta.dirname, "../..");
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(root, "test/results/e2e-home");
const objects = path.join(home, "objects");
const aside = path.join(home, "objects-aside");

/** Simulates a disk that is not mounted: a file replaces the folder. */
async function disableStore(): Promise<void> {
  await rename(objects, aside);
  await writeFile(objects, "");
}

async function restoreStore(): Promise<void> {
  await rm(objects);
  await rename(aside, objects);
}

async function takeScreenshots(page: Page, name: string): Promise<void> {
  const folder = process.env["PAREIDOLIA_SHOTS"];
  if (folder === undefined) return;
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: path.join(folder, `${name}-phone.png`), fullPage: true });
  if (size !== null) await page.setViewportSize(size);
}

const runStore = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [path.join(root, "apps/launcher/bootstrap.mjs"), "store", ...args], {
    env: { ...process.env, PAREIDOLIA_HOME: home, DATABASE_URL: "", S3_ENDPOINT: "" },
  });

test.describe("while the object store is unavailable", () => {
  // While it waits for deadlines, a running animation would have the page drawn 60 times a second.
  test.use({ allowedErrors: [/Failed to load resource.*(?:503|404)/], contextOptions: { reducedMotion: "reduce" } });
  let endRun = async (): Promise<unknown> => undefined;
  test.afterEach(() => endRun());

  test("a run waits and gives the reason, can be paused and resumed, and continues by itself", { tag: "@alone" }, async ({ page }) => {
    test.setTimeout(420_000);
    const run = await startRun(page, {
      name: "Outage",
      // A thousand classes always improve; a run that has nothing to store would not notice the outage.
      encoding: "cppn",
      model: "MobileNet v1 0.25",
      generations: 5_000,
      seed: 71,
    });
    // A failed test must not leave a long run ahead of later tests in the queue.
    endRun = () => ask(page, "mutation($id: ID!) { cancelRun(input: { runId: $id }) { __typename } }", { id: run.id });
    await page.goto(`/runs/${run.key}`);
    // The run waits behind the demo runs of a first start.
    await expect(page.getByText(/^Running on .+, saved/)).toBeVisible({ timeout: 180_000 });
    await disableStore();
    try {
      const note = page.getByRole("status").filter({ hasText: "Waiting for an outage to end." });
      await expect(note).toContainText("The object folder", { timeout: 90_000 });
      await expect(note).toContainText("The run continues by itself when the outage ends");
      await takeScreenshots(page, "outage-run");
      await page.locator('a[href="/w/local/workers"]').first().click();
      await expect(page.getByRole("status", { name: "Object store" })).toContainText("Runs wait and continue by themselves");
      await takeScreenshots(page, "outage-workers");
      await page.goBack();

      await page.getByRole("button", { name: "Pause" }).click();
      await expect(note).toHaveCount(0);
      await expect(page.getByText("Paused, saved", { exact: false })).toBeVisible();
      await page.getByRole("button", { name: "Resume" }).click();
      await expect(note).toBeVisible({ timeout: 90_000 });
    } finally {
      await restoreStore();
    }
    await expect(page.getByText("RUNNING").first()).toBeVisible({ timeout: 120_000 });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Cancel the run" }).click();
    await expect(page.getByText("CANCELLED").first()).toBeVisible({ timeout: 60_000 });
  });
});

test("a truncated file is reported with its lost objects, and the repair command redraws the lost images", { tag: "@alone" }, async ({
  page,
}) => {
  const run = await startRun(page, { name: "Damage", generations: 40, seed: 72 });
  await waitForFinish(page, run);
  const before = new Set(await readdir(path.join(objects, "packs")));
  const more = await startRun(page, { name: "Damage", generations: 40, seed: 73 });
  await waitForFinish(page, more);
  const pack = (await readdir(path.join(objects, "packs"))).find((name) => !before.has(name)) as string;
  const file = path.join(objects, "packs", pack);
  await truncate(file, Math.floor((await stat(file)).size * 0.8));
  const found = await runStore("check").catch((error: { stdout: string }) => error);
  expect(found.stdout).toMatch(/lost:/);
  expect(found.stdout).toContain(more.key);

  const repaired = await runStore("repair");
  expect(repaired.stdout).toMatch(/Redrew \d+ images?/);
  expect(repaired.stdout).toContain("No objects are missing.");
  expect(await readdir(path.join(objects, "damaged"))).toHaveLength(1);
  await page.goto("/workers");
  await expect(page.getByRole("heading", { level: 1, name: "Workers" })).toBeVisible();
  await expect(page.getByText("alive").first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Object store" })).toHaveCount(0);
});

test("damage that a running API finds is shown on the workers page", { tag: "@alone" }, async ({ page }) => {
  const noise = path.join(objects, "packs", "noise.pack");
  await writeFile(noise, Buffer.alloc(64, 0xff));
  try {
    await page.goto("/workers");
    const state = page.getByRole("status", { name: "Object store" });
    await expect(state).toContainText("One file is damaged");
    await expect(state).toContainText("packs/noise.pack");
    await expect(state).toContainText("can redraw lost images from their genomes");
    await takeScreenshots(page, "damage-workers");
  } finally {
    await rm(noise, { force: true });
  }
  await expect(page.getByRole("status", { name: "Object store" })).toHaveCount(0, { timeout: 20_000 });
});
