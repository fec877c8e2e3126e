/** The gallery: the URL determines its content, and Back returns to the same place. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { expectFitsPhone } from "../support/axe.ts";
import { ask, mockOperation, startRun, test, waitForFinish } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

const tilesOf = (page: Page) => page.getByRole("gridcell").getByRole("link");
const searchOf = (page: Page) => page.getByRole("textbox", { name: "Search images" });
const addressOf = (search: string) => `/gallery?q=${encodeURIComponent(search)}`;

test("a search typed with completion narrows the grid, is kept in the URL, survives a reload and is undone by Back", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(addressOf(`run = ${run.key}`));
  const tiles = tilesOf(page);
  await expect(page.getByText("10 images")).toBeVisible();
  await expect(tiles).toHaveCount(10);
  await searchOf(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" AND cla");
  await expect(page.getByRole("option", { name: /^class/ })).toBeVisible();
  await page.keyboard.type("ss = 3");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/class/);
  await expect(tiles).toHaveCount(1);
  await expect(tiles.first()).toHaveAccessibleName(new RegExp(`^3 .*${run.key}$`));
  await expect(tiles.first()).toContainText("LeNet");
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const [head, ...lines] = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(head).toBe("id,kind,label,stored_confidence,reached,class,generation,replaced,created,run,run_name,method,model,image");
  expect(lines).toEqual([expect.stringMatching(new RegExp(`,evolution,3,0\\.\\d+,.*,${run.key},`))]);
  await page.reload();
  await expect(tiles).toHaveCount(1);
  await page.goBack();
  await expect(page).not.toHaveURL(/class/);
  await expect(tiles).toHaveCount(10);
});

test("one grid has the images of several kinds of runs, and chips choose a kind", async ({ page }) => {
  await finishedRun(page, { generations: 40 });
  await page.goto("/gallery");
  await expect(tilesOf(page).first()).toBeVisible();
  await expect(page.locator("select")).toHaveCount(0);
  const chip = (name: string) => page.getByRole("group", { name: "Common conditions" }).getByRole("button", { name, exact: true });
  await chip("evolution").click();
  await expect(page).toHaveURL(/q=kind/);
  await expect(chip("evolution")).toHaveAttribute("aria-pressed", "true");
  await expect(tilesOf(page).first()).toHaveAttribute("href", /^\/w\/local\/elites\//);
  await chip("retraining").click();
  await expect(chip("evolution")).toHaveAttribute("aria-pressed", "false");
  await chip("≥ .99").click();
  await expect(searchOf(page)).toHaveText("kind = retraining AND confidence >= 0.99");
  await page.goBack();
  await page.goBack();
  await expect(searchOf(page)).toHaveText("kind = evolution");
  await chip("evolution").click();
  await expect(searchOf(page)).not.toContainText("kind");
  await page.getByRole("button", { name: "Order of the images" }).click();
  await page.getByRole("menuitem", { name: "Least confident first" }).click();
  await expect(page).toHaveURL(/sort=confidence/);
});

test("a view keeps a search of the gallery", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(addressOf(`run = ${run.key} AND class = 3`));
  await expect(tilesOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Save view" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Threes of one run");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/view=VIEW-\d+/);
  await page.goto("/gallery");
  await page
    .getByRole("group", { name: "View" })
    .getByRole("button", { name: /Threes of one run/ })
    .click();
  await expect(tilesOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Actions of the view Threes of one run" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByText("“Threes of one run” is deleted.")).toBeVisible();
});

test("replaced elites are shown on request", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(`${addressOf(`run = ${run.key} AND replaced = true`)}&sort=created`);
  await expect(tilesOf(page).first()).toBeVisible();
});

test("arrow keys move through the grid and Enter opens the elite; Back returns to the grid", async ({ page }) => {
  const run = await finishedRun(page, { generations: 10 });
  await page.goto(addressOf(`run = ${run.key}`));
  const tiles = tilesOf(page);
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

/** A list of 3,000 images, whose pages take longer than a fast scroll. */
async function mockLongGallery(page: Page): Promise<void> {
  const { galleryImages } = await ask<{ galleryImages: { nodes: readonly [{ readonly id: string }] } }>(
    page,
    `{ galleryImages(first: 1) { nodes { __typename id kind class label confidence reached replaced generation createdAt recognition { __typename studyCount
      named { __typename votes agreeing } recognised { __typename votes share low high } withheld { __typename message } }
      image { __typename id url width height } model { __typename id name } run { __typename id key name methodLabel } } } }`,
    {},
  );
  const [node] = galleryImages.nodes;
  await mockOperation(page, "GalleryImages", async ({ after, first }) => {
    const from = Number(after ?? 0);
    await new Promise((resolve) => setTimeout(resolve, from === 0 ? 0 : 400));
    const to = from + Number(first);
    return {
      galleryImages: {
        __typename: "GalleryImageConnection",
        totalCount: 3_000,
        totalCountIsCapped: false,
        pageInfo: { __typename: "PageInfo", hasNextPage: to < 3_000, endCursor: String(to) },
        nodes: Array.from({ length: to - from }, (_, i) => ({ ...node, id: `${node.id}${from + i}` })),
      },
    };
  });
}

test("each tile in view has a caption in every frame of a fast scroll, also before its image is there", async ({ page }) => {
  await finishedRun(page, { generations: 40 });
  await mockLongGallery(page);
  await page.goto("/gallery");
  await expect(tilesOf(page).first()).toBeVisible();
  const frames = await page.evaluate(async () => {
    const seen: { tiles: number; blank: number; bare: number }[] = [];
    for (let step = 0; step < 60; step++) {
      window.scrollBy({ top: step % 40 < 25 ? 700 : -700 });
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const cells = [...document.querySelectorAll<HTMLElement>('[role="gridcell"]')].filter((cell) => {
        const { top, bottom } = cell.getBoundingClientRect();
        return bottom > 0 && top < window.innerHeight;
      });
      const bare = cells.filter((cell) => {
        const caption = cell.querySelector<HTMLElement>("[data-caption]");
        return caption === null || caption.getBoundingClientRect().height < 10 || caption.nextElementSibling === null;
      });
      seen.push({ tiles: cells.length, blank: cells.filter((cell) => cell.querySelector("a") === null).length, bare: bare.length });
    }
    return seen;
  });
  expect(frames.every(({ tiles }) => tiles > 0)).toBe(true);
  expect(frames.some(({ blank }) => blank > 0)).toBe(true);
  expect(frames.filter(({ bare }) => bare > 0)).toEqual([]);
});

test("new elites appear when a user returns to the gallery, which keeps its place", async ({ page }) => {
  await finishedRun(page, { generations: 40 });
  await page.goto(addressOf("replaced = true OR replaced = false"));
  const tiles = tilesOf(page);
  const count = page.locator("output");
  await expect(tiles.first()).toBeVisible();
  const before = await count.innerText();
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 212 * 4);
  await expect(page).toHaveURL(/[?&]at=\d/);
  const place = Number(new URL(page.url()).searchParams.get("at"));
  const seen = page.locator(`[data-index="${place}"] a`);
  const href = (await seen.getAttribute("href")) ?? "";
  await seen.click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).not.toHaveURL(/\/gallery/);
  await waitForFinish(page, await startRun(page, { name: "Found since", generations: 40, seed: 15 }));
  await page.goBack();
  await expect(count).toHaveText(/images$/);
  // The list is replaced once its reload has reached the image in view, which takes many pages while other tests store images.
  await expect(page.locator(`a[href="${href}"]`)).toBeInViewport({ timeout: 60_000 });
  await page.evaluate(() => window.scrollTo({ top: 0 }));
  await expect(page.locator('[data-index="0"] a')).not.toHaveAttribute("href", href);
  expect(before).toMatch(/images$/);
});

test("invalid searches and values in the URL are explained, and never break the page", async ({ page }) => {
  await page.goto(addressOf("clas = 3"));
  await expect(page.getByText("Invalid search")).toBeVisible();
  await expect(page.getByText("Did you mean `class`?")).toBeVisible();
  await page.goto(addressOf("class = unicorn"));
  await expect(page.getByText("No matching images")).toBeVisible();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(page).not.toHaveURL(/unicorn/);
  await page.goto("/gallery?sort=sideways&at=-5&ids=%00");
  await expect(page.getByRole("heading", { name: "Gallery", level: 1 })).toBeVisible();
  await expect(page.locator("output")).toHaveText(/image/);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true });

  test("the search, chips and grid fit", async ({ page }) => {
    await finishedRun(page, { generations: 40 });
    await page.goto("/gallery");
    await expect(tilesOf(page).first()).toBeVisible();
    await page.getByRole("group", { name: "Common conditions" }).getByRole("button", { name: "evolution", exact: true }).tap();
    await expect(page).toHaveURL(/q=kind/);
    await expectFitsPhone(page);
  });
});
