/** Help for new users: the introduction on the home page, and definitions of terms by mouse, keyboard and touch. */
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";

test("the home page shows real digits, fooling images and the paper's reference until the introduction is hidden", async ({ page }) => {
  await page.goto("/");
  const introduction = page.getByRole("region", { name: "What you are looking at" });
  await expect(introduction.getByRole("img")).toHaveCount(20);
  await expect(introduction.getByRole("link", { name: "Deep Neural Networks are Easily Fooled" })).toHaveAttribute("href", /doi\.org/);
  await introduction.getByRole("button", { name: "Hide" }).click();
  await expect(introduction).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(introduction).toBeHidden();
});

test("a term shows its definition on hover and on focus, and Escape hides it", async ({ page }) => {
  await page.goto("/gallery");
  const term = page.getByRole("button", { name: "elites" });
  const note = page.getByRole("tooltip");
  await expect(note).toBeHidden();
  await term.hover();
  await expect(note).toContainText("the best image found so far for a niche");
  await page.mouse.move(0, 0);
  await expect(note).toBeHidden();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Tab");
  await expect(term).toBeFocused();
  await expect(note).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(note).toBeHidden();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a tap shows the definition inside the window, and a second tap hides it", async ({ page }) => {
    await page.goto("/gallery");
    const note = page.getByRole("tooltip");
    await page.getByRole("button", { name: "elites" }).tap();
    await expect(note).toBeVisible();
    const { x = -1, width = 0 } = (await note.boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
    await page.getByRole("button", { name: "elites" }).tap();
    await expect(note).toBeHidden();
  });
});
