/** The workspace's own settings: its name, and its owner. */
import { expect } from "@playwright/test";
import { test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";

test("an owner hands the workspace to a member, and may do no more than a researcher", async ({ browser, page, context, system }) => {
  const owner = await system.createMember("sofia", "OWNER");
  const heir = await system.createMember("shafi", "RESEARCHER");
  await system.signIn(context, owner);
  const other = await browser.newContext({ baseURL: system.url });
  await system.signIn(other, heir);
  const heirs = await other.newPage();
  await heirs.goto("/settings/general");
  await expect(heirs.getByRole("heading", { name: "Visibility" })).toBeVisible();
  await expect(heirs.getByRole("heading", { name: "Transfer ownership" })).toHaveCount(0);

  await page.goto("/settings/general");
  await expect(page.getByRole("button", { name: "Transfer" })).toBeDisabled();
  await page.getByLabel("New owner").selectOption("shafi");
  await page.getByRole("button", { name: "Transfer" }).click();
  const dialog = page.getByRole("dialog", { name: "Transfer ownership to shafi" });
  await expect(dialog).toContainText("You can no longer manage members");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Transfer" }).click();
  await dialog.getByRole("button", { name: "Transfer" }).click();

  await expect(page).toHaveURL("/w/local/settings/members");
  await expect(page.getByRole("button", { name: "Invite" })).toHaveCount(0);
  await page.goto("/settings/audit");
  await expect(page.getByText("Only owners can read this page")).toBeVisible();
  await heirs.goto("/settings/general");
  await expect(heirs.getByRole("heading", { name: "Transfer ownership" })).toBeVisible();
  await other.close();
  // The workspace is shared with other tests, where Ada is its only owner.
  await system.connection.membership.deleteMany({ where: { userId: { in: ["sofia", "shafi"] } } });
});
