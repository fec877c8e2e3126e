/** An elite's page: its downloaded genome draws exactly the scored image, in Node and in the browser. */
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { answerOperations } from "../support/answeredOperations.ts";
import { expectAccessibleInBothThemes, expectFitsPhone, expectNoSeriousViolation } from "../support/axe.ts";
import { createGate, failOperation, holdOperation, mockOperation, readArchive, startRun, test, waitForFinish } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";
import { redrawGenome } from "../support/redrawGenome.ts";

async function download(page: Page, name: RegExp): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return readFile(await file.path());
}

for (const encoding of ["direct", "cppn"] as const)
  test(`a downloaded ${encoding} genome draws the identical image, in Node and in the browser`, async ({ page }) => {
    const run = await finishedRun(page, { encoding, generations: encoding === "cppn" ? 60 : 40 });
    const archive = await readArchive(page, run.id);
    expect(archive).toHaveLength(10);
    const elite = archive[archive.length - 1];
    if (elite === undefined) throw new Error("The archive is empty.");
    await page.goto(`/elites/${encodeURIComponent(elite.id)}`);
    await expect(page.getByText("identical, byte for byte")).toBeVisible();
    expect(redrawGenome((await download(page, /^JSON/)).toString("utf8"))).toBe(elite.image.sha256);
  });

test("no connection of a CPPN's graph runs through a label", async ({ page }) => {
  const run = await finishedRun(page, { encoding: "cppn", generations: 60 });
  for (const { id, niche } of (await readArchive(page, run.id)).slice(0, 4)) {
    await page.goto(`/elites/${encodeURIComponent(id)}`);
    const graph = page.getByRole("region", { name: /^Graph of \d+ nodes/ });
    await expect(graph).toBeVisible();
    const crossed = await graph.evaluate((element) => {
      const labels = [...element.querySelectorAll("figcaption")].map((label) => ({
        text: label.textContent,
        box: label.getBoundingClientRect(),
      }));
      return [...element.querySelectorAll("path")].flatMap((path) => {
        const matrix = path.getScreenCTM();
        const length = path.getTotalLength();
        const points = Array.from({ length: Math.ceil(length) }, (_, at) => path.getPointAtLength(at).matrixTransform(matrix ?? undefined));
        return labels
          .filter(({ box }) => points.some(({ x, y }) => x > box.left + 1 && x < box.right - 1 && y > box.top + 1 && y < box.bottom - 1))
          .map(({ text }) => text);
      });
    });
    expect(crossed, `labels that are crossed, niche ${niche}`).toEqual([]);
  }
});

test("the elite page shows all classes, both scores, the lineage and a zoom that stays in the URL", async ({ page }) => {
  // Other tests ask people about the images of shared runs.
  const run = await startRun(page, { name: "Outside of studies", generations: 40, seed: 32 });
  await waitForFinish(page, run);
  const elite = (await readArchive(page, run.id)).find(({ niche }) => niche === 4);
  if (elite === undefined) throw new Error("Niche 4 is empty.");
  await page.goto(`/elites/${encodeURIComponent(elite.id)}`);
  await expect(page.getByRole("heading", { level: 1, name: "4" })).toBeVisible();
  const machine = page.getByRole("region", { name: "What the machine says" });
  await expect(machine.getByRole("listitem")).toHaveCount(10);
  await expect(machine.getByText("stored, 8 bit")).toBeVisible();
  await expect(machine.getByText("during the search, float")).toBeVisible();
  await expect(page.getByRole("region", { name: "What people say" })).toContainText("No study has asked people about this image.");

  const lineage = page.getByRole("region", { name: "Ancestry" }).getByRole("link");
  await expect(lineage.first()).toHaveAccessibleName(/^Generation 0\b/);
  await expect(lineage.last()).toHaveAttribute("aria-current", "page");

  await page.getByRole("button", { name: "4×" }).click();
  await expect(page).toHaveURL(/zoom=4/);
  await page.reload();
  await expect(page.getByRole("button", { name: "4×" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("img", { name: /^The image, classified as/ })).toHaveJSProperty("width", 112);

  await page.getByRole("application").focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText(/^x 15, y 14, grey \d+$/)).toBeVisible();

  await page.getByRole("button", { name: "Query" }).first().click();
  const query = page.getByRole("dialog", { name: "Query for this result" });
  await expect(query.getByRole("tabpanel", { name: "GraphiQL" })).toContainText(elite.id);
  await query.getByRole("tab", { name: "GraphiQL" }).press("ArrowRight");
  await expect(query.getByRole("tab", { name: "curl" })).toBeFocused();
  await expect(query.getByRole("tabpanel", { name: "curl" })).toContainText(
    `curl --silent --show-error '${new URL(page.url()).origin}/graphql'`,
  );
  await page.keyboard.press("ArrowRight");
  await expect(query.getByRole("tabpanel", { name: "CLI" })).toContainText("pareidolia api - <<'GRAPHQL'");
  await page.keyboard.press("ArrowRight");
  await expect(query.getByRole("tabpanel", { name: "Client" })).toContainText("createClient({ url:");
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Query" }).first()).toBeFocused();
  await page.keyboard.press("q");
  const queries = page.getByRole("dialog", { name: "Queries of this page" });
  await queries.getByRole("combobox", { name: "Query" }).selectOption("Elite");
  await expect(queries.getByRole("region", { name: "Variables" })).toContainText(elite.id);
  await queries.getByRole("link", { name: "Open in GraphiQL" }).click();
  await expect(page.locator(".graphiql-query-editor")).toContainText("query Elite(");
  await page.getByRole("button", { name: /^Execute query/ }).click();
  await expect(page.locator(".result-window")).toContainText('"data"');

  await page.goto(`/elites/${encodeURIComponent(elite.id)}?zoom=2x`);
  await expect(page.getByRole("alert").filter({ hasText: "page’s address" })).toContainText(
    "zoom is “2x” and must be a whole number from 0; the largest that fits is used instead.",
  );
  await expect(page.getByRole("group", { name: "Zoom" }).getByRole("button").last()).toHaveAttribute("aria-pressed", "true");
});

test("survival is requested on the page, measured by a worker, shown level by level, and downloaded", async ({ page }) => {
  const run = await startRun(page, { name: "Survival", encoding: "cppn", generations: 40, seed: 33 });
  await waitForFinish(page, run);
  const [elite] = await readArchive(page, run.id);
  if (elite === undefined) throw new Error("The archive is empty.");
  await page.goto(`/elites/${encodeURIComponent(elite.id)}`);
  const survival = page.getByRole("region", { name: "Survival" });
  await survival.getByRole("button", { name: "Measure survival" }).click();
  await expect(survival.getByRole("img", { name: /^JPEG quality\. 100: \d/ })).toBeVisible({ timeout: 60_000 });
  await expect(survival.getByRole("figure")).toHaveCount(4);
  await expect(survival.getByRole("figure").nth(2).getByRole("listitem")).toHaveCount(8);
  await page.reload();
  await expect(survival.getByRole("figure")).toHaveCount(4);
  await expectNoSeriousViolation(page);
  const [file] = await Promise.all([page.waitForEvent("download"), survival.getByRole("button", { name: "CSV" }).click()]);
  expect(file.suggestedFilename()).toBe(`${run.key}-niche-${elite.niche}-survival.csv`);
  const rows = (await readFile(await file.path(), "utf8")).trim().split(/\r?\n/);
  expect(rows[0]).toBe("distortion,level,confidence,topClass,topLabel");
  expect(rows).toHaveLength(1 + 10 + 10 + 8 + 7);
});

test("an analysis is shown as loading or failed to load, not as unmeasured, until its state is known", async ({ page }) => {
  const run = await startRun(page, { name: "Not known", generations: 10, seed: 36 });
  await waitForFinish(page, run);
  const [elite] = await readArchive(page, run.id);
  const gate = createGate();
  let isDown = true;
  for (const operation of ["EliteAblation", "EliteSurvival", "RunDetectors"]) {
    await failOperation(page, operation, () => isDown);
    await holdOperation(page, operation, gate);
  }
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const sections = ["Ablation", "Survival"].map((name) => page.getByRole("region", { name: new RegExp(`^${name}`) }));
  for (const section of sections) {
    await expect(section.getByRole("status", { name: "Loading" })).toBeVisible();
    await expect(section).not.toContainText("Not measured yet");
  }
  gate.open();
  for (const section of sections) {
    await expect(section.getByRole("alert")).toContainText("The analysis could not be loaded. The database is away.");
    await expect(section).not.toContainText("Not measured yet");
  }
  await page.goto(`/runs/${run.key}`);
  await page.getByText("Detectors", { exact: true }).click();
  const detectors = page.getByRole("region", { name: "Analyses" });
  await expect(detectors.getByRole("alert")).toContainText("The database is away.");
  isDown = false;
  await detectors.getByRole("button", { name: "Try again" }).click();
  await expect(detectors).toContainText("Not measured yet");
  await page.goBack();
  for (const section of sections) await expect(section).toContainText("Not measured yet");
});

test("a page that is opened later still says why the last measurement failed", async ({ page }) => {
  const run = await finishedRun(page, { generations: 10 });
  const [elite] = await readArchive(page, run.id);
  const failed = (id: string, kind: string) => ({
    __typename: "Analysis",
    id,
    kind,
    state: "FAILED",
    done: 0,
    total: 8,
    endedAt: "2026-01-01T00:00:00.000Z",
    failure: "The model's file is gone.",
    ablation: null,
    survival: null,
  });
  await mockOperation(page, "EliteAblation", ({ id }) => ({ node: { __typename: "Elite", id, ablation: failed("a", "ablation") } }));
  await mockOperation(page, "EliteSurvival", ({ id }) => ({ node: { __typename: "Elite", id, survival: failed("b", "survival") } }));
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  for (const name of ["Ablation", "Survival"]) {
    const section = page.getByRole("region", { name: new RegExp(`^${name}`) });
    await expect(section.getByRole("alert")).toHaveText(
      "The model's file is gone. Scores written so far are kept. Start it again to continue.",
    );
    await expect(section.getByRole("button", { name: /^Measure/ })).toBeEnabled();
  }
});

test("slow queries for a measurement's progress are sent one at a time, and its result is shown", async ({ page }) => {
  const run = await startRun(page, { name: "Slow progress", generations: 10, seed: 38 });
  await waitForFinish(page, run);
  const [elite] = await readArchive(page, run.id);
  const aborted: string[] = [];
  page.on("requestfailed", (request) => aborted.push(request.postData() ?? ""));
  await answerOperations(page, async ({ operationName }) => {
    if (operationName === "AnalysisProgress") await new Promise((done) => setTimeout(done, 2_000));
    return null;
  });
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const survival = page.getByRole("region", { name: "Survival" });
  await survival.getByRole("button", { name: "Measure survival" }).click();
  await expect(survival.getByRole("figure")).toHaveCount(4, { timeout: 60_000 });
  expect(aborted.filter((body) => body.includes("AnalysisProgress"))).toEqual([]);
});
