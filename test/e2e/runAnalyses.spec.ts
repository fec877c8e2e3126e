/** What a run's page and an elite's page learn from images: of which generation it is, what is worth asking again, and what is not. */
import { expect, type Locator, type Page } from "@playwright/test";
import { expectFitsPhone, expectSoundInBothThemes } from "../support/axe.ts";
import { createGate, type Gate, openFinished, readArchive, retell, startRun, test, withhold } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

async function openAnalysis(page: Page, title: string): Promise<Locator> {
  const section = page
    .getByRole("region", { name: "Analyses" })
    .getByRole("group")
    .filter({ has: page.getByRole("heading", { name: title }) });
  await section.getByRole("heading", { name: title }).click();
  return section;
}

interface Told {
  /** Opened, it lets the events through that say how far the run has come. */
  readonly events: Gate;
}

/** The page of a run of 40 generations that says it is in its 20th, until its events come. */
async function openEarly(page: Page): Promise<Told> {
  const run = await finishedRun(page, { generations: 40 });
  const events = createGate();
  await retell(page, "RunPage", () => ({ state: "RUNNING", generation: 20, eventSeq: 1, endedAt: null }));
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

test("figures say of which generation they are, and are looked at again once the run has moved on", async ({ page }) => {
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

test("a figure that did not come is not asked for at every event, and one that was there keeps the generation it is of", async ({
  page,
}) => {
  let away = true;
  let asked = 0;
  await withhold(page, "RunDifficulty", () => ++asked > 0 && away);
  await withhold(page, "RunPhylogeny", () => asked > 1 && away);
  const { events } = await openEarly(page);
  const difficulty = await openAnalysis(page, "Class difficulty");
  await expect(difficulty.getByRole("alert")).toContainText("The database is away.");
  const switches = await openAnalysis(page, "Goal switches");
  await expect(switches.getByText("As of generation 20.", { exact: true })).toBeVisible();
  events.open();
  await expect(switches.getByText("As of generation 20; 20 more since.", { exact: true })).toBeVisible();
  await expect(page.getByText("FINISHED").first()).toBeVisible();
  await page.waitForTimeout(500);
  expect(asked).toBe(1);
  asked = 2;
  await switches.getByRole("button", { name: "Refresh" }).click();
  await expect(switches.getByText("As of generation 20; 20 more since. The refresh failed. The database is away.")).toBeVisible();
  away = false;
  await switches.getByRole("button", { name: "Refresh" }).click();
  await expect(switches.getByText("As of generation 40.", { exact: true })).toBeVisible();
  await difficulty.getByRole("button", { name: "Try again" }).click();
  await expect(difficulty.getByText("As of generation 40.", { exact: true })).toBeVisible();
});

test("shared descent is shown against label distance, and what cannot change is measured once", async ({ page }) => {
  const run = await startRun(page, { name: "Measured once", encoding: "cppn", generations: 40, seed: 72 });
  await openFinished(page, run);

  const descent = await openAnalysis(page, "Shared descent");
  await expect(descent.getByText(/^[\d,]+ of 45 pairs of niches share an ancestor\./)).toBeVisible();
  await expect(
    descent.getByRole("img", { name: /^Label distance by relatedness\. no ancestor shared: .*every pair: median / }),
  ).toBeVisible();
  await descent.getByRole("button", { name: "Table" }).first().click();
  await expect(descent.getByRole("region", { name: "The data as a table" }).getByRole("row")).toHaveCount(8);
  await expect(descent.getByRole("listitem").first().getByRole("link").first()).toHaveAttribute("href", /^\/elites\//);

  const switches = await openAnalysis(page, "Goal switches");
  await expect(switches).toContainText("were won by a");

  const detectors = await openAnalysis(page, "Detectors");
  await detectors.getByRole("button", { name: "Measure detectors" }).click();
  await expect(detectors.getByText(/^Measured .*, up to generation 40\.$/)).toBeVisible({ timeout: 120_000 });
  await expect(detectors.getByRole("button", { name: /^Measure/ })).toHaveCount(0);
  await expectSoundInBothThemes(page);
  await expectFitsPhone(page);

  const [elite] = await readArchive(page, run.id);
  await page.goto(`/elites/${encodeURIComponent(elite?.id ?? "")}`);
  const ablation = page.getByRole("region", { name: /^Ablation/ });
  await ablation.getByRole("button", { name: "Measure ablation" }).click();
  await expect(ablation.getByText(/^Measured .*\. Measuring again would give the same values\.$/)).toBeVisible({ timeout: 60_000 });
  await expect(ablation.getByRole("button", { name: /^Measure/ })).toHaveCount(0);
});
