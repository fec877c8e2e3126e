/** The outbox on the settings page: what was written to whom, and sending again what did not arrive. */
import { expect, type Page } from "@playwright/test";
import { test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask } from "../../support/browser.ts";

const rowOf = (page: Page, email: string) => page.getByRole("row").filter({ hasText: email });

async function invite(page: Page, email: string): Promise<void> {
  await ask(page, "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { __typename } }", {
    input: { email, role: "VIEWER" },
  });
}

test("an invitation's e-mail appears with its text, which opens by keyboard", async ({ page }) => {
  await invite(page, "rosalind@lab.example");
  await page.goto("/settings/email");
  const subject = rowOf(page, "rosalind@lab.example").getByRole("button", { name: /invites you/ });
  await subject.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Open this link within 7 days/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy text" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("an e-mail that failed says why, and is sent again", async ({ page, system }) => {
  await invite(page, "lise@lab.example");
  await system.connection.email.updateMany({
    where: { to: "lise@lab.example" },
    data: { nextAttemptAt: null, failure: "The mail server refused the address.", attempts: 5 },
  });
  await page.goto("/settings/email");
  const row = rowOf(page, "lise@lab.example");
  await expect(row).toContainText("FAILED");
  await row.getByRole("button", { name: /invites you/ }).click();
  await expect(page.getByText("The last attempt failed: The mail server refused the address.")).toBeVisible();
  await row.getByRole("button", { name: "Send again to lise@lab.example" }).click();
  await expect(page.getByText("The e-mail to lise@lab.example is sent again.")).toBeVisible();
  await expect(row).toContainText("WAITING");
});
