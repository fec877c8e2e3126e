/** Runs on a phone: no layout shifts, state and controls first, small downloads for a thousand classes, and sharp tiles. */
import { expect, type Page } from "@playwright/test";
import { createGate, startRun, test, waitForFinish } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { countBytes, observeShifts } from "../support/pageCost.ts";
import { archiveOn } from "../support/pageParts.ts";
import { startAscent, startAttack } from "../support/startRuns.ts";

const maxShift = 0.05;
const maxSheetBytes = 3_000_000;

/** The zoom of each tile's image: its width on the page over its own width, a whole number if it is sharp. */
async function readZooms(page: Page): Promise<readonly number[]> {
  const images = archiveOn(page).locator("img");
  await expect(images).toHaveCount(10);
  const loaded = () => images.evaluateAll((all) => all.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
  await expect.poll(loaded).toBe(10);
  return images.evaluateAll((images) =>
    images.map((image) => image.getBoundingClientRect().width / (image as HTMLImageElement).naturalWidth),
  );
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true });

  for (const [what, start] of [
    ["an ascent", startAscent],
    ["an attack", startAttack],
    ["an evolution", (page: Page) => finishedRun(page, { generations: 40 })],
  ] as const)
    test(`${what} has a page that loads without visible layout shifts`, async ({ page }) => {
      const run = await start(page, `Still, ${what}`);
      await waitForFinish(page, run);
      const readShifts = await observeShifts(page);
      await page.goto(`/runs/${run.key}`);
      await expect(page.getByText("FINISHED").first()).toBeVisible();
      await expect(page.getByRole("heading", { name: "Recipe" })).toBeVisible();
      await page.waitForTimeout(2_000);
      const { total, largest } = await readShifts();
      test.info().annotations.push({ type: "layout shift", description: total.toFixed(4) });
      expect(total, largest.join("\n")).toBeLessThan(maxShift);
    });

  test("a run's state and Pause come before its images", async ({ page }) => {
    const run = await startRun(page, { name: "State first", generations: 4000, seed: 9 });
    await page.goto(`/runs/${run.key}`);
    await expect(archiveOn(page).locator("img").first()).toBeVisible({ timeout: 60_000 });
    const pause = page.getByRole("button", { name: /^Pause/ });
    await expect(pause).toBeInViewport();
    await expect(page.getByRole("complementary", { name: "The run" })).toContainText("/ 4,000");
    const topOf = async (part: ReturnType<Page["locator"]>) => (await part.boundingBox())?.y ?? Number.NaN;
    expect(await topOf(pause)).toBeLessThan(await topOf(archiveOn(page).getByRole("list")));
    await pause.click();
    await expect(page.getByText("PAUSED", { exact: true }).first()).toBeVisible();
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
    await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible();
  });

  test("the bar shows all its tabs, and More leads to the other pages", async ({ page }) => {
    await page.goto("/experiments");
    const bar = page.getByRole("navigation", { name: "Main" });
    for (const tab of ["Experiments", "Gallery", "Studies", "Models"]) {
      await expect(bar.getByRole("link", { name: tab })).toBeInViewport({ ratio: 1 });
    }
    const more = bar.getByRole("button", { name: "More" });
    await expect(more).toBeInViewport({ ratio: 1 });
    await more.tap();
    await page.getByRole("menu", { name: "More" }).getByRole("menuitem", { name: "Workers" }).tap();
    await expect(page.getByRole("heading", { level: 1, name: "Workers" })).toBeVisible();
    await expect(page.getByRole("menu", { name: "More" })).toHaveCount(0);
    await expect(more).toHaveAccessibleName("More (Workers)");
  });

  test("tiles are whole multiples of their images", async ({ page }) => {
    await page.goto(`/runs/${(await finishedRun(page, { generations: 10 })).key}`);
    for (const zoom of await readZooms(page)) expect(zoom).toBe(6);
  });

  for (const [encoding, generations] of [
    ["cppn", 3],
    ["direct", 1],
  ] as const)
    test(`a thousand classes of ${encoding} images load one sheet of the tiles' size, and show a coarser sheet until it arrives`, async ({
      page,
    }) => {
      test.slow();
      const run = await finishedRun(page, { encoding, generations, model: "MobileNet v1 0.25" });
      const readBytes = await countBytes(page);
      const gate = createGate();
      await page.route("**/contact-sheets/**/32.png", async (route) => {
        await gate.passed;
        await route.fallback();
      });
      await page.goto(`/runs/${run.key}`);
      const stage = page.getByRole("application", { name: "Archive" });
      await expect(stage).toBeVisible();
      await expect(page.getByRole("progressbar", { name: "Images loaded" })).toBeVisible();
      /** The share of the most common colour: more than half in an archive without images. */
      const sameness = () =>
        stage.locator("canvas").evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
          const seen = new Map<number, number>();
          let sampled = 0;
          for (let i = 0; i < pixels.length; i += 4 * 37, sampled++) {
            const colour = ((pixels[i] ?? 0) >> 2) * 4096 + ((pixels[i + 1] ?? 0) >> 2) * 64 + ((pixels[i + 2] ?? 0) >> 2);
            seen.set(colour, (seen.get(colour) ?? 0) + 1);
          }
          return Math.max(...seen.values()) / Math.max(1, sampled);
        });
      // The coarse sheet is visible while the finer sheet is held back.
      await expect.poll(sameness).toBeLessThan(0.5);
      gate.open();
      await expect(page.getByRole("progressbar", { name: "Images loaded" })).toHaveCount(0);
      await page.waitForTimeout(1_000);
      const bytes = readBytes();
      test.info().annotations.push({ type: "bytes", description: JSON.stringify(bytes) });
      expect(bytes["/images"] ?? 0, JSON.stringify(bytes)).toBe(0);
      expect(bytes["/contact-sheets"] ?? 0, JSON.stringify(bytes)).toBeLessThan(maxSheetBytes);
    });
});

test.describe("at a zoom of 200%", () => {
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test("tiles are whole multiples of their images", async ({ page }) => {
    await page.goto(`/runs/${(await finishedRun(page, { generations: 10 })).key}`);
    for (const zoom of await readZooms(page)) expect(zoom % 1).toBe(0);
  });
});
