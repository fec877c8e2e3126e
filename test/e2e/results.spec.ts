/** The pages of ascent and attack results: permalink, files, gallery, and new runs from a result. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { ask, createExperiment, type Keyed, openFinished, test } from "../support/browser.ts";

async function startAscent(page: Page, name: string): Promise<Keyed> {
  const { models } = await ask<{ models: { nodes: { id: string }[] } }>(page, "{ models(first: 1) { nodes { id } } }", {});
  const experimentId = (await createExperiment(page, name)).id;
  const { startAscent: started } = await ask<{ startAscent: { run: Keyed } }>(
    page,
    "mutation($input: StartAscentInput!) { startAscent(input: $input) { ... on StartAscentSuccess { run { id key } } ... on Error { message } } }",
    { input: { experimentId, modelId: models.nodes[0]?.id, preset: "adam-log-posterior", classes: [3, 8], starts: 2, seed: 77 } },
  );
  return started.run;
}

async function startAttack(page: Page, name: string): Promise<Keyed> {
  const { models, photos } = await ask<{
    models: { nodes: { id: string; name: string }[] };
    photos: { nodes: { id: string; label: string }[] };
  }>(page, "{ models(first: 100) { nodes { id name } } photos(first: 100) { nodes { id label } } }", {});
  const input = {
    experimentId: (await createExperiment(page, name)).id,
    modelId: models.nodes.find((model) => model.name === "Small network (CIFAR-10)")?.id,
    sourceId: photos.nodes.find(({ label }) => label === "bird")?.id,
    attack: "pgd",
    preset: "faint",
    bounds: [2, 8],
    seed: 78,
  };
  const { startPerturbation: started } = await ask<{ startPerturbation: { run: Keyed } }>(
    page,
    "mutation($input: StartPerturbationInput!) { startPerturbation(input: $input) { ... on StartPerturbationSuccess { run { id key } } ... on Error { message } } }",
    { input },
  );
  return started.run;
}

async function readJson(page: Page): Promise<Record<string, unknown>> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^JSON/ }).click()]);
  return JSON.parse(await readFile(await file.path(), "utf8")) as Record<string, unknown>;
}

async function readPng(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^PNG/ }).click()]);
  return (await readFile(await file.path())).subarray(1, 4).toString();
}

test("a trajectory has a page with a permalink, files and forks, and is listed in the gallery", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const run = await startAscent(page, "Climbs of their own");
  await openFinished(page, run);
  await page.getByRole("link", { name: "3", exact: true }).first().click();
  await expect(page).toHaveURL(/\/trajectories\//);
  await expect(page.getByRole("heading", { level: 1, name: "3" })).toBeVisible();
  await expect(page.getByText(/^class 3, Gradient ascent against LeNet \(MNIST\), start 1, step/)).toBeVisible();
  const machine = page.getByRole("region", { name: "What the machine says" });
  await expect(machine.getByRole("listitem")).toHaveCount(10);
  await expect(machine.getByText("stored, 8 bit")).toBeVisible();

  const address = page.url();
  await page.getByRole("button", { name: "Permalink" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  await page.getByRole("button", { name: "Cite" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`ascent of class 3 from start 1 in ${run.key}`);
  expect(await readPng(page)).toBe("PNG");
  const document = await readJson(page);
  expect(document).toMatchObject({ kind: "trajectory", run: run.key, class: 3, start: 0, ended: true });
  expect((document["curve"] as unknown[]).length).toBeGreaterThan(1);

  const slider = page.getByRole("slider", { name: "Step shown" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/step=0/);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await page.getByRole("link", { name: "Run again" }).click();
  await expect(page).toHaveURL(/method=ascend/);
  await expect(page.getByLabel("Seed")).toHaveValue("77");
  await expect(page.getByLabel("Starts per class")).toHaveValue("1");
  await expect(page.locator("form").getByRole("alert")).toHaveCount(0);
  await page.goBack();
  await page.getByRole("link", { name: "Start from this image" }).click();
  await expect(page).toHaveURL(/source=/);
  await expect(page.getByRole("group", { name: "Start image" }).getByRole("radio").first()).toBeChecked();

  await page.goto(`/gallery?q=${encodeURIComponent(`run = ${run.key}`)}`);
  await expect(page.getByText("4 images")).toBeVisible();
  await page.goto(`/gallery?q=${encodeURIComponent(`run = ${run.key} AND class = 3`)}`);
  const tiles = page.getByRole("gridcell").getByRole("link");
  await expect(tiles).toHaveCount(2);
  await tiles.first().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/trajectories\//);
  await page.goBack();
  await expect(tiles).toHaveCount(2);
  await expectFitsPhone(page);
});

test("a perturbation has a page with a permalink, files and forks, and is listed in the gallery", async ({ page }) => {
  const run = await startAttack(page, "An attack of its own");
  await openFinished(page, run);
  const results = page.getByRole("region", { name: "All results" });
  const label = await results.getByRole("row").last().getByRole("link").innerText();
  await results.getByRole("row").last().getByRole("link").click();
  await expect(page).toHaveURL(/\/perturbations\//);
  await expect(page.getByRole("heading", { level: 1, name: label })).toBeVisible();
  await expect(page.getByText(/made from \w+ by PGD against Small network \(CIFAR-10\), within 8 grey levels/)).toBeVisible();
  await expect(page.getByRole("region", { name: "What the machine says" }).getByRole("listitem")).toHaveCount(10);
  await expect(page.getByRole("img", { name: /^The difference, amplified/ })).toBeVisible();
  expect(await readPng(page)).toBe("PNG");
  const document = await readJson(page);
  expect(document).toMatchObject({
    kind: "perturbation",
    run: run.key,
    bound: 8,
    success: true,
    attack: { id: "pgd", preset: "faint", seed: 78 },
    // The network's label for the photograph, which may be wrong.
    original: { label: expect.any(String) },
    result: { label },
  });
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  const fork = new URL((await page.getByRole("link", { name: "Run again" }).getAttribute("href")) ?? "", page.url());
  expect(Object.fromEntries(fork.searchParams)).toMatchObject({ method: "perturb", attack: "pgd", seed: "78", boundsLinf: "8" });
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(page.getByLabel("Seed")).toHaveValue("78");
  await expect(page.getByRole("radio", { name: "bird" })).toBeChecked();
  await expect(page.getByLabel(/^Bounds in grey levels/)).toHaveValue("8");

  await page.goto(`/gallery?q=${encodeURIComponent(`run = ${run.key}`)}`);
  await expect(page.getByText("2 images")).toBeVisible();
  const tiles = page.getByRole("gridcell").getByRole("link");
  await tiles.first().click();
  await expect(page).toHaveURL(/\/perturbations\//);
});

test.describe("the address of a missing result", () => {
  test.use({ allowedErrors: [/400/] });

  test("says so and leads to the gallery", async ({ page }) => {
    for (const [path, noun] of [
      ["/trajectories/nothing", "trajectory"],
      ["/perturbations/nothing", "perturbation"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: `There is no such ${noun}` })).toBeVisible();
      await expect(page.getByRole("link", { name: "Open the gallery" })).toBeVisible();
    }
  });
});
