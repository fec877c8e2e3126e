/** Analyses on the pages of runs and elites: their generation, when they can be reloaded, and when they cannot change. */
import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../support/axe.ts";
import { createGate, failOperation, type Gate, openFinished, overrideNode, readArchive, startRun, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

async function openAnalysis(page: Page, title: string): Promise<Locator> {
  const section = page
    .getByRole("region", { name: "Analyses" })
    .getByRole("group")
    .filter({ has: page.getByRole("heading", { name: title }) });
  await section.getByRole("heading", { name: title }).click();
  return section;
}

interface EarlyRun {
  /** Holds back the events with the run's progress until it is opened. */
  readonly events: Gate;
}

/** Opens the page of a finished run of 40 generations, which shows generation 20 until its events arrive. */
async function openEarly(page: Page): Promise<EarlyRun> {
  const run = await finishedRun(page, { generations: 40 });
  const events = createGate();
  await overrideNode(page, "RunPage", () => ({ state: "RUNNING", generation: 20, eventSeq: 1, endedAt: null }));
  await page.routeWebSocket("**/graphql", (socket) => {
    const server = socket.connectToServer();
    server.onMessage(async (message) => {
      if ((JSON.parse(message.toString()) as { type: string }).type === "next") await events.passed;
      socket.send(message);
    });
  });
  await page.goto(`/runs/${run.key}`);
  return { events };
}

test("figures show their generation, and can be reloaded once the run has progressed", async ({ page }) => {
  const { events } = await openEarly(page);
  const sections: Locator[] = [];
  for (const title of ["Class difficulty", "Goal switches", "Shared descent"]) {
    const section = await openAnalysis(page, title);
    await expect(section.getByText("As of generation 20.", { exact: true })).toBeVisible();
    sections.push(section);
  }
  events.open();
  for (const section of sections) {
    await expect(section.getByText("As of generation 20; 20 more since.", { exact: true })).toBeVisible();
    await section.getByRole("button", { name: "Refresh" }).click();
    await expect(section.getByText("As of generation 40.", { exact: true })).toBeVisible();
  }
});

test("a figure that failed to load is not requested at every event, and an earlier figure keeps its generation", async ({ page }) => {
  let isDown = true;
  let requests = 0;
  await failOperation(page, "RunDifficulty", () => ++requests > 0 && isDown);
  await failOperation(page, "RunPhylogeny", () => requests > 1 && isDown);
  const { events } = await openEarly(page);
  const difficulty = await openAnalysis(page, "Class difficulty");
  await expect(difficulty.getByRole("alert")).toContainText("The database is away.");
  const switches = await openAnalysis(page, "Goal switches");
  await expect(switches.getByText("As of generation 20.", { exact: true })).toBeVisible();
  events.open();
  await expect(switches.getByText("As of generation 20; 20 more since.", { exact: true })).toBeVisible();
  await expect(page.getByText("FINISHED").first()).toBeVisible();
  await page.waitForTimeout(500);
  expect(requests).toBe(1);
  requests = 2;
  await switches.getByRole("button", { name: "Refresh" }).click();
  await expect(switches.getByText("As of generation 20; 20 more since. The refresh failed. The database is away.")).toBeVisible();
  isDown = false;
  await switches.getByRole("button", { name: "Refresh" }).click();
  await expect(switches.getByText("As of generation 40.", { exact: true })).toBeVisible();
  await difficulty.getByRole("button", { name: "Try again" }).click();
  await expect(difficulty.getByText("As of generation 40.", { exact: true })).toBeVisible();
});

test("shared descent is plotted against label distance, and figures that cannot change are measured once", async ({ page }) => {
  const run = await startRun(page, { name: "Measured once", encoding: "cppn", generations: 40, seed: 72 });
  await openFinished(page, run);

  const descent = await openAnalysis(page, "Shared descent");
  await expect(descent.getByText(/^[\d,]+ of 45 pairs of niches share an ancestor\./)).toBeVisible();
  await expect(
    descent.getByRole("img", { name: /^Label distance by relatedness\. no ancestor shared: .*every pair: median / }),
  ).toBeVisible();
  await descent.getByRole("button", { name: "Table" }).first().click();
  await expect(descent.getByRole("region", { name: "The data as a table" }).getByRole("row")).toHaveCount(8);
  await expect(descent.getByRole("listitem").first().getByRole("link").first()).toHaveAttribute("href", /^\/w\/local\/elites\//);

  const switches = await openAnalysis(page, "Goal switches");
  await expect(switches).toContainText("were won by a");

  const detectors = await openAnalysis(page, "Detectors");
  await detectors.getByRole("button", { name: "Measure detectors" }).click();
  await expect(detectors.getByText(/^Measured .*, up to generation 40\.$/)).toBeVisible({ timeout: 120_000 });
  await expect(detectors.getByRole("button", { name: /^Measure/ })).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  const [elite] = await readArchive(page, run.id);
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const ablation = page.getByRole("region", { name: /^Ablation/ });
  await ablation.getByRole("button", { name: "Measure ablation" }).click();
  await expect(ablation.getByText(/^Measured .*\. Measuring again would give the same values\.$/)).toBeVisible({ timeout: 60_000 });
  await expect(ablation.getByRole("button", { name: /^Measure/ })).toHaveCount(0);
});
