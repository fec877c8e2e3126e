/** The API reference: search, deep links and its way to GraphiQL, in both themes and on a phone. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";

// The browser reports the type that does not exist.
test.use({ allowedErrors: [/Failed to load resource: .*404/] });

test("the API reference is searched, and a field has an address of its own", async ({ page }) => {
  await page.goto("/api-reference");
  await expect(page.getByRole("heading", { level: 2, name: "Mutation" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.keyboard.press("/");
  await page.getByRole("searchbox", { name: "Search the API" }).fill("Query.node(id)");
  await expect(page).toHaveURL(/\?q=Query\.node/);
  await page.getByRole("link", { name: "Query.node(id)" }).click();
  await expect(page).toHaveURL(/\/api-reference\/Query#node\.id$/);
  await expect(page.locator(":target")).toContainText("ID!");
  await page.goto("/api-reference/ErrorCode");
  await expect(page.getByText("The workspace has reached one of its quotas.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.goto("/api-reference/Nothing");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/not|no page/i);
});
