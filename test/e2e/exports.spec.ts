/** Exports in a browser: one of a run, its download, another of the same state, and the list in the settings. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { bundleOfBytes } from "../support/sampleBundle.ts";

test("a run is exported, downloaded, and exported again with the same content", async ({ page }) => {
  const { key } = await finishedRun(page, { generations: 20 });
  await page.goto(`/runs/${key}`);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Export ${key}` });
  await dialog.getByRole("button", { name: "Start the export" }).click();
  const made = dialog.getByRole("listitem", { name: /^Export EXPORT-/ });
  await expect(made.getByText("FINISHED")).toBeVisible({ timeout: 60_000 });
  await expectAccessibleInBothThemes(page);
  const downloading = page.waitForEvent("download");
  await made.getByRole("link", { name: "Download" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${key}-EXPORT-\\d+\\.zip$`));
  const archive = await readFile(await download.path());
  await expect(made.getByText(createHash("sha256").update(archive).digest("hex"))).toBeVisible();
  const bundle = await bundleOfBytes(archive);
  await bundle.verify();
  expect(bundle.manifest).toMatchObject({ subject: "run", origin: { key }, tables: { runs: { rows: 1 } } });

  await dialog.getByRole("checkbox", { name: /^Parquet/ }).uncheck();
  await dialog.getByRole("button", { name: "Start the export" }).click();
  await expect(dialog.getByText(/^Same content as EXPORT-/)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("Escape");

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("exports");
  await page.getByRole("option", { name: /^Exports/ }).click();
  const list = page.getByRole("region", { name: "Exports" });
  await expect(list.getByRole("listitem", { name: /^Export EXPORT-/ }).first()).toContainText(`of ${key}`);
  await expectAccessibleInBothThemes(page);
});
