/** Accessibility checks with axe: all serious violations and two moderate rules; and whether a page fits a phone. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

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

export async function expectNoSeriousViolation(page: Page): Promise<void> {
  await settle(page);
  // Pages have no frames, so axe needs no second page to merge results.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  const serious = violations.filter(({ id, impact }) => impact === "serious" || impact === "critical" || requiredRules.includes(id));
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
}

export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoSeriousViolation(page);
  }
}

/** Polls, since charts are redrawn shortly after a resize. Restores the window's size. */
export async function expectFitsPhone(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(390);
  if (before !== null) await page.setViewportSize(before);
}
