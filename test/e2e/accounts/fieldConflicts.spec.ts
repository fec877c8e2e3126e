/** Two people change the same things in two browsers: nothing of a colleague is replaced unseen, and what one locks or takes away shows at once. */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, test } from "../../support/browser.ts";
import { join, openOwner, startRunsOf } from "../../support/browserAccounts.ts";

const conflictOf = (page: Page, what: string) => page.getByRole("dialog", { name: `${what} has changed` });

test("two people with the same title open see both names, and Undo asks before it replaces a colleague's", async ({ browser }) => {
  const owner = await openOwner(browser);
  const { runs } = await startRunsOf(owner, "Named by two", 1);
  const [run = ""] = runs;
  const ada = await join(browser, owner, "conflict-ada");
  for (const page of [ada, owner]) {
    await page.goto(`/runs/${run}`);
    await page.getByRole("button", { name: "Rename" }).click();
  }
  const field = (page: Page) => page.getByRole("textbox", { name: `Name of ${run}` });
  await field(ada).fill("Of Ada");
  await field(owner).fill("Of the owner");
  await field(ada).press("Enter");
  // The title shows the name before it is stored, and the message after.
  await expect(ada.getByText(`${run} renamed.`)).toBeVisible();
  await expect(ada.getByRole("heading", { level: 1, name: "Of Ada" })).toBeVisible();
  await field(owner).press("Enter");
  const dialog = conflictOf(owner, `The name of ${run}`);
  await expect(dialog).toContainText("conflict-ada changed it");
  await expect(dialog.getByRole("definition")).toHaveText(["Of Ada", "Of the owner"]);
  await expectAccessibleInBothThemes(owner);
  await expectFitsPhone(owner);
  // Closing the question changes nothing.
  await owner.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  for (const page of [ada, owner]) await expect(page.getByRole("heading", { level: 1, name: "Of Ada" })).toBeVisible();

  // The owner renames it, and Ada takes her own change back: a dialog shows both, and she replaces it on purpose.
  await owner.getByRole("button", { name: "Rename" }).click();
  await field(owner).fill("Of the owner");
  await field(owner).press("Enter");
  for (const page of [ada, owner]) await expect(page.getByRole("heading", { level: 1, name: "Of the owner" })).toBeVisible();
  await ada.getByRole("button", { name: "Undo" }).first().click();
  await expect(conflictOf(ada, `The name of ${run}`)).toContainText("Of the owner");
  await expect(owner.getByRole("heading", { level: 1, name: "Of the owner" })).toBeVisible();
  await conflictOf(ada, `The name of ${run}`).getByRole("button", { name: "Replace it with yours" }).click();
  for (const page of [ada, owner]) await expect(page.getByRole("heading", { level: 1, name: "Of the owner" })).toHaveCount(0);
});

test("a lock turns the other's open page to reading at once, and its end turns it back", async ({ browser }) => {
  const owner = await openOwner(browser);
  const { experiment, runs } = await startRunsOf(owner, "Locked while open", 1);
  const [run = ""] = runs;
  const ada = await join(browser, owner, "lock-ada");
  for (const page of [ada, owner]) await page.goto(`/runs/${run}`);
  await expect(ada.getByRole("button", { name: "Rename" })).toBeVisible();
  await expect(ada.getByRole("button", { name: "Add notes" })).toBeVisible();
  await owner.getByRole("button", { name: "Lock", exact: true }).click();
  for (const page of [ada, owner]) {
    await expect(page.getByRole("button", { name: "Rename" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Add notes" })).toHaveCount(0);
  }
  await owner.getByRole("button", { name: "Unlock" }).click();
  for (const page of [ada, owner]) await expect(page.getByRole("button", { name: "Rename" })).toBeVisible();

  // The lock of the experiment counts for its runs.
  const lock = (name: "lockExperiment" | "unlockExperiment") =>
    ask(owner, `mutation($input: LockExperimentInput!) { ${name}(input: $input) { __typename } }`, { input: { experimentId: experiment } });
  await lock("lockExperiment");
  for (const page of [ada, owner]) await expect(page.getByRole("button", { name: "Rename" })).toHaveCount(0);
  await lock("unlockExperiment");
  for (const page of [ada, owner]) await expect(page.getByRole("button", { name: "Rename" })).toBeVisible();
});

async function suspend(owner: Page, name: string): Promise<void> {
  await owner.goto("/settings/members");
  await owner.getByRole("button", { name: `Actions for ${name}` }).click();
  await owner.getByRole("menuitem", { name: /^Suspend/ }).click();
  await owner
    .getByRole("dialog", { name: `Suspend ${name}` })
    .getByRole("button", { name: "Suspend" })
    .click();
}

/** Later files compare what the members' page offers. */
async function restore(owner: Page, name: string): Promise<void> {
  await owner.getByRole("button", { name: `Actions for ${name}` }).click();
  await owner.getByRole("menuitem", { name: "Restore access" }).click();
  await expect(owner.getByRole("row").filter({ hasText: name })).not.toContainText("SUSPENDED");
}

test.describe("with another workspace", () => {
  // The browser reports the page that is not found.
  test.use({ allowedErrors: [/Failed to load resource: .*404/] });

  test("a member of two workspaces who is suspended in one is told so there, keeps the other, and is led back", async ({ browser }) => {
    const owner = await openOwner(browser);
    const ben = await join(browser, owner, "suspended-ben");
    const create = 'mutation { createWorkspace(input: { name: "Ben\'s own" }) { ... on WorkspaceSuccess { membership { slug } } } }';
    const { createWorkspace } = await ask<{ createWorkspace: { membership: { slug: string } } }>(ben, create, {});
    await ben.goto("/w/local/experiments");
    await expect(ben.getByRole("heading", { level: 1 })).toHaveText("Experiments");
    await suspend(owner, "suspended-ben");
    await expect(ben.getByRole("heading", { level: 1 })).toHaveText("You are suspended");
    await expect(ben).toHaveURL(/\/w\/local\/experiments$/);
    await expect(ben.getByText(/An owner of .* suspended you/)).toHaveCount(1);
    const other = await ben.context().newPage();
    await other.goto("/w/local/experiments");
    await other.getByRole("link", { name: "Ben's own" }).click();
    await expect(other).toHaveURL(new RegExp(`/w/${createWorkspace.membership.slug}$`));
    await restore(owner, "suspended-ben");
    await expect(ben.getByRole("heading", { level: 1 })).toHaveText("Experiments", { timeout: 40_000 });
  });
});

test("a suspended member's open page says so at once", async ({ browser }) => {
  const owner = await openOwner(browser);
  const ada = await join(browser, owner, "suspended-ada");
  await ada.goto("/experiments");
  await suspend(owner, "suspended-ada");
  await expect(ada.getByRole("heading", { level: 1 })).toHaveText("You are suspended");
  await expect(ada.getByText(/An owner of .* suspended you/)).toBeVisible();
  await restore(owner, "suspended-ada");
});
