/** A run on its page: pause and resume, a reload in the middle, Back and forward. */
import { expect } from "@playwright/test";
import { createGate, holdOperation, overrideNode, readArchive, startRun, test, waitForFinish } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("a run pauses, stays paused over a reload, resumes, and ends with the images of an uninterrupted run", async ({ page }) => {
  // Two runs, both long enough to pause the first in time.
  test.slow();
  const generations = 120;
  const paused = await startRun(page, { name: "Paused", generations, seed: 41 });
  await page.goto(`/runs/${paused.key}`);
  await expect(page.getByText("RUNNING").first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: /^Pause/ }).click();
  await expect(page.getByText("PAUSED", { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("PAUSED", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: /^Resume/ }).click();
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  const uninterrupted = await startRun(page, { name: "Uninterrupted", generations, seed: 41 });
  await waitForFinish(page, uninterrupted);
  const hashes = async (id: string) => (await readArchive(page, id)).map(({ image }) => image.sha256);
  expect(await hashes(paused.id)).toEqual(await hashes(uninterrupted.id));
});

test("cancelling shows a dialog with what is kept, and keeps the elites found so far", async ({ page }) => {
  const run = await startRun(page, { name: "Cancelled", generations: 4000, seed: 43 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.locator('main a[href^="/w/local/elites/"]')).toHaveCount(10, { timeout: 60_000 });
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Cancel ${run.key}` });
  await expect(dialog).toContainText("Its elites, images and curves are kept");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("RUNNING").first()).toBeVisible();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog.getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(page.locator('main a[href^="/w/local/elites/"]')).toHaveCount(10);
  await expect(page.getByRole("button", { name: /^(Pause|Resume|Cancel)/ })).toHaveCount(0);
  expect(await readArchive(page, run.id)).toHaveLength(10);
});

test("an outdated response that arrives after a run has ended does not show the run as running", async ({ page }) => {
  const run = await startRun(page, { name: "Overtaken", generations: 4000, seed: 45 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.locator('main a[href^="/w/local/elites/"]')).toHaveCount(10, { timeout: 60_000 });
  const gate = createGate();
  const outdated = page.waitForResponse((response) => response.request().postData()?.includes('"operationName":"CancelRun"') === true);
  await holdOperation(page, "CancelRun", gate, "response");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
  const ended = page.getByText("CANCELLED", { exact: true }).first();
  await expect(ended).toBeVisible();
  gate.open();
  expect(await (await outdated).json()).toMatchObject({ data: { cancelRun: { run: { state: "RUNNING", control: "CANCEL" } } } });
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(ended).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Pause|Resume|Cancel)/ })).toHaveCount(0);
});

test("the page of a crashed or failed run says why and what was kept, and offers the possible actions", async ({ page }) => {
  const run = await finishedRun(page, { generations: 10 });
  await page.goto(`/runs/${run.key}`);
  let mocked: object = {};
  await overrideNode(page, "RunPage", () => mocked);
  const broken = page.getByRole("complementary", { name: "The run" });

  mocked = { state: "CRASHED", failure: null, generation: 7 };
  await page.reload();
  await expect(broken).toContainText("CRASHED");
  await expect(broken.getByRole("alert")).toHaveText(
    /^The worker was lost\.Everything up to generation 7 is saved\. Resume continues from there\.$/,
  );
  await expect(broken.getByRole("button", { name: /^Resume/ })).toBeEnabled();
  await expect(broken.getByRole("button", { name: "Cancel", exact: true })).toBeEnabled();

  mocked = { state: "FAILED", failure: "The model's file is gone.", generation: null, savedAt: null };
  await page.reload();
  await expect(broken).toContainText("FAILED");
  await expect(broken.getByRole("alert")).toHaveText(
    /^The model's file is gone\.Nothing was saved yet\. Resume restarts the run from its seed\.$/,
  );
  await expect(broken.getByRole("button", { name: /^Resume/ })).toBeEnabled();
  await expect(broken.getByRole("button", { name: "Cancel", exact: true })).toHaveCount(0);
  await broken.getByRole("button", { name: /^Resume/ }).click();
  await expect(page.getByText(/has ended\. Start another run instead\./)).toBeVisible();
});

test("Back and forward between a run and one of its elites return to both", async ({ page }) => {
  const run = await finishedRun(page, { generations: 10 });
  await page.goto(`/runs/${run.key}`);
  await page.locator('main a[href^="/w/local/elites/"]').first().click();
  await expect(page).toHaveURL(/\/elites\//);
  await expect(page.getByRole("heading", { name: "What the machine says" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.key}$`));
  await expect(page.locator('main a[href^="/w/local/elites/"]')).toHaveCount(10);
  await page.goForward();
  await expect(page.getByRole("heading", { name: "What the machine says" })).toBeVisible();
  const shown = page.getByRole("slider", { name: "Generation shown" });
  for (const strange of ["-3", "3abc"]) {
    await page.goto(`/runs/${run.key}?gen=${strange}`);
    await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toContainText(`gen is “${strange}”`);
    await expect(shown).toHaveAttribute("aria-valuetext", "generation 10, the last");
  }
  await page.goto(`/runs/${run.key}?gen=3`);
  await expect(shown).toHaveAttribute("aria-valuetext", "generation 3");
  await expect(page.locator('main a[href^="/w/local/elites/"]')).toHaveCount(10);
  await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toHaveCount(0);
});
