/** Pages in both themes: axe finds no serious violation, and no page is wider than a phone. */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone, expectHeadingsInOrder } from "../support/axe.ts";
import { readArchive, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { sharedSweep } from "../support/sharedSweep.ts";

/** The addresses of most pages, with one elite of each encoding; other specs check a direct run, and /new and /models in more states. */
async function listPages(page: Page): Promise<readonly string[]> {
  const pages = ["/", "/experiments", "/gallery", "/models/new", "/models/transfer", "/chains", "/reports", "/workers"];
  for (const encoding of ["direct", "cppn"] as const) {
    const run = await finishedRun(page, { encoding, generations: encoding === "cppn" ? 60 : 40 });
    const [elite] = await readArchive(page, run.id);
    pages.push(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
    if (encoding === "cppn") pages.push(`/runs/${run.key}`);
  }
  return pages;
}

test("axe finds no serious violation on a page in either theme, and no page is wider than a phone", async ({ page }) => {
  test.slow();
  for (const address of await listPages(page))
    await test.step(address, async () => {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("status", { name: /Loading/ })).toHaveCount(0);
      await expectAccessibleInBothThemes(page);
      await expectFitsPhone(page);
    });
});

test("axe finds no control inside an image on the page of a sweep", async ({ page }) => {
  await page.goto(`/sweeps/${await sharedSweep(page)}`);
  const matrix = page.getByRole("group", { name: /^Median confidence of 2 points/ });
  await expect(matrix.getByRole("link", { name: /^RUN-/ })).toHaveCount(4);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("the headings of the page of exports leave out no level", async ({ page }) => {
  const { key } = await finishedRun(page, { generations: 22 });
  await page.goto(`/runs/${key}`);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: "Start the export" }).click();
  await expect(
    page
      .getByRole("dialog")
      .getByRole("listitem", { name: /^Export EXPORT-/ })
      .first(),
  ).toBeVisible();
  await page.goto("/settings/exports");
  await expect(page.getByRole("heading", { level: 3 }).first()).toBeVisible();
  await expectHeadingsInOrder(page);
  await expectAccessibleInBothThemes(page);
});

test("axe finds no serious violation in a dialog in either theme", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  await page.goto("/experiments");
  await expect(page.getByRole("heading", { level: 1, name: "Experiments" })).toBeVisible();
  for (const [key, name] of [
    ["?", "Keyboard shortcuts"],
    ["n", "New experiment"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name })).toBeHidden();
  }
});

test("axe finds no serious violation in the palette in either theme", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option").first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
