/** A search's page while its run continues, stops or has more results than it shows, and while some queries fail. */
import { expect, type Page } from "@playwright/test";
import { ask, changeAnswer, failOperation, startSearch, test } from "../support/browser.ts";
import { finishedSearch } from "../support/finishedRuns.ts";
import { milestonesIn, trajectoriesOn } from "../support/pageParts.ts";
import { configurationButton, indexOf, rowsOf, shownHeading } from "../support/searchPage.ts";

const anyHeading = (page: Page) => page.getByRole("heading", { name: /^Trajectories of configuration \d+/ });

test("an open search page keeps showing the configuration that led at first, and says which configuration leads now", async ({ page }) => {
  const run = await startSearch(page, {
    name: "Watched",
    configurations: 8,
    drawn: ["decay", "blurSigma"],
    classes: [3, 8],
    iterations: 400,
    seed: 11,
  });
  // Whatever the progress when the page opens, the first configuration leads.
  const first = "0";
  let early = true;
  const rank = ({ node }: { node: { configurations: { index: number; rank: number }[] } }) => {
    for (const standing of node.configurations) standing.rank = standing.index + 1;
  };
  await changeAnswer(page, "ConfigurationStandings", rank, () => early);
  await page.goto(`/runs/${run.key}`);
  await expect(shownHeading(page, first)).toContainText("the best so far", { timeout: 120_000 });
  early = false;
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText("8 / 8")).toBeVisible();
  const best = await indexOf(page, 0);
  expect(best, "with this seed, another configuration leads at the end").not.toBe(first);
  await expect(shownHeading(page, first)).toContainText("the best when you opened this page");
  await expect(page).toHaveURL(new RegExp(`/runs/${run.key}$`));
  await page
    .getByRole("status")
    .filter({ hasText: `Configuration ${best} is now the best.` })
    .getByRole("button", { name: "Show it" })
    .click();
  await expect(shownHeading(page, best)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`configuration=${best}$`));
  await page.goBack();
  await expect(shownHeading(page, first)).toBeVisible();
  await page.reload();
  await expect(shownHeading(page, best)).toContainText("the best; choose another above");
});

test("a search keeps its rows while ranks cannot be loaded, and loads the ranks later", async ({ page }) => {
  const run = await startSearch(page, {
    name: "Ranks unavailable",
    configurations: 5,
    drawn: ["decay"],
    classes: [3, 8],
    iterations: 600,
  });
  let isDown = false;
  await failOperation(page, "ConfigurationStandings", () => isDown);
  await page.goto(`/runs/${run.key}`);
  await expect(anyHeading(page)).toBeVisible({ timeout: 60_000 });
  isDown = true;
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  // Longer than the page takes to query again after the end.
  await page.waitForTimeout(2500);
  expect(await rowsOf(page).count()).toBeGreaterThan(0);
  await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
  isDown = false;
  await expect(rowsOf(page)).toHaveCount(5);
});

async function openLargeSearch(page: Page): Promise<void> {
  const run = await finishedSearch(page);
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByText("2 / 2")).toBeVisible();
}

test("a configuration that is chosen again starts with its first trajectories, and partial figures say so", async ({ page }) => {
  await openLargeSearch(page);
  const trajectories = trajectoriesOn(page);
  await expect(trajectories).toHaveCount(50);
  const [best, second] = [await indexOf(page, 0), await indexOf(page, 1)];
  await page.getByRole("button", { name: /^Show more; 50 of 60 shown/ }).click();
  await expect(trajectories).toHaveCount(60);
  await configurationButton(page, 1).click();
  await expect(shownHeading(page, second)).toBeVisible();
  await expect(trajectories).toHaveCount(50);
  await configurationButton(page, 0).click();
  await expect(shownHeading(page, best)).toBeVisible();
  await expect(trajectories).toHaveCount(50);
  await expect(trajectories.first()).toContainText("start 1");

  const aside = page.getByRole("complementary", { name: "The run" });
  await expect(aside).toContainText("the 50 shown");
  await expect(milestonesIn(aside).first()).toContainText("of 50");
  await page.getByRole("button", { name: /^Show more/ }).click();
  await expect(trajectories).toHaveCount(60);
  await expect(aside).not.toContainText("50 shown");
  await expect(milestonesIn(aside).first()).toContainText("of 60");
});

test("trajectories that failed to load can be requested again, and loaded trajectories stay", async ({ page }) => {
  await openLargeSearch(page);
  const trajectories = trajectoriesOn(page);
  await expect(trajectories).toHaveCount(50);
  let isDown = true;
  await failOperation(page, "AscentTrajectories", () => isDown);
  await page.getByRole("button", { name: /^Show more; 50 of 60 shown/ }).click();
  const alert = page.getByRole("alert").filter({ hasText: "More trajectories could not be loaded. The database is away." });
  await expect(alert).toBeVisible();
  await expect(trajectories).toHaveCount(50);
  isDown = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(trajectories).toHaveCount(60);
  await expect(alert).toHaveCount(0);
});

test("images of configurations that failed to load say so and can be requested again, each class before any second start", async ({
  page,
}) => {
  await openLargeSearch(page);
  let isDown = true;
  await failOperation(page, "ConfigurationImages", () => isDown);
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(2);
  const row = rowsOf(page).first();
  await expect(row).toContainText("The images could not be loaded.");
  isDown = false;
  await row.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The images could not be loaded.")).toHaveCount(0);
  await expect(row.getByRole("img", { name: /^[38], / })).toHaveCount(6);
  await expect(row.getByRole("img", { name: /^8, / })).toHaveCount(3);
  await expect(row).toContainText("+54");
});

test("choosing the same configuration again adds no history entry, and its images are not buttons", async ({ page }) => {
  await openLargeSearch(page);
  const second = await indexOf(page, 1);
  await configurationButton(page, 1).click();
  await expect(page).toHaveURL(new RegExp(`configuration=${second}$`));
  const places = () => page.evaluate(() => history.length);
  const before = await places();
  await configurationButton(page, 1).click();
  await page.waitForTimeout(500);
  expect(await places()).toBe(before);
  await expect(rowsOf(page).nth(1).getByRole("img").first()).toBeVisible();
  await expect(rowsOf(page).nth(1).locator("button:has(img)")).toHaveCount(0);
});

test("a paused search is not shown as ended", async ({ page }) => {
  const run = await startSearch(page, {
    name: "Paused search",
    configurations: 40,
    drawn: ["decay"],
    classes: [3, 8],
    iterations: 1500,
  });
  await page.goto(`/runs/${run.key}`);
  await expect(anyHeading(page)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: /^Pause/ }).click();
  await expect(page.getByText("PAUSED", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  const { node } = await ask<{ node: { configurations: { stored: number; ended: number }[] } }>(
    page,
    "query($id: ID!) { node(id: $id) { ... on AscentRun { configurations { stored ended } } } }",
    { id: run.id },
  );
  const started = node.configurations.filter(({ stored }) => stored > 0);
  // The configuration at which the run stopped, or none if it stopped between two.
  const halfDone = started.filter(({ ended }) => ended < 2);
  expect(halfDone.length).toBeLessThanOrEqual(1);
  await expect(page.getByRole("heading", { name: /^Configurations/ })).toContainText(new RegExp(`\\b${started.length} of 40 started`));
  await expect(rowsOf(page).filter({ hasText: /[01] of 2 ended/ })).toHaveCount(halfDone.length);
  await page.goto(`/runs/${run.key}?configuration=39`);
  await expect(page.getByRole("heading", { name: "Configuration 39 has no trajectories yet" })).toBeVisible();
  await expect(page.getByText("The run stopped before this configuration. Resume the run to continue.")).toBeVisible();
  await expect(milestonesIn(page).last()).toContainText("not yet");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Configuration 39 has no trajectories", exact: true })).toBeVisible();
  await expect(page.getByText("The run ended before this configuration.")).toBeVisible();
});

test("a search of ten classes keeps its rows within their column, however wide the window", async ({ page }) => {
  const classes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const run = await startSearch(page, { name: "Ten classes", configurations: 2, drawn: ["decay"], classes, iterations: 20 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  await expect(rowsOf(page)).toHaveCount(2);
  for (const width of [1280, 1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(async () => {
      const edges = await rowsOf(page)
        .first()
        .evaluate((row) => {
          const right = (element: Element | null | undefined) => element?.getBoundingClientRect().right ?? Number.NaN;
          return { row: right(row), images: right(row.querySelector("ul")?.lastElementChild), column: right(row.closest("section")) };
        });
      expect(edges.row, `the row's edge at ${width}`).toBeLessThanOrEqual(edges.column);
      expect(edges.images, `the last image's edge at ${width}`).toBeLessThanOrEqual(edges.column);
    }).toPass({ timeout: 5_000 });
  }
});
