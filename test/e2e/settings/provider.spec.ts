/** Signing in with an OpenID Connect provider, in a browser that leaves for the provider and returns. */
import { expect, type Page } from "@playwright/test";
import { test } from "../../support/accountsSystem.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask } from "../../support/browser.ts";

const button = (page: Page) => page.getByRole("button", { name: "Sign in with Lab ID" });

test("a person without an invitation is refused; an invited one signs in and returns to the page", async ({ browser, page, system }) => {
  const visitor = await (await browser.newContext({ baseURL: system.url })).newPage();
  system.provider.user = { sub: "7", email: "chien@lab.example", email_verified: true, name: "Chien" };
  await visitor.goto("/sign-in");
  await expectAccessibleInBothThemes(visitor);
  await expectFitsPhone(visitor);
  await button(visitor).click();
  await expect(visitor.getByRole("alert").filter({ hasText: /invit/ })).toBeVisible();

  await page.goto("/");
  await ask(page, "mutation($input: InviteMemberInput!) { inviteMember(input: $input) { __typename } }", {
    input: { email: "chien@lab.example", role: "VIEWER" },
  });
  await visitor.goto("/gallery");
  await expect(visitor).toHaveURL("/sign-in?next=%2Fgallery");
  await button(visitor).focus();
  await visitor.keyboard.press("Enter");
  // The provider's account is new here, so it joins by the invitation.
  await expect(visitor.getByRole("heading", { level: 1, name: "You belong to no workspace" })).toBeVisible();
  await visitor.getByRole("button", { name: "Join Local workspace" }).click();
  await expect(visitor.getByRole("button", { name: "Chien account" })).toBeVisible();
  await visitor.context().close();
});
