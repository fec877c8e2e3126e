/** Addresses of things that are not there say so and offer a way on. */
import { expect } from "@playwright/test";
import { test } from "../support/browser.ts";

test.describe("an address that is no elite's", () => {
  // The API refuses a malformed id with status 400, which the browser notes in its console.
  test.use({ allowedErrors: [/400/] });
  for (const id of ["nonsense", "%F0%9F%92%A9", "RWxpdGU6MA", "a".repeat(300)])
    test(`an elite called "${id.slice(0, 20)}" does not exist`, async ({ page }) => {
      await page.goto(`/elites/${id}`);
      await expect(page.getByRole("heading", { name: "There is no such elite" })).toBeVisible();
      await expect(page.getByRole("link", { name: "Open the gallery" })).toBeVisible();
    });
});

for (const key of ["RUN-999999", "nonsense", "RUN-0"])
  test(`a run called "${key}" does not exist`, async ({ page }) => {
    await page.goto(`/runs/${key}`);
    await expect(page.getByRole("heading", { name: `There is no ${key}` })).toBeVisible();
  });

test("an experiment that does not exist says so", async ({ page }) => {
  await page.goto("/experiments/EXP-999999");
  await expect(page.getByRole("heading", { name: /There is no EXP-999999/ })).toBeVisible();
});

test.describe("a path that no page has", () => {
  test.use({ allowedErrors: [/404/] });
  test("is answered 404 with a page", async ({ page }) => {
    const response = await page.goto("/no/such/page");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading").first()).toBeVisible();
  });
});
