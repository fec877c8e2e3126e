/** A canvas of a thousand classes: a real run against a MobileNet fills it, and users can search it, move through it and open elites. */
import { expect, type Page } from "@playwright/test";
import { expectNoSeriousViolation } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { finishedRun, sharedRun } from "../support/finishedRuns.ts";

const large = { encoding: "cppn", generations: 3, model: "MobileNet v1 0.25" } as const;

/** The number of distinct coarse colours on the canvas: an empty archive has one or two. */
function countColours(page: Page): Promise<number> {
  return page.locator('[role="application"] canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    const seen = new Set<number>();
    for (let i = 0; i < pixels.length; i += 4 * 37)
      seen.add(((pixels[i] ?? 0) >> 4) * 256 + ((pixels[i + 1] ?? 0) >> 4) * 16 + ((pixels[i + 2] ?? 0) >> 4));
    return seen.size;
  });
}

test("a run of a thousand classes fills its canvas, and users can jump to a class and open its elite", async ({ page }) => {
  // The run opens a network, and stores and draws a thousand images.
  test.slow();
  const run = await sharedRun(page, large);
  await page.goto(`/runs/${run.key}`);
  const stage = page.getByRole("application", { name: "Archive" });
  await expect(stage).toBeVisible();
  await expect.poll(() => countColours(page), { timeout: 120_000 }).toBeGreaterThan(50);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  await page.keyboard.press("/");
  const search = page.getByLabel("Jump to a class or a group");
  await expect(search).toBeFocused();
  await search.fill("birds");
  await expect(page.getByRole("search").getByRole("status")).toHaveText("59 of 1,000");
  await search.fill("macaw");
  await search.press("Enter");
  await expect(page).toHaveURL(/find=macaw/);
  await expect(page).toHaveURL(/class=88/);
  await expect(page.getByRole("status").filter({ hasText: "macaw, class 88" })).toHaveCount(1);
  await page.reload();
  await expect(search).toHaveValue("macaw");

  await page.getByRole("button", { name: "Clear" }).click();
  await stage.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).not.toHaveURL(/class=88/);
  await expect(page).not.toHaveURL(/gen=/);
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/class=88/);
  await page.keyboard.press("+");
  await expect(page.getByRole("toolbar", { name: "Zoom" })).toContainText("1.5×");
  await page.keyboard.press("0");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/elites\//);
  await expect(page.getByRole("heading", { level: 1, name: "macaw" })).toBeVisible();
  const machine = page.getByRole("region", { name: "What the machine says" });
  await expect(machine).toContainText("of 1,000 classes");
  expect(await machine.getByRole("listitem").count()).toBeLessThanOrEqual(6);
});

test("the canvas announces the tile under the pointer", async ({ page }) => {
  test.slow();
  const run = await finishedRun(page, large);
  await page.goto(`/runs/${run.key}?order=class`);
  const stage = page.getByRole("application", { name: "Archive" });
  await stage.hover({ position: { x: 10, y: 10 } });
  await expect(page.getByRole("status").filter({ hasText: /^tench.*, class 0, / })).toHaveCount(1);
  await page.mouse.move(2, 2);
  await expect(page.getByRole("status").filter({ hasText: "class 0" })).toHaveCount(0);
});

test("the niches are also listed by group, with links to their elites", async ({ page }) => {
  // The run opens a network and stores a thousand images.
  test.slow();
  const run = await finishedRun(page, large);
  await page.goto(`/runs/${run.key}?class=88`);
  await expect(page.getByRole("status").filter({ hasText: "class 88" })).toHaveCount(1);
  await expectNoSeriousViolation(page);
  await page.goto(`/runs/${run.key}?class=1000&order=odd`);
  const note = page.getByRole("alert").filter({ hasText: "page’s address" });
  await expect(note).toContainText("class is “1000” and must be a class from 0 to 999");
  await expect(note).toContainText("order is “odd”");
  await page.goto(`/runs/${run.key}?as=list&order=group&find=dogs`);
  await expect(page.getByRole("region", { name: "Archive" }).getByRole("listitem")).toHaveCount(50);
  await expectNoSeriousViolation(page);
  await page.getByRole("button", { name: "50 more of 68" }).click();
  await expect(page.getByRole("region", { name: "Archive" }).getByRole("listitem")).toHaveCount(100);
  await page.getByRole("region", { name: "Archive" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/elites\//);
});
