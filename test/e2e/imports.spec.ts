/** Imports in a browser: an export that returns as a run to fork, images of another program page by page, and files that cannot be read. */
import { readFile, writeFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { createExperiment, test } from "../support/browser.ts";
import { drop } from "../support/dropFile.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { writeNpy } from "../unit/exchange/imports/writeNpy.ts";

/** From the page of imports, by the experiment's link. */
async function openFirstRun(page: Page, experiment: RegExp): Promise<void> {
  await page.getByRole("link", { name: experiment }).first().click();
  await expect(page).toHaveURL(/\/experiments\/EXP-\d+/);
  await page.locator('main a[href^="/w/local/runs/RUN-"]').first().click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
}

test("an exported run is imported again, opened, and forked", async ({ page }) => {
  const { key } = await finishedRun(page, { generations: 12 });
  await page.goto(`/runs/${key}`);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Export ${key}` });
  await dialog.getByRole("button", { name: "Start the export" }).click();
  const made = dialog.getByRole("listitem", { name: /^Export EXPORT-/ }).first();
  await expect(made.getByText("FINISHED")).toBeVisible({ timeout: 60_000 });
  const downloading = page.waitForEvent("download");
  await made.getByRole("link", { name: "Download" }).click();
  const download = await downloading;

  await page.goto("/import");
  await drop(page, download.suggestedFilename(), await readFile(await download.path()));
  await expect(page.getByText(new RegExp(`An export of ${key} of the workspace`))).toBeVisible({ timeout: 60_000 });
  const images = page.getByRole("region", { name: download.suggestedFilename() }).getByRole("img");
  await expect(images.first()).toBeVisible();
  expect(await images.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByLabel("Its name").fill("Returned");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/^Stored 1 run and \d+ images in EXP-\d+ Returned\.$/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/scores were computed here again and are equal bit by bit/)).toBeVisible();
  await expect(page.getByText(/genomes were drawn here again and give their images/)).toBeVisible();

  await openFirstRun(page, /EXP-\d+ Returned/);
  await expect(page.getByText(new RegExp(`Imported from ${key} of the workspace .*, \\d+ \\w+ \\d{4}\\.`))).toBeVisible();
  await page.goto(`${new URL(page.url()).pathname}?gen=5`);
  await page.getByRole("button", { name: "Fork here" }).click();
  const form = page.getByRole("dialog", { name: /^Fork RUN-\d+ at generation 5$/ });
  await form.getByRole("button", { name: "Fork", exact: true }).click();
  await expect(page.getByText(/Forked from RUN-\d+ at generation 5/)).toBeVisible();
  await expect(page.getByText("finished", { exact: false }).first()).toBeVisible({ timeout: 60_000 });
});

test.describe("while the connection is lost", () => {
  test.use({ allowedErrors: [/ERR_CONNECTION_FAILED/] });

  test("a large upload waits, and resumes after a reload with the missing parts", async ({ page }) => {
    const name = `large-${Date.now()}.npy`;
    const bytes = writeNpy({ shape: [4_500, 64, 64], data: Uint8Array.from({ length: 4_500 * 4_096 }, (_, at) => (at * 11) % 251) });
    const sent: string[] = [];
    let isConnected = false;
    await page.route(/\/uploads\/[^/]+\/parts\/\d+/, async (route) => {
      const index = /parts\/(\d+)/.exec(route.request().url())?.[1] ?? "";
      if (index !== "0" && !isConnected) return route.abort("connectionfailed");
      sent.push(index);
      return route.continue();
    });
    const file = test.info().outputPath(name);
    await writeFile(file, bytes);
    const choose = async () => {
      const choosing = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Choose a file" }).click();
      await (await choosing).setFiles(file);
    };
    await page.goto("/import");
    await choose();
    const status = page.getByRole("status").filter({ hasText: "Uploading" });
    await expect(status).toContainText("The API did not answer. The upload continues by itself.", { timeout: 30_000 });
    await expect(status).toContainText("Uploading, 33%");
    await page.reload();
    await choose();
    await expect(status).toContainText("Uploading, 33%", { timeout: 30_000 });
    isConnected = true;
    await expect(page.getByRole("region", { name }).getByText("the first 24 of 4,500")).toBeVisible({ timeout: 60_000 });
    expect(sent).toEqual(["0", "1", "2"]);
  });
});

test("images of a NumPy file are shown before they are imported, and page by page afterwards", async ({ page }) => {
  const count = 205;
  const pixels = Uint8Array.from({ length: count * 16 }, (_, at) => (at * 7) % 256);
  await page.goto("/import");
  await drop(page, "noise.npy", writeNpy({ shape: [count, 4, 4], data: pixels }));
  const panel = page.getByRole("region", { name: "noise.npy" });
  await expect(panel.getByText(`the first 24 of ${count}`)).toBeVisible({ timeout: 60_000 });
  await expect(panel.getByRole("img")).toHaveCount(24);
  await panel.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(new RegExp(`^Stored 1 run and ${count} images`))).toBeVisible({ timeout: 60_000 });
  await openFirstRun(page, /EXP-\d+ noise/);
  const images = page.getByRole("region", { name: /^Images/ });
  for (const shown of [100, 200]) {
    await expect(images.getByRole("img")).toHaveCount(shown);
    await images.getByRole("button", { name: "Show more images" }).click();
  }
  await expect(images.getByRole("img")).toHaveCount(count);
  await expect(images.getByRole("button", { name: "Show more images" })).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
});

test("the chosen experiment stays while a changed column has the file read again", async ({ page }) => {
  const { id, key } = await createExperiment(page, "Scores of others");
  await page.goto("/import");
  const table = "Name,State,optimizer,accuracy\nfirst,finished,adam,0.9\nsecond,finished,sgd,0.8\n";
  await drop(page, "scores.csv", new TextEncoder().encode(table));
  const panel = page.getByRole("region", { name: "scores.csv" });
  const experiment = panel.getByLabel("Experiment");
  const metrics = panel.getByRole("cell", { name: /^accuracy [\d.]+$/ });
  await expect(metrics).toHaveCount(2, { timeout: 60_000 });
  await experiment.selectOption(id);
  await panel.getByLabel("Use of accuracy").selectOption("Not imported");
  await expect(metrics).toHaveCount(0, { timeout: 60_000 });
  await expect(experiment).toHaveValue(id, { timeout: 60_000 });
  await panel.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(new RegExp(`^Stored 2 runs and 0 images in ${key} Scores of others`))).toBeVisible({ timeout: 60_000 });
});

test("a file that cannot be read says what can be imported, and stores nothing", async ({ page }) => {
  await page.goto("/import");
  await drop(page, "nonsense.bin", new TextEncoder().encode("hello"));
  const panel = page.getByRole("region", { name: "nonsense.bin" });
  await expect(panel.getByRole("alert")).toContainText("it is not an archive, NumPy array, CSV or Parquet table", { timeout: 60_000 });
  await expect(panel.getByRole("alert")).toContainText("Import an export of Pareidolia");
  await expect(panel.getByRole("alert")).toContainText("Nothing was stored.");
  await drop(page, "broken.zip", Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3));
  await expect(page.getByRole("region", { name: "broken.zip" }).getByRole("alert")).toContainText("This file cannot be imported", {
    timeout: 60_000,
  });
});
