/** What axe sees on a page: everything serious, and two rules of less weight that the pages hold; and whether the page fits a phone. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Colours and opacities on their way somewhere are not what anybody reads. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
  );
}

/** Everything is in a landmark, and whatever scrolls can be scrolled by keyboard. */
const heldRules: readonly string[] = ["region", "scrollable-region-focusable"];

export async function expectNoSeriousViolation(page: Page): Promise<void> {
  await settle(page);
  // No page has a frame, so axe needs no second page to join their results.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  const serious = violations.filter(({ id, impact }) => impact === "serious" || impact === "critical" || heldRules.includes(id));
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
}

export async function expectSoundInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoSeriousViolation(page);
  }
}

/** Charts are drawn anew for a new width, a moment after the window has it. Leaves the window as it was. */
export async function expectFitsPhone(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(390);
  if (before !== null) await page.setViewportSize(before);
}
