/** High contrast (forced colours): controls, focus, lines of charts, marks of states and selections remain visible on a dark palette. */
import { expect, type Locator, type Page } from "@playwright/test";
import { readArchive, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { archiveOn } from "../support/pageParts.ts";
import { sharedSweep } from "../support/sharedSweep.ts";

const black = "rgb(0, 0, 0)";
const white = "rgb(255, 255, 255)";

/** The page itself is light, the user's palette dark, so colours of our theme would not be visible. */
async function forceColours(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark", forcedColors: "active" });
  await page.addInitScript(() => localStorage.setItem("theme", "light"));
}

const styleOf = (part: Locator, property: string): Promise<string> =>
  part.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await styleOf(page.locator("html"), "background-color")).toBe(black);
}

/** Every visible control has a border, a text or a graphic in a colour that differs from the page's. */
async function findInvisible(page: Page): Promise<readonly string[]> {
  return page.getByRole("main").evaluate((main, background) => {
    const hasContrast = (colour: string) => colour !== background && !/, 0\)$|^none$/.test(colour);
    return [...main.querySelectorAll<HTMLElement>("button, a, input, select")]
      .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && each.getBoundingClientRect().width > 1)
      .filter((each) => {
        const { color, backgroundColor, borderTopWidth, borderTopColor } = getComputedStyle(each);
        const hasBorder = borderTopWidth !== "0px" && hasContrast(borderTopColor);
        return color === backgroundColor || (!hasBorder && !hasContrast(color) && !hasContrast(backgroundColor));
      })
      .map((each) => each.outerHTML.slice(0, 120));
  }, black);
}

test("on a run's page and its lists, buttons, tabs, the focus and the lines of charts are visible", async ({ page }) => {
  test.slow();
  await forceColours(page);
  const run = await finishedRun(page, { encoding: "cppn", generations: 60 });
  await openPage(page, `/runs/${run.key}`);
  const chart = page.getByRole("img", { name: /confidence/i }).first();
  await expect(chart).toBeVisible();
  for (const line of await chart.locator("path[class*=chartMedian], path[class*=chartMean]").all())
    expect(await styleOf(line, "stroke")).toBe(white);
  expect(await styleOf(page.locator("[class*=stateGlyph] svg").first(), "color")).toBe(white);
  // A bar of confidence keeps the ramp's colour.
  const bar = archiveOn(page).locator("[class*=confidenceBar] > i").first();
  expect(await styleOf(bar, "background-color")).not.toBe(black);
  expect(await findInvisible(page)).toEqual([]);
  const button = page.getByRole("button", { name: "Export", exact: true });
  await button.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  expect([await styleOf(button, "outline-style"), await styleOf(button, "outline-color")]).toEqual(["solid", white]);

  await openPage(page, "/runs");
  const views = page.getByRole("group", { name: "View", exact: true });
  const [open, other] = [/^All/, /^Mine/].map((name) => views.getByRole("button", { name })) as [Locator, Locator];
  expect(await styleOf(open, "border-bottom-color")).toBe(white);
  expect(await styleOf(other, "border-bottom-color")).toBe(black);
  // The text of a filled button has no box of the background behind it.
  const primary = page.getByRole("main").getByRole("link", { name: "New run" });
  expect([await styleOf(primary, "color"), await styleOf(primary, "background-color")]).toEqual([black, white]);
  expect(await styleOf(primary, "forced-color-adjust")).toBe("none");
  expect(await findInvisible(page)).toEqual([]);
});

test("on the other pages of results, controls, marks and selections are visible", async ({ page }) => {
  test.slow();
  await forceColours(page);
  const run = await finishedRun(page, { encoding: "cppn", generations: 60 });
  const direct = await finishedRun(page, { encoding: "direct", generations: 40 });
  const [elite] = await readArchive(page, run.id);
  const numbers = [direct, run].map(({ key }) => key.slice("RUN-".length)).join(",");
  for (const address of ["/", "/gallery", `/elites/${encodeURIComponent(elite?.id ?? "")}`, `/compare?runs=${numbers}`]) {
    await openPage(page, address);
    await expect(page.getByRole("status", { name: /Loading/ })).toHaveCount(0);
    expect(await findInvisible(page), address).toEqual([]);
  }
  const slider = page.locator("input[type=range]").first();
  expect(await styleOf(slider, "forced-color-adjust")).toBe("none");
  await openPage(page, `/elites/${encodeURIComponent(elite?.id ?? "")}`);
  for (const path of await page
    .getByRole("region", { name: /^Graph of/ })
    .locator("path")
    .all())
    expect(await styleOf(path, "stroke")).toBe(white);
});

test("the tiles of a large archive on a canvas have a visible outline and selection", async ({ page }) => {
  test.slow();
  await forceColours(page);
  const run = await finishedRun(page, { encoding: "direct", generations: 1, model: "MobileNet v1 0.25" });
  await openPage(page, `/runs/${run.key}`);
  const stage = page.getByRole("application", { name: "Archive" });
  await expect(stage).toBeVisible();
  const countWhite = () =>
    stage.locator("canvas").evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let white = 0;
      for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === 255 && pixels[at + 1] === 255 && pixels[at + 2] === 255) white++;
      return white;
    });
  await expect(page.getByRole("progressbar", { name: "Images loaded" })).toHaveCount(0);
  const unselected = await countWhite();
  await stage.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await countWhite()) - unselected).toBeGreaterThan(40);
});

test("a sweep's matrix and parallel coordinates are visible", async ({ page }) => {
  test.slow();
  await forceColours(page);
  await openPage(page, `/sweeps/${await sharedSweep(page)}`);
  const lines = page.getByRole("region", { name: "Parallel coordinates" }).locator("path");
  await expect(lines).toHaveCount(4);
  expect(await styleOf(lines.first(), "stroke")).toBe(white);
  expect(await styleOf(page.getByText("Mutation rate").first(), "color")).toBe(white);
  expect(await findInvisible(page)).toEqual([]);
});
