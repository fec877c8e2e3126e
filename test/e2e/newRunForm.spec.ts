/** The new-run form keeps everything typed in its address, and finds a model among many. */
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { test } from "../support/browser.ts";
import { estimateOn } from "../support/pageParts.ts";

const method = (page: Page, name: string) => page.getByRole("group", { name: "Method" }).getByText(name, { exact: true }).click();

test("a run has a name and a seed of its own, whatever the method, and its list shows the name beside method and network", async ({
  page,
}) => {
  const seed = page.getByLabel("Seed");
  await page.goto("/new");
  await expect(seed).toHaveValue(/^\d+$/);
  const first = await seed.inputValue();
  await page.getByLabel("Name", { exact: true }).fill("Short and named");
  await method(page, "Ascend");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Short and named");
  await expect(seed).toHaveValue(first);
  await method(page, "Evolve");
  await page.getByLabel("Generations").fill("1");
  await page.getByLabel("Offspring").fill("4");
  await page.getByRole("button", { name: "Start run" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Short and named" })).toBeVisible();

  await page.goto(`/runs?search=${encodeURIComponent('name = "Short and named"')}`);
  await expect(page.getByRole("row", { name: /Short and named.*CPPN, LeNet \(MNIST\), seed/ })).toBeVisible();
  // The name has room beside the usual columns.
  await page.setViewportSize({ width: 1280, height: 800 });
  const name = page.getByTitle("Short and named");
  expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await expectFitsPhone(page);
  await page.goto("/new");
  await expect(seed).toHaveValue(/^\d+$/);
  expect(await seed.inputValue()).not.toBe(first);
});

test("the form's values survive a reload, a change of method and Back", async ({ page }) => {
  await page.goto("/new");
  await page.getByRole("group", { name: "Model" }).getByText("LeNet B").click();
  await page.getByRole("radio", { name: /^Direct/ }).check();
  await page.getByLabel("Seed").fill("77");
  await page.getByLabel("Generations").fill("41");
  await page.getByText("Expert parameters").click();
  const rate = page.getByLabel("Mutation rate", { exact: true });
  await rate.fill("");
  // Key by key: a decimal point in between must not be lost.
  await rate.pressSequentially("0.25");
  await expect(rate).toHaveValue("0.25");

  await page.reload();
  const expectEvolve = async () => {
    await expect(page.getByRole("radio", { name: /^LeNet B/ })).toBeChecked();
    await expect(page.getByRole("radio", { name: /^Direct/ })).toBeChecked();
    await expect(page.getByLabel("Generations")).toHaveValue("41");
    await page.getByText("Expert parameters").click();
    await expect(rate).toHaveValue("0.25");
  };
  await expectEvolve();
  await expect(page.getByLabel("Seed")).toHaveValue("77");

  await method(page, "Ascend");
  await expect(page.getByRole("radio", { name: /^LeNet B/ })).toBeChecked();
  await expect(page.getByLabel("Seed")).toHaveValue("77");
  await page.getByLabel("Starts per class").fill("3");
  await page.getByRole("button", { name: "None" }).click();
  await page.getByLabel("4", { exact: true }).check({ force: true });
  await method(page, "Perturb");
  await page.getByRole("radio", { name: /^FGSM/ }).check();
  await page.getByLabel(/^Bounds in grey levels/).fill("3 5");
  await page.getByRole("radio", { name: "bird" }).check({ force: true });
  await page.getByLabel("Seed").fill("78");

  await method(page, "Evolve");
  await expectEvolve();
  await expect(page.getByLabel("Seed")).toHaveValue("78");

  await method(page, "Perturb");
  await page.reload();
  await expect(page.getByRole("radio", { name: /^FGSM/ })).toBeChecked();
  await expect(page.getByLabel(/^Bounds in grey levels/)).toHaveValue("3 5");
  await expect(page.getByRole("radio", { name: /bird/ }).first()).toBeChecked();

  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Models/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel(/^Bounds in grey levels/)).toHaveValue("3 5");
  await method(page, "Ascend");
  await expect(page.getByLabel("Starts per class")).toHaveValue("3");
  await expect(page.getByText("1 chosen")).toBeVisible();
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
});

test("a model is found by search and keyboard, in groups, and the form stays accessible", async ({ page }) => {
  await page.goto("/new");
  const models = page.getByRole("group", { name: "Model" });
  const search = page.getByLabel("Search models");
  await search.focus();
  await page.keyboard.type("mobilenet 0.25");
  await expect(models.getByRole("radio")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(models.getByRole("radio", { name: /^MobileNet v1 0\.25/ })).toBeChecked();
  await expect(page).toHaveURL(/\/new\?.*model=mobilenet/);
  await search.fill("unicorn");
  await expect(models.getByRole("status")).toContainText("No model matches “unicorn”. MobileNet v1 0.25");
  await search.fill("");
  await expect(models.getByRole("group", { name: "10 classes" })).toBeVisible();
  await expect(models.getByRole("group", { name: /^1,00\d classes/ }).first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("an invalid seed reports no problem with generations, and the estimate stays", async ({ page }) => {
  await page.goto("/new?seed=abc");
  const estimate = estimateOn(page);
  await expect(estimate).toContainText("40,200");
  await expect(estimate).not.toContainText("generations");
});
