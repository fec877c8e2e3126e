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

test("words that leave the same image first leave it chosen, and Enter opens it", async ({ page }) => {
  await waitForFinish(page, await startRun(page, { name: "Refined", generations: 10, seed: 23 }));
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const first = page.getByRole("option").first();
  await expect(first).toContainText(/^\d, /);
  const named = (await first.textContent()) ?? "";
  const label = named.charAt(0);
  const gate = createGate();
  await holdBack(page, "PaletteElites", gate);
  await page.getByRole("combobox").fill(label);
  await expect(first).toBeDisabled();
  const chosen = page.getByRole("option", { selected: true });
  await expect(chosen).toHaveText(new RegExp(`Filter: label is ${label}`));
  gate.open();
  await expect(first).toBeEnabled();
  await expect(first).toHaveText(named);
  await expect(chosen).toHaveText(named);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/elites\//);
});

test("the only answer to a word is chosen once it is one", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("copy");
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.getByRole("option", { selected: true })).toHaveText(/Copy the GraphQL query/);
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
