/** A fork at a generation, a rerun with changes, and a verification, all by keyboard. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("forks a run at a generation, repeats it with changes, and verifies it", async ({ page }) => {
  const run = await finishedRun(page, { generations: 12 });
  await page.goto(`/runs/${run.key}?gen=5`);
  await expect(page.getByRole("slider", { name: "Generation shown" })).toHaveAttribute("aria-valuetext", "generation 5");

  await page.getByRole("button", { name: "Fork here" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Fork ${run.key} at generation 5` });
  await expect(dialog.getByText(`Without changes, the fork repeats ${run.key} from there, bit for bit.`)).toBeVisible();
  await dialog.getByLabel("Generations").fill("3");
  await expect(dialog.getByRole("alert")).toContainText("6");
  await expect(dialog.getByRole("button", { name: "Fork" })).toBeDisabled();
  await dialog.getByLabel("Generations").fill("9");
  await dialog.getByText("Expert parameters").click();
  await expect(dialog.getByLabel("Pixels")).toHaveCount(0);
  await dialog.getByLabel("Mutation rate").fill("0.3");
  await expect(dialog.getByRole("status")).toHaveText(`Differs from ${run.key} in: generations 12 → 9, mutation rate 0.1 → 0.3.`);

  // What is not sent yet is there again after a reload.
  await page.reload();
  await page.getByRole("button", { name: "Fork here" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Restored your unsent text")).toBeVisible();
  await expect(dialog.getByLabel("Generations")).toHaveValue("9");
  await expect(dialog.getByText(`Differs from ${run.key} in: generations 12 → 9, mutation rate 0.1 → 0.3.`)).toBeVisible();
  await dialog.getByLabel("Generations").press("Enter");

  await expect(page).toHaveURL(/\/runs\/RUN-\d+$/);
  await expect(page.getByText(new RegExp(`Forked from ${run.key} at generation 5. Differs from ${run.key} in`))).toBeVisible();
  await expect(page.getByText("finished", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("slider", { name: "Generation shown" })).toHaveAttribute("min", "5");

  await page.getByRole("button", { name: "Verify", exact: true }).click();
  await expect(page.getByText(/Verified bit for bit on .*: 4 generations, onnxruntime/)).toBeVisible({ timeout: 60_000 });
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await page.getByRole("link", { name: run.key }).first().click();
  await expect(page.getByRole("heading", { name: "Forks" })).toBeVisible();
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(page.getByText("with the same settings, so its results will be equal.")).toBeVisible();
  await page.getByLabel("Seed").fill("2");
  await expect(page.getByText(`Differs from ${run.key} in: seed 1 → 2.`)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText(new RegExp(`Repeats ${run.key}. Differs from ${run.key} in: seed 1 → 2.`))).toBeVisible();
});
