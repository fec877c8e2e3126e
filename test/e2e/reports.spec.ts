/** Reports: the list with and without a working API, and one report with its figures. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { failOperation, mockOperation, test } from "../support/browser.ts";

test("the list of reports stays when it cannot be reloaded", async ({ page }) => {
  const pageInfo = { __typename: "PageInfo", hasNextPage: false, endCursor: null };
  await mockOperation(page, "Reports", () => ({ reports: { __typename: "ReportConnection", nodes: [], pageInfo } }));
  await page.goto("/reports");
  const emptyList = page.getByRole("heading", { name: "No report yet" });
  await expect(emptyList).toBeVisible();
  let reloads = 0;
  await failOperation(page, "Reports", () => ++reloads > 0);
  await page.getByRole("link", { name: /^Models/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.goBack();
  await expect.poll(() => reloads).toBeGreaterThan(0);
  await page.waitForTimeout(300);
  await expect(emptyList).toBeVisible();
  await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
});

test("a report shows its figures, charts and measurements as part of the page, without an iframe", async ({ page }) => {
  await page.goto("/reports");
  await page.getByRole("listitem").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 2, name: "Experiments" })).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  const claim = page.getByRole("listitem").filter({ hasText: "Directly encoded images of noise" }).first();
  await claim.locator("summary").click();
  const figures = claim.getByRole("region", { name: /^Figures of R1/ });
  await expect(figures.getByRole("row").nth(1)).toContainText(/mnist-direct\.lenet\.paper\.(claim-)?median@/);
  await expect(figures.getByRole("row").nth(1)).toContainText("holds");
  const experiment = page.locator("#experiment-mnist-direct");
  await experiment.locator("summary").first().click();
  await expect(
    experiment.getByRole("img", { name: /^Median confidence by generation, mnist-direct: median confidence by generation/ }),
  ).toBeVisible();
  await experiment.getByText(/^All \d+ measurements$/).click();
  await expect(experiment.getByRole("region", { name: "Measurements of mnist-direct" }).getByRole("row")).not.toHaveCount(0);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});
