/** A run on its page: pause and resume, a reload in the middle, Back and forward. */
import { expect } from "@playwright/test";
import { readArchive, startRun, test, waitForFinish } from "../support/browser.ts";

test("a run pauses, stays paused over a reload, resumes, and ends as if it had never stopped", async ({ page }) => {
  const paused = await startRun(page, { name: "Paused", generations: 400, seed: 41 });
  await page.goto(`/runs/${paused.key}`);
  await expect(page.getByText("RUNNING").first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: /^Pause/ }).click();
  await expect(page.getByText("PAUSED").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("PAUSED").first()).toBeVisible();
  await page.getByRole("button", { name: /^Resume/ }).click();
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  const undisturbed = await startRun(page, { name: "Undisturbed", generations: 400, seed: 41 });
  await waitForFinish(page, undisturbed);
  const hashes = async (id: string) => (await readArchive(page, id)).map(({ image }) => image.sha256);
  expect(await hashes(paused.id)).toEqual(await hashes(undisturbed.id));
});

test("Back and forward between a run and one of its elites return to both", async ({ page }) => {
  const run = await startRun(page, { name: "Back", generations: 10, seed: 42 });
  await waitForFinish(page, run);
  await page.locator('main a[href^="/elites/"]').first().click();
  await expect(page).toHaveURL(/\/elites\//);
  await expect(page.getByRole("heading", { name: "What the machine says" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.key}$`));
  await expect(page.locator('main a[href^="/elites/"]')).toHaveCount(10);
  await page.goForward();
  await expect(page.getByRole("heading", { name: "What the machine says" })).toBeVisible();
});
