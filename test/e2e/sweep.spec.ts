/** A sweep started from the form with the keyboard, watched on its page until it has ended. */
import { expect, type Page } from "@playwright/test";
import { ask, createExperiment, test } from "../support/browser.ts";

/** Moves the focus to a field as a label would, then types. */
async function type(page: Page, label: string | RegExp, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

async function chooseAxis(page: Page, label: string, start: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).focus();
  await page.keyboard.type(start);
}

test("a sweep of 2 x 2 values with 2 seeds is started by keyboard, fills its page and shows the importance of its axes", async ({
  page,
}) => {
  test.slow();
  await page.goto("/new");
  await page.getByRole("radio", { name: /^Direct/ }).focus();
  await page.keyboard.press("Space");
  await type(page, "Seed", "3");
  await type(page, "Generations", "20");
  await page.getByRole("checkbox", { name: /^Sweep/ }).focus();
  await page.keyboard.press("Space");
  await chooseAxis(page, "Axis 1", "Mutation rate");
  await type(page, "Values of Mutation rate", "0.05, 9");
  await expect(page.getByRole("alert").filter({ hasText: "9 is above 1." })).toBeVisible();
  await type(page, "Values of Mutation rate", "0.05, 0.3");
  await page.getByRole("button", { name: "Add an axis" }).focus();
  await page.keyboard.press("Enter");
  await chooseAxis(page, "Axis 2", "Offspring");
  await type(page, "Values of Offspring", "20…40 ×2");
  await type(page, "Seeds of each point", "2");
  const preview = page.locator("section", { has: page.getByRole("heading", { name: "Sweep", exact: true }) });
  await expect(preview).toContainText("8 runs");
  await expect(preview).toContainText("4 points by 2 seeds");
  await type(page, "First rung, in generations, empty for none", "5");
  await expect(preview.getByRole("list", { name: "Rungs" }).getByRole("listitem")).toHaveText([
    "to gen 54 points",
    "to gen 151 point",
    "end, gen 201 point",
  ]);
  await page.keyboard.press("ControlOrMeta+Enter");

  await expect(page).toHaveURL(/\/sweeps\/SWP-\d+/);
  await expect(page.getByRole("heading", { level: 1, name: "Mutation rate and offspring by seed" })).toBeVisible();
  const aside = page.getByRole("complementary", { name: "The sweep" });
  await expect(aside.getByText("FINISHED")).toBeVisible({ timeout: 120_000 });
  await expect(aside).toContainText("8 / 8 runs");
  const rungs = page.getByRole("region", { name: "Rungs" });
  await expect(rungs.getByRole("img")).toHaveAttribute("aria-label", /to gen 5, 1 of 4 continued; to gen 15, 1 of 1 continued/);
  const importance = page.getByRole("region", { name: "Importance" });
  await expect(importance).toContainText("functional ANOVA of the full grid, over 8 runs. 95% intervals for other seeds");
  await expect(importance.getByRole("img")).toHaveAttribute("aria-label", /Mutation rate .*Seed/);
  await expect(page.getByRole("region", { name: "Best images" }).getByRole("link", { name: /^RUN-/ })).toHaveCount(10);

  const brush = page.getByRole("slider", { name: "Selection on Mutation rate" });
  await brush.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText(/^Selected: 4 of 8 runs/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Drag along an axis to select runs.")).toBeVisible();

  await page.getByRole("tab", { name: "Runs 8" }).click();
  await expect(page.getByRole("row")).toHaveCount(9);
  await expect(page.getByText("successive halving")).toHaveCount(6);
  // A run is named after its point and seed until a member renames it, as the columns beside the name say.
  for (const row of (await page.getByRole("row").all()).slice(1)) {
    const [name, rate, offspring, seed] = await row.getByRole("cell").allInnerTexts();
    expect(name).toMatch(new RegExp(`^Mutation rate ${rate}, offspring ${offspring}, seed ${seed}\\s+RUN-\\d+$`));
  }
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("link", { name: "New sweep with these settings" })).toBeVisible();
  await expect(page).toHaveURL(/tab=recipe/);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText(/^Stopped at rung 1: its point came/).first()).toBeVisible();
  await expect(page).toHaveURL(/tab=log/);
  await page.goBack();
  await expect(page.getByRole("tab", { name: "Recipe" })).toHaveAttribute("aria-selected", "true");
  await page.goto("/sweeps");
  await expect(page.getByRole("link", { name: "Mutation rate and offspring by seed" }).first()).toBeVisible();
});

test("a sweep of attacks fills in the form of a new one, which refuses nonsense at its fields", async ({ page }) => {
  const { models, photos } = await ask<{ models: { nodes: { id: string; name: string }[] }; photos: { nodes: { id: string }[] } }>(
    page,
    "{ models(first: 100) { nodes { id name } } photos(first: 1) { nodes { id } } }",
    {},
  );
  const experiment = await createExperiment(page, "Attacks");
  const perturbation = {
    experimentId: experiment.id,
    modelId: models.nodes.find(({ name }) => name.startsWith("LeNet"))?.id,
    sourceId: photos.nodes[0]?.id,
    attack: "pgd",
    preset: "paper-mnist",
    target: 3,
    bounds: [16, 48],
    seed: 5,
  };
  const axes = [{ path: "parameters.stepSize", values: [0.5, 2, 8] }];
  const { startSweep } = await ask<{ startSweep: { sweep: { key: string } } }>(
    page,
    "mutation ($input: StartSweepInput!) { startSweep(input: $input) { ... on StartSweepSuccess { sweep { key } } ... on Error { message } } }",
    { input: { run: { perturbation }, axes, replicates: 2, earlyStopping: { halving: { minimum: 40, eta: 3 } } } },
  );
  await page.goto(`/sweeps/${startSweep.sweep.key}?tab=nonsense`);
  await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toContainText("tab is “nonsense”");
  await page.goto(`/sweeps/${startSweep.sweep.key}?tab=recipe`);
  await page.getByRole("link", { name: "New sweep with these settings" }).click();
  await expect(page.getByRole("radio", { name: /^Perturb/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: "One class", exact: true })).toBeChecked();
  await expect(page.getByLabel("Seed", { exact: true })).toHaveValue("5");
  await expect(page.getByLabel("Values of Step size")).toHaveValue("0.5, 2, 8");
  await expect(page.getByLabel("First rung, in evaluations, empty for none")).toHaveValue("40");
  const preview = page.locator("section", { has: page.getByRole("heading", { name: "Sweep", exact: true }) });
  await expect(preview).toContainText("6 runs");
  await expect(page.locator(".fieldError")).toHaveCount(0);
  await type(page, "Values of Step size", "banana, 2");
  await expect(page.getByRole("alert").filter({ hasText: "“banana” is not a number." })).toBeVisible();
  await type(page, "Values of Step size", "1, 1");
  await expect(page.getByRole("alert").filter({ hasText: "1 is listed twice." })).toBeVisible();
  await type(page, "Values of Step size", "1, 4");
  await expect(preview).toContainText("4 runs");
});
