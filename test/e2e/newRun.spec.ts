/** The main task: start a run from the form, watch it fill and open its elites. And the form's response to bad input. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { failOperation, findRun, readArchive, test } from "../support/browser.ts";
import { redrawGenome } from "../support/redrawGenome.ts";

test("a run started from the form fills ten niches at .9999 or more while its page is open, and its genomes draw its images", async ({
  page,
}) => {
  await page.goto("/new");
  await page.getByRole("radio", { name: /^Direct/ }).check();
  await page.getByRole("radio", { name: /^Paper/ }).check();
  await page.getByLabel("Seed").fill("7");
  await page.getByLabel("Generations").fill("160");
  await page.getByRole("button", { name: /^Start run/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
  const key = /RUN-\d+/.exec(page.url())?.[0] ?? "";

  const generation = page.getByRole("complementary", { name: "The run" }).locator(".n20").first();
  await expect(page.getByText("RUNNING").first()).toBeVisible({ timeout: 60_000 });
  await expect(generation).not.toHaveText("0", { timeout: 60_000 });
  const early = Number(await generation.innerText());
  await page.reload();
  await expect.poll(async () => Number(await generation.innerText()), { timeout: 60_000 }).toBeGreaterThan(early);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  await expect(generation).toHaveText("160");

  const run = await findRun(page, key);
  const archive = await readArchive(page, run.id);
  expect(archive).toHaveLength(10);
  for (const { niche, storedConfidence } of archive) expect(storedConfidence, `niche ${niche}`).toBeGreaterThanOrEqual(0.9999);

  const tiles = page.locator('main a[href^="/w/local/elites/"]');
  await expect(tiles).toHaveCount(10);
  await tiles.nth(3).click();
  await expect(page.getByRole("heading", { level: 1, name: "3" })).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^JSON/ }).click()]);
  expect(redrawGenome(await readFile(await file.path(), "utf8"))).toBe(archive[3]?.image.sha256);
});

test("bad input is reported at its field and kept as typed, and nothing is started", async ({ page }) => {
  await page.goto("/new");
  const seed = page.getByLabel("Seed");
  const generations = page.getByLabel("Generations");
  await seed.fill("1e999");
  await generations.fill("-5");
  await page.getByRole("button", { name: /^Start run/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "A whole number from 0 to 2,147,483,647." })).toHaveCount(1);
  await expect(page.getByRole("alert").filter({ hasText: "A whole number from 1 to 100,000." })).toHaveCount(1);
  await expect(seed).toHaveValue("1e999");
  await expect(generations).toHaveValue("-5");
  await expect(seed).toHaveAttribute("aria-invalid", "true");
  // The address keeps what was typed.
  await expect(page).toHaveURL(/\/new\?.*seed=1e999&generations=-5/);
  await seed.fill("5");
  await expect(page.getByRole("alert").filter({ hasText: "A whole number" })).toHaveCount(1);
});

test("a run that the API refuses leaves no new experiment behind", async ({ page }) => {
  let isFailing = true;
  await failOperation(page, "PlanRun", () => isFailing);
  const created: string[] = [];
  page.on("request", (request) => {
    if (request.postData()?.includes('"operationName":"CreateExperiment"') === true) created.push(request.url());
  });
  await page.goto("/new?generations=1");
  await page.getByRole("combobox", { name: /^Experiment\b/ }).selectOption("New experiment");
  await page.getByLabel("Name of the experiment").fill("Created once accepted");
  await page.getByRole("button", { name: /^Start run/ }).click();
  await expect(page.getByText("The database is away.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Start run/ })).toBeEnabled();
  expect(created).toEqual([]);

  isFailing = false;
  await page.getByRole("button", { name: /^Start run/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+$/);
  expect(created).toHaveLength(1);
});
