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
  const [latest = "", second = ""] = runs;
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
  await expect(owner.getByText("figure 4", { exact: true })).toBeVisible();
  await expect(owner.getByText("wrong", { exact: true })).toHaveCount(0);

  // The draft survives a reload, and Escape, which leaves the editor.
  await ada.getByRole("button", { name: "Add notes" }).click();
  await ada.keyboard.type("# Result\n\n**Every** class <img src=x onerror=alert(1)>");
  await ada.reload();
  await expect(ada.getByText("Restored your unsent text")).toBeVisible();
  await ada.getByRole("textbox", { name: `Notes of ${latest}` }).focus();
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Continue the draft" }).click();
  await ada.keyboard.press("Control+Enter");
  for (const page of [ada, owner]) {
    await expect(page.getByRole("heading", { level: 3, name: "Result" })).toBeVisible();
    await expect(page.getByText("Every class <img src=x onerror=alert(1)>")).toBeVisible();
  }

  // Both edit the notes: the draft replaces the other text only on request, and taking that back keeps what was saved since.
  for (const page of [ada, owner]) {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.keyboard.press("Control+a");
  }
  await owner.keyboard.type("By the owner");
  await ada.keyboard.type("By Ada");
  await ada.keyboard.press("Control+Enter");
  await expect(owner.getByRole("alert").filter({ hasText: "These notes have changed since you started." })).toBeVisible();
  await expect(owner.getByRole("textbox", { name: `Notes of ${latest}` })).toHaveValue("By the owner");
  await expect(owner.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await owner.getByRole("button", { name: "Replace them with my draft" }).click();
  for (const page of [ada, owner]) await expect(page.getByRole("region", { name: "Notes" }).getByText("By the owner")).toBeVisible();
  await ada.keyboard.press("Control+z");
  const notesConflict = ada.getByRole("dialog", { name: `The text of the notes of ${latest} has changed` });
  await expect(notesConflict).toContainText("owner-1 changed it");
  await notesConflict.getByRole("button", { name: "Keep what is stored" }).click();
  for (const page of [ada, owner]) await expect(page.getByRole("region", { name: "Notes" }).getByText("By the owner")).toBeVisible();

  // So does taking back a new name.
  const rename = async (page: Page, name: string) => {
    await page.getByRole("button", { name: "Rename" }).click();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    for (const each of [ada, owner]) await expect(each.getByRole("heading", { level: 1, name })).toBeVisible();
  };
  await rename(ada, "Named by Ada");
  await rename(owner, "Named by the owner");
  await ada.keyboard.press("Control+z");
  await ada
    .getByRole("dialog", { name: `The name of ${latest} has changed` })
    .getByRole("button", { name: "Keep what is stored" })
    .click();
  await owner.keyboard.press("Control+z");
  for (const page of [ada, owner]) await expect(page.getByRole("heading", { level: 1, name: "Named by Ada" })).toBeVisible();

  await owner.getByRole("textbox", { name: `New comment on ${latest}` }).click();
  // @ suggests the members, and a name of no member is pointed out.
  await owner.keyboard.type("Dear @track");
  await expect(owner.getByRole("option", { name: "tracking-ada", selected: true })).toBeVisible();
  await owner.keyboard.press("Enter");
  await owner.keyboard.type(`and @charles, is ${second} the *best*?`);
  await expect(owner.getByText("No member is called @charles, so no one is notified.")).toBeVisible();
  await owner.keyboard.press("Control+Enter");
  const comment = ada.getByRole("listitem").filter({ hasText: `Dear @tracking-ada and @charles, is ${second} the best?` });
  await expect(comment).toContainText("owner-1");
  await expect(comment.getByRole("link", { name: runs[1] ?? "" })).toHaveAttribute("href", `/w/local/runs/${second}`);
  // The mentioned run's page leads back, at once if it is open.
  const other = await ada.context().newPage();
  await other.goto(`/runs/${second}`);
  const mentions = other.getByRole("region", { name: "Mentioned in" });
  await expect(mentions.getByRole("listitem")).toHaveCount(1);
  await expect(mentions).toContainText(`comment by owner-1`);
  await expect(mentions).toContainText(`is ${second} the *best*?`);
  await owner.getByRole("textbox", { name: `New comment on ${latest}` }).fill(`More about ${second}.`);
  await owner.keyboard.press("Control+Enter");
  await expect(mentions.getByRole("listitem").first()).toContainText(`More about ${second}.`);
  await expectAccessibleInBothThemes(other);
  await expectFitsPhone(other);
  await mentions.getByRole("link", { name: latest }).first().click();
  await expect(other.getByRole("heading", { level: 1, name: "Named by Ada" })).toBeVisible();
  await other.close();
  await expectAccessibleInBothThemes(ada);
  await expectFitsPhone(ada);

  // Signing out asks whether to keep the unsent text, and deletes it on request.
  const draftsOf = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("pareidolia.draft")));
  await ada.getByRole("textbox", { name: `New comment on ${latest}` }).fill("Not sent yet");
  expect(await draftsOf(ada)).toHaveLength(1);
  await ada.getByRole("button", { name: /account$/ }).click();
  await ada.getByRole("menuitem", { name: "Sign out" }).click();
  await ada.getByRole("dialog", { name: "Keep your unsent texts?" }).getByRole("button", { name: "Delete them and sign out" }).click();
  await expect(ada).toHaveURL(/\/sign-in/);
  expect(await draftsOf(ada)).toEqual([]);
});
