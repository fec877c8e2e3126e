/** What people see when a file of the object store is damaged, and what they can do about it. */
import { execFile } from "node:child_process";
import { readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { startRun, test, waitForFinish } from "../support/browser.ts";

const root = path.resolve(import.meta.dirname, "../..");
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(root, "test/results/e2e-home");
const objects = path.join(home, "objects");

const runStore = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [path.join(root, "apps/launcher/bootstrap.mjs"), "store", ...args], {
    env: { ...process.env, PAREIDOLIA_HOME: home, DATABASE_URL: "", S3_ENDPOINT: "" },
  });

test("a truncated file is named with what it lost, and the repair command draws the lost images again", async ({ page }) => {
  const run = await startRun(page, { name: "Damage", generations: 200, seed: 72 });
  await waitForFinish(page, run);
  const before = new Set(await readdir(path.join(objects, "packs")));
  const more = await startRun(page, { name: "Damage", generations: 200, seed: 73 });
  await waitForFinish(page, more);
  const pack = (await readdir(path.join(objects, "packs"))).find((name) => !before.has(name)) as string;
  const file = path.join(objects, "packs", pack);
  await truncate(file, Math.floor((await stat(file)).size * 0.8));
  const found = await runStore("check").catch((error: { stdout: string }) => error);
  expect(found.stdout).toMatch(/lost:/);
  expect(found.stdout).toContain(more.key);

  const repaired = await runStore("repair");
  expect(repaired.stdout).toMatch(/Drew \d+ images? again/);
  expect(repaired.stdout).toContain("Every object is there.");
  expect(await readdir(path.join(objects, "damaged"))).toHaveLength(1);
  await page.goto("/workers");
  await expect(page.getByRole("heading", { level: 1, name: "Workers" })).toBeVisible();
  await expect(page.getByText("alive").first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Object store" })).toHaveCount(0);
});

test("damage that a running API meets is shown on the workers page", async ({ page }) => {
  const noise = path.join(objects, "packs", "noise.pack");
  await writeFile(noise, Buffer.alloc(64, 0xff));
  try {
    await page.goto("/workers");
    const state = page.getByRole("status", { name: "Object store" });
    await expect(state).toContainText("One file is damaged");
    await expect(state).toContainText("packs/noise.pack");
    await expect(state).toContainText("npm run store -- repair");
  } finally {
    await rm(noise, { force: true });
  }
  await expect(page.getByRole("status", { name: "Object store" })).toHaveCount(0, { timeout: 20_000 });
});
