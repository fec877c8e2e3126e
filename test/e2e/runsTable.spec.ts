/** The table of runs: a search typed by keyboard with a completion, a problem at its characters, groups, Back, and the comparison of a selected run. */
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("a search is typed with completion, its mistakes are explained, groups open, and Back returns", async ({ page }) => {
  const { key } = await finishedRun(page, { generations: 1 });
  await page.goto("/runs");
  const link = page.getByRole("link", { name: key, exact: true });
  await expect(page.getByRole("heading", { name: "Runs", exact: true })).toBeVisible();

  const field = page.getByRole("textbox", { name: "Search runs" });
  // The heading is there before the page listens to keys.
  await expect(link).toBeVisible();
  await page.keyboard.press("/");
  await expect(field).toBeFocused();
  await page.keyboard.type(`run = ${key} AND sta`);
  // Tab waits for the list, and the focus stays.
  await page.keyboard.press("Tab");
  await expect(field).toHaveText(`run = ${key} AND state `);
  await page.keyboard.type("= f");
  await expect(page.getByRole("option", { name: /^failed/ })).toBeVisible();
  await page.keyboard.type("in");
  await expect(page.getByRole("option")).toHaveCount(0);
  // Deleting a value without suggestions brings back those of its place.
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("option", { name: /^succeeded/ })).toBeVisible();
  // So does Enter after it.
  await page.keyboard.type("succ");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`q=run(\\+|%20)(=|%3D)(\\+|%20)${key}`));
  await expect(link).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(2);

  await page.keyboard.type(" medain > 0");
  await expect(page.getByText("Unknown field `medain`.")).toBeVisible();
  await expect(page.getByText("Did you mean `median`?")).toBeVisible();
  await expect(page.locator(".cm-lintRange-error")).toHaveText("medain");
  // The table keeps what the last valid search found.
  await expect(link).toBeVisible();
  for (let i = 0; i < " medain > 0".length; i++) await page.keyboard.press("Backspace");
  await expect(page.getByText("Unknown field `medain`.")).toHaveCount(0);

  await page.getByRole("button", { name: "Group", exact: true }).click();
  await page
    .getByRole("region", { name: "Group by" })
    .getByRole("button", { name: /^Preset/ })
    .click();
  await expect(page).toHaveURL(/group=preset/);
  const group = page.getByRole("button", { expanded: false }).filter({ has: page.locator("b") });
  await expect(link).toHaveCount(0);
  await group.first().click();
  await expect(link).toBeVisible();

  await page.goBack();
  await expect(page).not.toHaveURL(/group=/);
  await expect(page.getByText("Sorted by")).toBeVisible();
  await link.focus();
  await page.keyboard.press("x");
  await expect(page.getByRole("checkbox", { name: `Select ${key}` })).toBeChecked();
  const bar = page.getByRole("toolbar", { name: "Selected runs" });
  await expect(bar).toContainText("1 selected");
  // Among groups, its row is out of sight: it counts only once it is included.
  await page
    .getByRole("region", { name: "Group by" })
    .getByRole("button", { name: /^Preset/ })
    .click();
  await expect(bar).toContainText("None selected");
  await expect(bar).toContainText("1 run no longer in the table");
  await expect(bar.getByRole("button", { name: /^Trash/ })).toHaveCount(0);
  await bar.getByRole("button", { name: "Include it" }).click();
  await expect(bar).toContainText("1 selected with 1 run not in the table");
  await page.goBack();
  await expect(page.getByText("Sorted by")).toBeVisible();
  await expect(bar.getByRole("status")).toHaveText("1 selected");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(new RegExp(`/compare\\?runs=${key.slice("RUN-".length)}$`));
  await expect(page.getByRole("heading", { name: "Compare runs" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Images by class and run" }).getByRole("link").first()).toBeVisible();
  await page.goBack();
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/runs/${key}$`));
});
