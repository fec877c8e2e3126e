/** Two members of a workspace tag, annotate and discuss the same runs in two browsers at once. */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { test } from "../../support/browser.ts";
import { join, openOwner, startRunsOf } from "../../support/browserAccounts.ts";

test("two members tag runs by keyboard, take it back, write notes in Markdown, and see each other's comments at once", async ({
  browser,
}) => {
  const owner = await openOwner(browser);
  const { experiment, runs } = await startRunsOf(owner, "Tagged together", 3);
  const [latest = ""] = runs;
  const ada = await join(browser, owner, "tracking-ada");
  await ada.goto(`/experiments/${experiment}`);
  await owner.goto(`/experiments/${experiment}`);
  const row = (page: Page, key: string) => page.getByRole("row").filter({ has: page.getByRole("checkbox", { name: `Select ${key}` }) });

  // All three, by keyboard: one row, a range, and a tag that does not exist yet.
  await ada.getByRole("checkbox", { name: `Select ${latest}` }).focus();
  await ada.keyboard.press("x");
  await ada.getByRole("checkbox", { name: `Select ${runs[2]}` }).focus();
  await ada.keyboard.press("Shift+X");
  const bar = ada.getByRole("toolbar", { name: "Selected runs" });
  await expect(bar.getByRole("status")).toHaveText(/^3 selected/);
  await ada.keyboard.press("t");
  await expect(bar.getByRole("combobox", { name: "Tags" })).toBeFocused();
  await ada.keyboard.type("Paper");
  await ada.keyboard.press("Enter");
  for (const key of runs) await expect(row(ada, key).getByText("paper", { exact: true })).toBeVisible();
  // The other browser shows them without being touched.
  for (const key of runs) await expect(row(owner, key).getByText("paper", { exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(ada);
  await expectFitsPhone(ada);
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Undo" }).first().click();
  for (const page of [ada, owner]) await expect(row(page, latest).getByText("paper", { exact: true })).toHaveCount(0);
  await ada.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);

  await ada.goto(`/runs/${latest}`);
  await owner.goto(`/runs/${latest}`);
  await ada.getByRole("button", { name: "Add a tag" }).click();
  await ada.keyboard.type("figure 4");
  await ada.keyboard.press("Enter");
  await ada.keyboard.type("wrong");
  await ada.keyboard.press("Enter");
  await ada.keyboard.press("Backspace");
  await ada.keyboard.press("Escape");
  await ada.keyboard.press("Escape");
  await expect(owner.getByText("figure 4", { exact: true })).toBeVisible();
  await expect(owner.getByText("wrong", { exact: true })).toHaveCount(0);

  // Escape leaves the editor, and the draft stays.
  await ada.getByRole("button", { name: "Add notes" }).click();
  await ada.keyboard.type("# Result\n\n**Every** class <img src=x onerror=alert(1)>");
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Continue the draft" }).click();
  await ada.keyboard.press("Control+Enter");
  for (const page of [ada, owner]) {
    await expect(page.getByRole("heading", { level: 3, name: "Result" })).toBeVisible();
    await expect(page.getByText("Every class <img src=x onerror=alert(1)>")).toBeVisible();
  }

  await owner.getByRole("textbox", { name: `New comment on ${latest}` }).click();
  await owner.keyboard.type("Which seed is the *best*?");
  await owner.keyboard.press("Control+Enter");
  await expect(ada.getByRole("listitem").filter({ hasText: "Which seed is the best?" })).toContainText("owner-1");
  await expectAccessibleInBothThemes(ada);
  await expectFitsPhone(ada);
});
