/** A tour of an experiment with 200 runs, as a person takes it: find, group, save the view, compare, fork, delete, undo. Alone, because its runs crowd out those of other tests. */
import { expect, type Locator } from "@playwright/test";
import { startRun, test, waitForFinish } from "../support/browser.ts";
import { copyRun } from "../support/manyRuns.ts";

test("finds runs among 200, groups and compares them, forks one, deletes several, and takes it back", { tag: "@alone" }, async ({
  page,
}) => {
  const run = await startRun(page, { name: "Tour", generations: 3, model: "LeNet (MNIST)" });
  await waitForFinish(page, run);
  await copyRun({ runKey: run.key, count: 199, tag: "toured" });
  await page.goto(`/runs/${run.key}`);
  await page.getByRole("navigation", { name: "Path" }).getByRole("link", { name: /^EXP-/ }).click();
  await expect(page.getByText("200 of 200 runs match.")).toBeVisible();

  // Find: by a search with a completion.
  await page.keyboard.press("/");
  await page.keyboard.type("encoding = direct AND tag = tou");
  await expect(page.getByRole("option", { name: /^toured/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("133 of 200 runs match.")).toBeVisible();

  // Group.
  await page.getByRole("button", { name: "Group", exact: true }).click();
  await page
    .getByRole("region", { name: "Group by" })
    .getByRole("button", { name: /^Preset/ })
    .click();
  await page
    .getByRole("toolbar", { name: "View of the table" })
    .getByRole("button", { name: /^Group/ })
    .click();
  const row = (name: string): Locator => page.getByRole("row").filter({ has: page.getByRole("button", { name, exact: true }) });
  await expect(row("fine")).toBeVisible();
  await expect(page.getByText("sorted by number of runs")).toBeVisible();
  const members = await row("fine").getByRole("cell").nth(2).innerText();

  // Keep it as a view, and mark what changes it.
  await page.getByRole("button", { name: "Save view" }).click();
  await page.keyboard.type(`Presets of ${run.key}`);
  await page.keyboard.press("Enter");
  const tab = page.getByRole("group", { name: "View" }).getByRole("button", { name: `Presets of ${run.key}` });
  await expect(tab).toHaveAttribute("aria-pressed", "true");
  await page
    .getByRole("columnheader", { name: /^Median/ })
    .getByRole("button")
    .click();
  await expect(tab).toContainText("changed");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(tab).not.toContainText("changed");
  await expect(page.getByText("sorted by median")).toBeVisible();
  const saved = new URL(page.url()).searchParams.get("view") ?? "";
  await page.goto(`${new URL(page.url()).pathname}?view=${saved}`);
  await expect(page.getByText("sorted by median")).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toContainText("fine");

  // Compare two groups.
  await row("fine").getByRole("checkbox").click();
  await row("coarse").getByRole("checkbox").click();
  await expect(page.getByRole("toolbar", { name: "Selected runs" })).toContainText("in 2 groups");
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { name: "Compare runs" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Compared runs" }).getByRole("listitem").first()).toContainText(`${members} runs`);
  await page.goBack();

  // Fork the run with the results.
  await row("Paper").getByRole("button", { name: "Paper", exact: true }).click();
  await page.getByRole("link", { name: run.key, exact: true }).click();
  await page.getByRole("button", { name: "Fork here" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Fork", exact: true }).click();
  await expect(page.getByText(`Forked from ${run.key} at generation`)).toBeVisible();
  await page.goBack();
  await page.goBack();

  // Delete several by keyboard, and take it back.
  const trashed = page.getByText("3 runs moved to the trash.", { exact: true });
  await row("fine").getByRole("button", { name: "fine", exact: true }).click();
  await expect(page.getByRole("link", { name: /^RUN-/ })).toHaveCount(Number(members));
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("toolbar", { name: "Selected runs" })).toContainText(/^3 selected/);
  await page.keyboard.press("Delete");
  await expect(trashed).toBeVisible();
  await expect(row("fine").getByRole("cell").nth(2)).toHaveText(String(Number(members) - 3));
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByText("3 runs restored", { exact: true })).toBeVisible();
  await expect(row("fine").getByRole("cell").nth(2)).toHaveText(members);
});
