/** The page of reports, while the API answers and while it does not. */
import { expect } from "@playwright/test";
import { answerBy, test, withhold } from "../support/browser.ts";

test("what was told of reports stays when they cannot be asked for anew", async ({ page }) => {
  const pageInfo = { __typename: "PageInfo", hasNextPage: false, endCursor: null };
  await answerBy(page, "Reports", () => ({ reports: { __typename: "ReportConnection", nodes: [], pageInfo } }));
  await page.goto("/reports");
  const told = page.getByRole("heading", { name: "No report yet" });
  await expect(told).toBeVisible();
  let asked = 0;
  await withhold(page, "Reports", () => ++asked > 0);
  await page.getByRole("link", { name: /^Models/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.goBack();
  await expect.poll(() => asked).toBeGreaterThan(0);
  await page.waitForTimeout(300);
  await expect(told).toBeVisible();
  await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
});
