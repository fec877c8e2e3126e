/** The gallery: the URL determines its content, and Back returns to the same place. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { mockOperation, startRun, test, waitForFinish } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("a filter narrows the grid, is kept in the URL, survives a reload and is undone by Back", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto("/gallery");
  const tiles = page.getByRole("gridcell").getByRole("link");
  await expect(tiles.first()).toBeVisible();
  await page.getByRole("combobox", { name: "run", exact: true }).selectOption({ value: run.id });
  await expect(page).toHaveURL(/[?&]run=/);
  await expect(page.getByText("10 images")).toBeVisible();
  await page.getByRole("combobox", { name: "label", exact: true }).selectOption("3");
  await expect(page).toHaveURL(/label=3/);
  await expect(tiles).toHaveCount(1);
  await expect(tiles.first()).toHaveAccessibleName(new RegExp(`^3 .*${run.key}$`));
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const [head, ...lines] = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(head).toBe("id,label,stored_confidence,search_confidence,niche,generation,replaced_at,run,method,model,image");
  expect(lines).toEqual([expect.stringMatching(new RegExp(`,3,0\\.\\d+,.*,${run.key},`))]);
  await page.reload();
  await expect(tiles).toHaveCount(1);
  await page.goBack();
  await expect(page).not.toHaveURL(/label=/);
  await expect(tiles).toHaveCount(10);
});

test("all elites that ever held a niche are shown on request", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(`/gallery?run=${encodeURIComponent(run.id)}&holding=ever&order=oldest`);
  const count = page.locator("output");
  await expect(count).toHaveText(/^\d+ images$/);
  expect(Number.parseInt((await count.innerText()).replace(",", ""), 10)).toBeGreaterThan(10);
});

test("arrow keys move through the grid and Enter opens the elite; Back returns to the grid", async ({ page }) => {
  const run = await finishedRun(page, { generations: 10 });
  await page.goto(`/gallery?run=${encodeURIComponent(run.id)}`);
  const tiles = page.getByRole("gridcell").getByRole("link");
  await tiles.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(tiles.nth(1)).toBeFocused();
  const href = await tiles.nth(1).getAttribute("href");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${href?.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`));
  await expect(page.getByRole("heading", { name: "What the machine says" })).toBeVisible();
  await page.goBack();
  await expect(tiles).toHaveCount(10);
});

test("experiments, runs and models beyond the first page can be chosen too", async ({ page }) => {
  const mockPages = (
    operation: string,
    list: string,
    node: { readonly __typename: string; readonly labels?: readonly string[]; readonly lock?: null },
    connection = `${node.__typename}Connection`,
  ) =>
    mockOperation(page, operation, ({ after }) => ({
      [list]: {
        nodes: [{ ...node, id: String(after), key: `KEY-${after == null ? 1 : 101}`, name: `${list} ${after == null ? 1 : 101}` }],
        pageInfo: { __typename: "PageInfo", hasNextPage: after == null, endCursor: after == null ? "first" : null },
        __typename: connection,
      },
    }));
  await mockPages("ExperimentChoices", "experiments", { __typename: "Experiment", lock: null });
  await mockPages("GalleryRuns", "runs", { __typename: "EvolutionRun" }, "RunConnection");
  await mockPages("GalleryModels", "models", { __typename: "Model", labels: ["one"] });
  await page.goto("/gallery");
  for (const name of ["experiment", "run", "model"])
    await expect(page.getByRole("combobox", { name, exact: true }).getByRole("option", { name: /101/ })).toHaveCount(1);
});

test("new elites appear when a user returns to the gallery, which keeps its place", async ({ page }) => {
  await finishedRun(page, { generations: 40 });
  await page.goto("/gallery?holding=ever&order=newest");
  const tiles = page.getByRole("gridcell").getByRole("link");
  const count = page.locator("output");
  await expect(tiles.first()).toBeVisible();
  const before = await count.innerText();
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 184 * 4);
  await expect(page).toHaveURL(/[?&]at=\d/);
  const place = Number(new URL(page.url()).searchParams.get("at"));
  const seen = page.locator(`[data-index="${place}"] a`);
  const href = (await seen.getAttribute("href")) ?? "";
  await seen.click();
  await expect(page.getByRole("heading", { name: "What the machine says" })).toBeVisible();
  await waitForFinish(page, await startRun(page, { name: "Found since", generations: 40, seed: 15 }));
  await page.goBack();
  await expect(count).not.toHaveText(before);
  await expect(count).toHaveText(/images$/);
  // The list is replaced once its reload has reached the image in view, which takes many pages while other tests store images.
  await expect(page.locator(`a[href="${href}"]`)).toBeInViewport({ timeout: 60_000 });
  await page.evaluate(() => window.scrollTo({ top: 0 }));
  await expect(page.locator('[data-index="0"] a')).not.toHaveAttribute("href", href);
});

test.describe("invalid values in the URL", () => {
  // The API refuses a filter for a missing object with status 400, which the browser logs to its console.
  test.use({ allowedErrors: [/400/] });

  test("show an empty gallery or the defaults, never a broken page", async ({ page }) => {
    await page.goto("/gallery?run=nonsense");
    await expect(page.getByText("No matching images")).toBeVisible();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await expect(page).not.toHaveURL(/run=/);
    await page.goto("/gallery?label=unicorn");
    await expect(page.getByText("No matching images")).toBeVisible();
    await page.goto("/gallery?min=eleven&order=sideways&at=-5&holding=%00");
    await expect(page.getByRole("heading", { name: "Gallery", level: 1 })).toBeVisible();
    await expect(page.locator("output")).toHaveText(/image/);
  });
});
