/** The removal of unused data, as the workers page and the command line show it. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";

const root = path.resolve(import.meta.dirname, "../..");
const home = process.env["PAREIDOLIA_E2E_HOME"] ?? path.join(root, "test/results/e2e-home");

const runStore = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [path.join(root, "apps/launcher/bootstrap.mjs"), "store", ...args], {
    env: { ...process.env, PAREIDOLIA_HOME: home, DATABASE_URL: "", S3_ENDPOINT: "" },
  });

test("a dry run reports what a clean-up would remove, and the workers page shows the figures of each kind", async ({ page }) => {
  test.setTimeout(300_000);
  const { stdout } = await runStore("clean-up", "--dry-run");
  expect(stdout).toMatch(/Objects without a row: [\d,]+ \(.*\) to remove, [\d,]+ \(.*\) kept for now/);
  expect(stdout).toContain("Nothing was removed.");
  // A worker may be cleaning up at the same time.
  await expect(async () => expect((await runStore("clean-up")).stdout).toContain("Finished jobs: ")).toPass({ timeout: 200_000 });
  const kinds = stdout.match(/^.+: [\d,]+ .*to remove/gm)?.length ?? 0;

  await page.goto("/");
  await page.locator('a[href="/w/local/workers"]').first().click();
  const table = page.getByRole("region", { name: "Clean-up figures" });
  await expect(table).toBeVisible();
  await expect(table.getByRole("row")).toHaveCount(1 + kinds);
  await expect(table.getByRole("row", { name: /Events of ended runs/ })).toContainText("30 d");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("heading", { name: "Clean-up" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
