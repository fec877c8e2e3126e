/** An attack on a sample photograph, from the form to the difference image; and the accessibility of every method's form. */
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import sharp from "sharp";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { createGate, failOperation, test } from "../support/browser.ts";
import { changeSentenceOn, estimateOn } from "../support/pageParts.ts";

test("an attack on a sample photograph shows source, result and difference, and plots success against the bound", async ({ page }) => {
  await page.goto("/new?method=perturb");
  await page.getByRole("radio", { name: /^Small network \(CIFAR-10\)/ }).check();
  await page.getByRole("radio", { name: /^PGD/ }).check();
  const bounds = page.getByLabel(/^Bounds in grey levels/);
  await bounds.fill("1 two");
  await expect(page.getByRole("alert").filter({ hasText: "numbers from 1 to 100,000" })).toHaveCount(1);
  await bounds.fill("1 2 8");
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose a source image." })).toHaveCount(1);
  await page.getByRole("radio", { name: "bird" }).check({ force: true });
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+/);
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });

  await expect(page.getByRole("img", { name: /^The source, classified as/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^The perturbed image, classified as/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^The difference, amplified \d+ times/ })).toBeVisible();
  const results = page.getByRole("button", { name: /^Show (the )?result/ });
  await expect(results).toHaveCount(3);
  await expect(page.getByRole("complementary", { name: "The run" })).toContainText("3 / 3attacks");
  await results.last().click();
  await expect(page).toHaveURL(/result=/);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Show the result within 8/ })).toHaveAttribute("aria-pressed", "true");

  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const [header, ...rows] = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(header).toMatch(/^bound,success,linf,l2/);
  expect(rows.map((row) => Number(row.split(",")[0]))).toEqual([1, 2, 8]);
  for (const row of rows) expect(Number(row.split(",")[2])).toBeLessThanOrEqual(Number(row.split(",")[0]));

  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("the form's bounds are in the attack's norm, with defaults for norm and network, and bounds that are too small are explained", async ({
  page,
}) => {
  await page.goto("/new?method=perturb");
  const bounds = page.getByLabel(/^Bounds in grey levels/);
  await page.getByRole("radio", { name: /^LeNet \(MNIST\)/ }).check();
  await page.getByRole("radio", { name: /^FGSM/ }).check();
  await expect(bounds).toHaveValue("8 16 32 48 64");
  await page.getByRole("radio", { name: /^Small network \(CIFAR-10\)/ }).check();
  await expect(bounds).toHaveValue("1 2 4 8 16");
  await expect(page.getByText("each bound limits the change of any one value, in grey levels of 255")).toBeVisible();
  await bounds.fill("0.5 2");
  const problem = page
    .getByRole("alert")
    .filter({ hasText: "A stored image has whole grey levels, so it cannot change by less than 1. Set bounds of 1 or more." });
  await expect(problem).toHaveCount(1);

  await page.getByRole("radio", { name: /^PGD/ }).check();
  await page.getByRole("radio", { name: /^Faint, L2/ }).check();
  await expect(problem).toHaveCount(0);
  await expect(bounds).toHaveValue("10 20 40 80 160");
  await expect(page.getByText("each bound limits the length of the whole change, in grey levels")).toBeVisible();
  await page.getByRole("radio", { name: /^LeNet \(MNIST\)/ }).check();
  await expect(bounds).toHaveValue("200 400 600 800 1000");
  await page.getByText("Expert parameters").click();
  await page.getByLabel("Norm").selectOption("linf");
  await expect(bounds).toHaveValue("0.5 2");

  await page.getByRole("radio", { name: /^Carlini-Wagner/ }).check();
  await expect(bounds).toHaveCount(0);
  await expect(page.getByText("minimises the length of the whole change (L2)")).toBeVisible();
});

test("L2 bounds are described and plotted as lengths, and an attack without bounds shows from which length it succeeds", async ({
  page,
}) => {
  const network = page.getByRole("radio", { name: /^Small network \(CIFAR-10\)/ });
  await page.goto("/new?method=perturb");
  await network.check();
  await page.getByRole("radio", { name: /^PGD/ }).check();
  await page.getByRole("radio", { name: /^Faint, L2/ }).check();
  await page.getByRole("radio", { name: "bird" }).check({ force: true });
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  await expect(changeSentenceOn(page)).toContainText(
    /became \w+ within a length of \d+ grey levels: the change is [\d.]+ grey levels long/,
  );
  await expect(changeSentenceOn(page)).not.toContainText("of 255");
  const chart = page.getByRole("img", { name: /^Confidence in any class but \w+ against the bound: [1-5] of 5 bounds succeed/ });
  await expect(chart).toContainText(/confidence in any class but \w+.*bound on the length \(L2\), grey levels, log/);
  await expect(page.getByRole("columnheader", { name: "Bound, L2" })).toBeVisible();

  await page.goto("/new?method=perturb");
  await network.check();
  await page.getByRole("radio", { name: /^Carlini-Wagner/ }).check();
  await page.getByRole("radio", { name: "bird" }).check({ force: true });
  await page.getByRole("button", { name: /^Start attack/ }).click();
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 120_000 });
  await expect(changeSentenceOn(page)).toContainText(/by a change [\d.]+ grey levels long, the shortest one found/);
  const steps = page.getByRole("img", { name: /^Success against the length of the change in grey levels: all from [\d.]+ on/ });
  await expect(steps).toContainText("length of the change (L2), grey levels");
  await expect(page.getByRole("columnheader", { name: /^Bound/ })).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

const image = async (name: string, red: number) => ({
  name: `${name}.png`,
  mimeType: "image/png",
  buffer: await sharp({ create: { width: 32, height: 32, channels: 3, background: { r: red, g: 0, b: 0 } } })
    .png()
    .toBuffer(),
});

test("the latest choice of an image wins over earlier uploads that finish later, and the same file can be chosen again", async ({
  page,
}) => {
  const gate = createGate();
  let held = true;
  let waiting = 0;
  await page.route("**/uploads", async (route) => {
    if (held) {
      waiting++;
      await gate.passed;
    }
    // The page may have cancelled this request.
    await route.continue().catch(() => {});
  });
  await page.goto("/new?method=perturb");
  const field = page.getByRole("group", { name: "Source" });
  const input = field.locator('input[type="file"]');
  const chosen = field.getByRole("radio", { checked: true });
  await input.setInputFiles(await image("slow", 20));
  await expect(field.getByRole("img", { name: "Preview of slow.png" })).toBeVisible();
  await expect(input).toHaveValue("");
  await expect.poll(() => waiting).toBe(1);
  await field.getByRole("radio", { name: "bird" }).check({ force: true });
  await expect(field.getByRole("img", { name: "Preview of slow.png" })).toHaveCount(0);

  await input.setInputFiles(await image("slower", 40));
  await expect(field.getByRole("img", { name: "Preview of slower.png" })).toBeVisible();
  // Not before the upload waits, or it would be stored at once.
  await expect.poll(() => waiting).toBe(2);
  held = false;
  await input.setInputFiles(await image("quick", 60));
  await expect(chosen).toHaveAccessibleName("quick.png");
  gate.open();
  await page.waitForTimeout(1500);
  await expect(chosen).toHaveCount(1);
  await expect(chosen).toHaveAccessibleName("quick.png");
  await expect(field.getByRole("radio", { name: /^slow/ })).toHaveCount(0);
});

test("nothing is started from the previous image while another is uploaded", async ({ page }) => {
  const gate = createGate();
  await page.route("**/uploads", async (route) => {
    await gate.passed;
    await route.continue();
  });
  for (const { method, legend, red, query } of [
    { method: "perturb", legend: "Source", red: 80, query: "" },
    { method: "ascend", legend: "Start image", red: 90, query: `&parameters=${encodeURIComponent('{"start":"image"}')}` },
  ]) {
    gate.close();
    await page.goto(`/new?method=${method}${query}`);
    const field = page.getByRole("group", { name: legend });
    await field.getByRole("radio", { name: "bird" }).check({ force: true });
    await field.locator('input[type="file"]').setInputFiles(await image(`${method}ed`, red));
    await expect(field.getByRole("img", { name: `Preview of ${method}ed.png` })).toBeVisible();
    await page.getByRole("button", { name: /^Start (attack|ascent)/ }).click();
    const alert = field.getByRole("alert");
    await expect(alert).toHaveText(/^This image is still uploading\./);
    await expect(page).toHaveURL(/\/new\?/);
    gate.open();
    await expect(field.getByRole("radio", { checked: true })).toHaveAccessibleName(`${method}ed.png`);
    await expect(alert).toHaveCount(0);
  }
});

test("a form keeps its values and choices when its options cannot be reloaded", async ({ page }) => {
  let isDown = false;
  let reloads = 0;
  for (const operation of ["NewRunModels", "NewRunSources"]) await failOperation(page, operation, () => isDown && ++reloads > 0);
  await page.goto("/new?method=perturb");
  const field = page.getByRole("group", { name: "Source" });
  await expect(field.getByRole("radio", { name: "bird" })).toBeVisible();
  await page.getByLabel("Seed").fill("4711");
  isDown = true;
  // A new image changes the lists of models and images, so both are reloaded.
  await field.locator('input[type="file"]').setInputFiles(await image("unlisted", 100));
  await expect.poll(() => reloads).toBeGreaterThan(0);
  await expect(estimateOn(page)).toContainText("unlisted.png");
  await expect(field.getByRole("radio", { name: "bird" })).toBeVisible();
  await expect(page.getByLabel("Seed")).toHaveValue("4711");
});

test("a form whose options failed to load can be retried", async ({ page }) => {
  let isDown = true;
  await failOperation(page, "NewRunModels", () => isDown);
  await page.goto("/new?method=perturb");
  const retry = page.getByRole("main").getByRole("button", { name: "Try again" });
  await expect(retry).toBeVisible();
  isDown = false;
  await retry.click();
  await expect(page.getByRole("button", { name: /^Start attack/ })).toBeEnabled();
});

for (const method of ["evolve", "ascend", "perturb", "retrain"])
  test(`the form of method "${method}" has no serious accessibility violation in either theme and fits a phone`, async ({ page }) => {
    await page.goto(`/new?method=${method}`);
    await expect(page.getByRole("button", { name: /^Start/ })).toBeEnabled();
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
  });
