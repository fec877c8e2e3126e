/** The palette: opened by keys, answers with images first, leads where it says. */
import { expect } from "@playwright/test";
import { createGate, holdBack, startRun, test, waitForFinish } from "../support/browser.ts";

test("Control-K finds an elite by its label and Enter opens it", async ({ page }) => {
  await waitForFinish(page, await startRun(page, { name: "Palette", generations: 10, seed: 21 }));
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("7");
  const first = page.getByRole("option").first();
  await expect(first).toContainText(/^7, /);
  await expect(first).toBeEnabled();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/elites\//);
  await expect(page.getByRole("heading", { level: 1, name: "7" })).toBeVisible();
});

test("an answer to earlier words is not opened by later ones", async ({ page }) => {
  await waitForFinish(page, await startRun(page, { name: "Earlier words", generations: 10, seed: 22 }));
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const first = page.getByRole("option").first();
  await page.getByRole("combobox").fill("3");
  await expect(first).toContainText(/^3, /);
  await expect(first).toBeEnabled();
  const gate = createGate();
  await holdBack(page, "PaletteElites", gate);
  await page.getByRole("combobox").fill("7");
  await expect(first).toContainText(/^3, /);
  await expect(first).toBeDisabled();
  await expect(page.getByRole("option", { name: "Filter: label is 7" })).toBeEnabled();
  await first.click({ force: true });
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(/\/models$/);
  gate.open();
  await expect(first).toContainText(/^7, /);
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "7" })).toBeVisible();
});

test("the slash opens it too, it finds places and things to do, and Escape closes it", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("/");
  const box = page.getByRole("combobox");
  await box.fill("dark");
  await page.getByRole("option", { name: /Use the dark theme/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("/");
  await box.fill("nothing is called like this");
  await expect(page.getByText("Nothing is called that.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(box).toBeHidden();
});
