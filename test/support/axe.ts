/** Accessibility checks with axe: all serious violations and two moderate rules; and whether a page fits a phone. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";

/** Less than half of what `axe.source` has, which every page would parse. */
const source = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Waits for running animations, since axe would measure intermediate colours and opacities. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
  );
}

/** Moderate rules: all content is in a landmark, and scrollable regions are accessible by keyboard. */
const requiredRules: readonly string[] = ["region", "scrollable-region-focusable"];

/** The themes differ only in colours, so the second theme needs only the rules for colours. */
const colourRules = ["color-contrast", "link-in-text-block"];

async function findViolations(
  page: Page,
  options: axe.RunOptions,
  counts: (violation: axe.Result) => boolean = () => true,
): Promise<readonly string[]> {
  await settle(page);
  // A page's title comes after its first content.
  await expect(page).toHaveTitle(/./);
  // axe stays loaded until the page is left.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const { violations } = await page.evaluate((given) => (globalThis as unknown as { axe: typeof axe }).axe.run(given), {
    ...options,
    resultTypes: ["violations" as const],
  });
  return violations.filter(counts).map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

function findSeriousViolations(page: Page, options: axe.RunOptions): Promise<readonly string[]> {
  const isSerious = ({ id, impact }: axe.Result) => impact === "serious" || impact === "critical" || requiredRules.includes(id);
  return findViolations(page, options, isSerious);
}

export async function expectNoSeriousViolation(page: Page): Promise<void> {
  expect(await findSeriousViolations(page, {})).toEqual([]);
}

/** No level of headings is left out, a moderate rule. */
export async function expectHeadingsInOrder(page: Page): Promise<void> {
  expect(await findViolations(page, { runOnly: ["heading-order"] })).toEqual([]);
}

export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectNoSeriousViolation(page);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findSeriousViolations(page, { runOnly: colourRules })).toEqual([]);
}

/** Polls, since charts are redrawn shortly after a resize. Restores the window's size. */
export async function expectFitsPhone(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => findTooWide(page), page.url()).toEqual([]);
  if (before !== null) await page.setViewportSize(before);
}

/** The innermost elements that make the page wider than its window. */
function findTooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isClipped = (each: Element): boolean => {
      for (let above = each.parentElement; above !== null && above !== document.body; above = above.parentElement)
        if (getComputedStyle(above).overflowX !== "visible") return true;
      return false;
    };
    const wide = [...document.querySelectorAll("body *")].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 0.5 && !isClipped(each),
    );
    const innermost = wide.filter((each) => !wide.some((other) => other !== each && each.contains(other)));
    return [
      `${scrollWidth} px`,
      ...innermost.slice(0, 5).map((each) => `${each.tagName} ${each.className}: ${each.textContent?.slice(0, 60)}`),
    ];
  });
}
