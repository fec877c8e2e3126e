/** A retraining chain, from the form to its page, with the smallest useful settings. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";

const smallest = { Generations: "2", Offspring: "20", Runs: "1", "Fooling share": "0.2", Epochs: "1", "Training images": "320" };

test("a chain started from the form trains its second network and shows the test error and median of each network", async ({ page }) => {
  await page.goto("/new?method=retrain");
  await page.getByRole("radio", { name: /^MNIST/ }).check();
  await page.getByRole("radio", { name: /^Small network \(MNIST\)/ }).check();
  await page.getByRole("radio", { name: /^Quick/ }).check();
  await page.getByLabel("Name", { exact: true }).fill("Two networks");
  await page.getByLabel("Retrainings").fill("0");
  await expect(page.getByRole("alert").filter({ hasText: "A whole number from 1 to 15." })).toHaveCount(1);
  await page.getByLabel("Retrainings").fill("1");
  await page.getByText("Expert parameters").click();
  for (const [label, value] of Object.entries(smallest)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: /^Start chain/ }).click();

  await expect(page).toHaveURL(/\/chains\//);
  await expect(page.getByRole("heading", { level: 1, name: "Two networks" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "FINISHED" })).toBeVisible({ timeout: 150_000 });
  const networks = page.getByRole("list", { name: "Networks of the chain" }).getByRole("listitem");
  await expect(networks).toHaveCount(2);
  for (const [at, network] of (await networks.all()).entries()) {
    await expect(network.getByRole("heading", { level: 2 })).toHaveText(`DNN${at + 1} finished`);
    await expect(network.getByRole("img").first()).toBeVisible();
    const valueOf = async (term: string) => network.locator(`dt:text-is("${term}") + dd`).innerText();
    expect(await valueOf("Test error")).toMatch(/^\d+\.\d\d%$/);
    expect(await valueOf("Median of fresh evolution")).toMatch(/\d/);
  }
  await expect(page.getByRole("img", { name: /^Median confidence of fresh evolution by network\. DNN 1: .*; DNN 2: / })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await page.goto("/new");
  const retrained = page.getByRole("group", { name: "Model" }).locator("details").filter({ hasText: "Two networks" }).first();
  await expect(retrained.getByRole("radio")).toHaveCount(0);
  await retrained.locator("summary").click();
  await expect(retrained.getByRole("radio")).toHaveCount(1);

  await page.goto("/chains");
  await page.getByRole("link", { name: "Two networks" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Two networks" })).toBeVisible();
});
