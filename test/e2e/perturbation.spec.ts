/** An attack on a sample photograph, from the form to the difference image; and the forms of every method for anybody. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { expectFitsPhone, expectSoundInBothThemes } from "../support/axe.ts";
import { test } from "../support/browser.ts";

test("an attack on a sample photograph shows source, result and difference, and plots success against the bound", async ({ page }) => {
  await page.goto("/new?method=perturb");
  await page.getByRole("radio", { name: /^Small network \(CIFAR-10\)/ }).check();
  await page.getByRole("radio", { name: /^PGD/ }).check();
  const bounds = page.getByLabel("Bounds in pixel values, of 255");
  await bounds.fill("1 two");
  await expect(page.getByRole("alert").filter({ hasText: "numbers above 0" })).toHaveCount(1);
  await bounds.fill("0.5 2 8");
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose a picture to begin from." })).toHaveCount(1);
  await page.getByRole("radio", { name: "bird" }).check({ force: true });
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  await expect(page.getByRole("img", { name: /^The source, taken for/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^The perturbed image, taken for/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^The difference, enlarged \d+ times/ })).toBeVisible();
  const results = page.getByRole("button", { name: /^Show the result/ });
  await expect(results).toHaveCount(3);
  await expect(page.getByRole("complementary", { name: "The run" })).toContainText("3 / 3attacks");
  await results.last().click();
  await expect(page).toHaveURL(/result=/);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Show the result within 8/ })).toHaveAttribute("aria-pressed", "true");

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const [header, ...rows] = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(header).toMatch(/^bound,success,linf,l2/);
  expect(rows.map((row) => Number(row.split(",")[0]))).toEqual([0.5, 2, 8]);
  for (const row of rows) expect(Number(row.split(",")[2])).toBeLessThanOrEqual(Number(row.split(",")[0]));
  // Stored bytes differ by whole grey levels: within half of one nothing changes, and no label with it.
  expect(rows[0]).toMatch(/^0\.5,no,0,0,0,/);

  await expectSoundInBothThemes(page);
  await expectFitsPhone(page);
});

for (const method of ["evolve", "ascend", "perturb", "retrain"])
  test(`the form that starts by "${method}" has no serious violation in either theme and fits a phone`, async ({ page }) => {
    await page.goto(`/new?method=${method}`);
    await expect(page.getByRole("button", { name: /^Start/ })).toBeEnabled();
    await expectSoundInBothThemes(page);
    await expectFitsPhone(page);
  });
