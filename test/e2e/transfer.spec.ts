/** Transfer: images that were evolved against one network and scored by other networks with its classes; the matrix and single images. */
import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import {
  ask,
  changeAnswer,
  createExperiment,
  createGate,
  holdOperation,
  mockOperation,
  openFinished,
  readArchive,
  startRun,
  test,
  waitForFinish,
} from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

interface ModelsAnswer {
  readonly models: { readonly nodes: readonly { readonly name: string }[] };
}

test("a run's elites are scored by the other networks with its classes, and the matrix and each image's bars show the scores", async ({
  page,
}) => {
  const run = await startRun(page, { name: "Shown to others", encoding: "cppn", generations: 20, seed: 61 });
  await waitForFinish(page, run);
  await page.goto(`/models/transfer?runs=${run.key}`);
  await expect(page.getByText(/pairs of image and network are not scored yet/)).toBeVisible();
  await page.getByRole("button", { name: "Score missing pairs" }).click();
  await expect(page.getByText("Every pair of image and network is scored.")).toBeVisible({ timeout: 120_000 });

  const matrix = page.getByRole("region", { name: "Transfer matrix" });
  await expect(matrix.getByRole("rowheader")).toHaveText(/^LeNet \(MNIST\).*\d+ images$/);
  await expect(matrix.getByRole("button", { name: /^LeNet \(MNIST\) to LeNet \(MNIST\)/ })).toContainText("evolved here");
  const twin = matrix.getByRole("button", { name: /^LeNet \(MNIST\) to LeNet B \(MNIST\): same top label \d+\.\d%/ });
  const other = matrix.getByRole("button", { name: /^LeNet \(MNIST\) to Small network \(MNIST\): same top label \d+\.\d%/ });
  await twin.click();
  await expect(twin).toHaveAttribute("aria-pressed", "true");
  const detail = page.getByRole("complementary").filter({ hasText: "images scored by both" });
  await expect(detail.getByRole("heading", { level: 2 })).toHaveText("LeNet (MNIST) to LeNet B (MNIST)");
  await other.click();
  await expect(detail.getByRole("heading", { level: 3 })).toHaveText("Confidence of Small network (MNIST)");
  for (const quantile of ["minimum", "median", "maximum"])
    await expect(detail.getByRole("listitem").filter({ hasText: quantile })).toHaveText(/\d/);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  const [elite] = await readArchive(page, run.id);
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const others = page.getByRole("region", { name: /^What other models say/ });
  await expect(others.getByRole("listitem").filter({ hasText: "LeNet B (MNIST)" })).toBeVisible();
  await expect(others.getByRole("listitem").filter({ hasText: "Small network (MNIST)" })).toBeVisible();
});

test("one image is scored by the other models without the rest of its archive", async ({ page }) => {
  const run = await startRun(page, { name: "One of ten", encoding: "cppn", generations: 20, seed: 62 });
  await waitForFinish(page, run);
  const [elite, ...rest] = await readArchive(page, run.id);
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const others = page.getByRole("region", { name: /^What other models say/ });
  await others.getByRole("button", { name: "Score with other models" }).click();
  await expect(others.getByRole("listitem").filter({ hasText: "LeNet B (MNIST)" })).toBeVisible({ timeout: 60_000 });
  await expect(others.getByRole("listitem").filter({ hasText: "Small network (MNIST)" })).toBeVisible();
  await expect(others.getByRole("heading")).toContainText(/\d of 2 agree on/);
  const { nodes } = await ask<{ nodes: { image: { scores: unknown[] } }[] }>(
    page,
    "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Elite { image { scores { id } } } } }",
    { ids: rest.map(({ id }) => id) },
  );
  // An image may hold several niches, and all niches of the scored image have its scores.
  const unscored = rest.filter(({ image }) => image.sha256 !== elite?.image.sha256).length;
  expect(unscored).toBeGreaterThan(0);
  expect(nodes.filter(({ image }) => image.scores.length === 1)).toHaveLength(unscored);
});

test("a running analysis shows its progress and can be cancelled, from its page and from the workers page", { tag: "@alone" }, async ({
  page,
}) => {
  const run = await startRun(page, { name: "Too long", encoding: "cppn", generations: 40, seed: 63 });
  await openFinished(page, run);
  await page.getByRole("heading", { name: "Detectors" }).click();
  const measure = page.getByRole("button", { name: /^Measure detectors/ });
  await measure.click();
  await page.getByRole("button", { name: "Cancel the analysis" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Cancelled" })).toBeVisible();
  await expect(measure).toBeEnabled();
  await measure.click();
  await expect(page.getByRole("status").filter({ hasText: /Queued|Running/ })).toBeVisible();
  await page.goto("/workers");
  const queue = page.getByRole("region", { name: /^Analyses/ });
  await expect(queue).toContainText("Detectors over a run's generations");
  await expect(queue).toContainText(run.key);
  await queue.getByRole("button", { name: /^Cancel/ }).click();
  await expect(queue).toHaveCount(0);
  const { analyses } = await ask<{ analyses: { nodes: { state: string }[] } }>(
    page,
    "query($run: ID!) { analyses(filter: { runId: $run }) { nodes { state } } }",
    { run: run.id },
  );
  expect(analyses.nodes).toEqual([{ state: "CANCELLED" }]);
});

test("the chosen experiment never shows another experiment's matrix, and every experiment can be chosen", async ({ page }) => {
  const first = await createExperiment(page, "The first of two");
  const second = await createExperiment(page, "The second of two");
  const gate = createGate();
  await mockOperation(page, "Transfer", async ({ experimentId }) => {
    if (experimentId === second.key) await gate.passed;
    return {
      transferMatrix: { __typename: "TransferMatrix", unscored: experimentId === first.key ? 3 : 5, analysis: null, models: [], cells: [] },
    };
  });
  await page.goto(`/models/transfer?experiment=${first.key}`);
  const missing = page.getByText(/pairs of image and network are not scored yet/);
  await expect(missing).toContainText("3 pairs");
  await page.getByRole("main").getByRole("combobox").selectOption(second.key);
  await expect(page).toHaveURL(new RegExp(`experiment=${second.key}$`));
  await expect(missing).toHaveCount(0);
  await expect(page.getByRole("status", { name: "Loading", exact: true })).toBeVisible();
  gate.open();
  await expect(missing).toContainText("5 pairs");

  await mockOperation(page, "ExperimentChoices", ({ after }) => ({
    experiments: {
      __typename: "ExperimentConnection",
      nodes: [{ __typename: "Experiment", id: String(after), key: after == null ? "EXP-1" : "EXP-101", name: "Mock", lock: null }],
      pageInfo: { __typename: "PageInfo", hasNextPage: after == null, endCursor: after == null ? "first" : null },
    },
  }));
  await page.goto("/models/transfer");
  await expect(page.getByRole("option")).toHaveText(["Choose an experiment", "EXP-1 Mock", "EXP-101 Mock"]);
});

test("the experiment of the address is shown before the others have loaded, while its runs load", async ({ page }) => {
  const experiment = await createExperiment(page, "Named at once");
  const gate = createGate();
  for (const operation of ["ExperimentChoices", "TransferRuns"]) await holdOperation(page, operation, gate);
  await mockOperation(page, "Transfer", () => ({
    transferMatrix: { __typename: "TransferMatrix", unscored: 3, analysis: null, models: [], cells: [] },
  }));
  await page.goto(`/models/transfer?experiment=${experiment.key}`);
  const choice = page.getByRole("main").getByRole("combobox");
  await expect(page.getByText("3 pairs")).toBeVisible();
  await expect(choice).toHaveValue(experiment.key);
  await expect(choice.locator("option:checked")).toHaveText(experiment.key);
  const loadingRuns = page.getByRole("status", { name: "Loading runs" });
  await expect(loadingRuns).toBeVisible();
  gate.open();
  await expect(choice.locator("option:checked")).toHaveText(`${experiment.key} Named at once`);
  await expect(loadingRuns).toHaveCount(0);
});

test("where no other network is downloaded, the image's page offers those that can be, with their size", async ({ page }) => {
  const run = await finishedRun(page, { encoding: "cppn", generations: 60 });
  const [elite] = await readArchive(page, run.id);
  let state = "NOT_DOWNLOADED";
  await changeAnswer<ModelsAnswer>(page, "ModelsOfLabelSpace", ({ models }) => {
    for (const model of models.nodes) if (!model.name.startsWith("LeNet (")) Object.assign(model, { state, byteLength: 1_720_000 });
  });
  const asked: string[] = [];
  await mockOperation(page, "CheckModel", ({ input }) => {
    asked.push((input as { modelId: string }).modelId);
    state = "AVAILABLE";
    return { checkModel: { __typename: "InvalidInputError", message: "The test downloads nothing." } };
  });
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const others = page.getByRole("region", { name: /^What other models say/ });
  await expect(others.getByText("No other model with these classes has been downloaded.")).toBeVisible();
  await expect(others.getByRole("button", { name: "Score with other models" })).toHaveCount(0);
  const twin = others.getByRole("listitem").filter({ hasText: "LeNet B (MNIST)" });
  await expect(twin).toContainText("not downloaded, 1.6 MB");
  await twin.getByRole("button", { name: "Download and check LeNet B (MNIST)" }).click();
  await expect(page.getByText("The test downloads nothing.")).toBeVisible();
  expect(asked).toHaveLength(1);
  await page.reload();
  await expect(others.getByRole("button", { name: "Score with other models" })).toBeVisible();
  await expect(others.getByText(/to download$/)).toHaveCount(0);
});
