/** The list of experiments: archiving and its undo, views and search in the URL, and a missing key. */
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { createExperiment, test } from "../support/browser.ts";

/** Keeps a repeated test from finding its earlier experiments. */
const mark = randomUUID().slice(0, 8);

const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

test("archiving removes an experiment from the list, and Undo in the toast restores it", async ({ page }) => {
  const name = `Archived by mistake ${mark}`;
  const { key } = await createExperiment(page, name);
  await page.goto("/experiments");
  await row(page, name)
    .getByRole("button", { name: `Archive: ${key}` })
    .click();
  await expect(page.getByText(`${key} is archived`)).toBeVisible();
  await expect(row(page, name)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, name)).toBeVisible();

  await page.getByRole("button", { name: "Archived", exact: true }).click();
  await expect(page).toHaveURL(/view=archived/);
  await expect(row(page, name)).toHaveCount(0);
});

test("an archived experiment is listed under Archived after a reload, and can be restored on its own page", async ({ page }) => {
  const name = `Archived on purpose ${mark}`;
  const { key } = await createExperiment(page, name);
  await page.goto(`/experiments/${key}`);
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(page.getByText(`${key} is archived`)).toBeVisible();
  await page.goto("/experiments?view=archived");
  await expect(row(page, name)).toBeVisible();
  await row(page, name).getByRole("link", { name }).click();
  await expect(page).toHaveURL(new RegExp(`/experiments/${key}$`));
  await page.getByRole("button", { name: "Unarchive", exact: true }).click();
  await expect(page.getByRole("button", { name: "Archive", exact: true })).toBeVisible();
  await page.goto(`/experiments?q=${encodeURIComponent(name)}`);
  await expect(row(page, name)).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Filter experiments by key or name" })).toHaveValue(name);
});

test("a missing key and an invalid view show a message", async ({ page }) => {
  await page.goto("/experiments/EXP-99999");
  await expect(page.getByRole("heading", { name: "There is no EXP-99999" })).toBeVisible();
  await page.goto("/experiments?view=sideways&q=%F0%9F%A6%93");
  await expect(page.getByText("No matching experiments")).toBeVisible();
});

test.describe("when the API does not answer", () => {
  // The browser logs failed requests to its console.
  test.use({ allowedErrors: [/Failed to load resource/] });

  test("an open page says so, keeps what it shows, and recovers by itself", async ({ page }) => {
    const name = `Seen before the outage ${mark}`;
    await createExperiment(page, name);
    await page.goto("/experiments");
    await expect(row(page, name)).toBeVisible();
    await page.route("**/graphql", (route) => route.abort());
    await expect(page.getByText("The API does not answer.")).toBeVisible();
    await expect(row(page, name)).toBeVisible();
    await page.unroute("**/graphql");
    await expect(page.getByText("The API does not answer.")).toHaveCount(0);
  });

  test("an experiment opened during the outage appears when the API is back", async ({ page }) => {
    const { key } = await createExperiment(page, "Opened during the outage");
    await page.route("**/graphql", (route) => route.abort());
    await page.goto(`/experiments/${key}`);
    await expect(page.getByText("The API does not answer.")).toBeVisible();
    await page.unroute("**/graphql");
    await expect(page.getByRole("heading", { name: "Opened during the outage" })).toBeVisible();
  });
});
