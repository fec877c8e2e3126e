/** Bulk queries in a browser: a problem at its place, one from its start to its file, and the same again. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("a bulk query is corrected, followed, downloaded and run again", async ({ page }) => {
  const { key } = await finishedRun(page, { generations: 20 });
  await page.goto("/settings/bulk-queries?new=true");
  const dialog = page.getByRole("dialog", { name: "New bulk query" });
  const name = `Elites of ${key}`;
  await dialog.getByLabel("Query", { exact: false }).first().fill(`{\n  runs { nodes { kez } }\n}`);
  await dialog.getByLabel("Name, optional").fill(name);
  await dialog.getByRole("button", { name: "Start" }).click();
  const problem = dialog.getByRole("alert");
  await expect(problem).toContainText("Line 2");
  await expect(problem.locator("mark")).toHaveText("kez");
  await expectAccessibleInBothThemes(page);

  await dialog.getByLabel("Query", { exact: false }).first().fill(`{\n  runs { nodes { key } }\n}`);
  await dialog.getByRole("button", { name: "Start" }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole("listitem", { name: /^Bulk query BULK-/ }).filter({ hasText: name });
  await expect(row.getByText("FINISHED")).toBeVisible({ timeout: 60_000 });
  await expectAccessibleInBothThemes(page);
  const downloading = page.waitForEvent("download");
  await row.getByRole("button", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^BULK-\d+\.jsonl$/);
  expect(await readFile(await download.path(), "utf8")).toContain(JSON.stringify({ key }));

  await row.getByRole("button", { name: "Run again" }).click();
  await expect(row).toHaveCount(2);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
