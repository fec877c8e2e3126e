/** What people say: a member votes in a study, blind until the end, and the image's page, the gallery and the run's row show the votes. */
import { expect, type Page } from "@playwright/test";
import { ask, startRun, test, waitForFinish } from "../support/browser.ts";
import { openStudy } from "../support/openStudies.ts";
import { expectTrial, finishVoting, start } from "../support/votingPage.ts";

interface AskedElite {
  readonly id: string;
  readonly niche: number;
  readonly image: { readonly id: string };
}

async function currentElites(page: Page, runId: string): Promise<readonly AskedElite[]> {
  const { elites } = await ask<{ elites: { nodes: AskedElite[] } }>(
    page,
    "query($runId: ID!) { elites(first: 10, filter: { runId: $runId }) { nodes { id niche image { id } } } }",
    { runId },
  );
  return elites.nodes;
}

test("a member's votes are shown on the image's page, in the gallery and in the table of runs, and never before the member has finished", async ({
  page,
  context,
}) => {
  // Its images are no other test's, whose votes would count with these.
  const run = await startRun(page, { name: "What people say", generations: 40, seed: 61, model: "LeNet (MNIST)" });
  await waitForFinish(page, run);
  const distinct = new Map((await currentElites(page, run.id)).map((elite) => [elite.image.id, elite]));
  const [first, second] = [...distinct.values()] as [AskedElite, AskedElite];
  const { key, path } = await openStudy(page, { title: "What two images show", trials: 2, imageIds: [first.image.id, second.image.id] });

  await page.goto(`/elites/${first.id}`);
  const people = page.getByRole("region", { name: "What people say" });
  await expect(people).toContainText("no votes yet");
  await expect(people.getByRole("link", { name: key })).toBeVisible();

  const ballot = await context.newPage();
  await start(ballot, path);
  await expectTrial(ballot, 1, 2);
  await page.reload();
  await expect(people).toContainText(`You are voting in ${key}. Finish it to see what people say.`);
  await expect(people).not.toContainText("confidence");
  await ballot.keyboard.press("7");
  await expectTrial(ballot, 2, 2);
  await ballot.keyboard.press("7");
  await finishVoting(ballot);

  // The page follows the study by itself.
  await expect(people).toContainText("All voters are counted", { timeout: 20_000 });
  await expect(people).toContainText("1 vote, ten options; chance 10% is marked");
  await expect(people).toContainText(/95% interval/);
  await expect(people.getByRole("button", { name: "Ask more people" })).toBeVisible();

  const tiles = page.getByRole("gridcell").getByRole("link");
  await expect(async () => {
    await page.goto(`/gallery?q=${encodeURIComponent(`run = ${run.key}`)}&sort=-votes`);
    await expect(tiles).toHaveCount(2, { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(tiles.first()).toHaveAccessibleName(/people recognise (0|100)%, beyond guessing, 1 vote, 95% interval/i);
  await page.getByRole("button", { name: "never asked", exact: true }).click();
  await expect(page).toHaveURL(/votes(\+|%20)(=|%3D)(\+|%20)none/);
  await page.goBack();
  await expect(page).not.toHaveURL(/none/);

  const { node } = await ask<{ node: { experiment: { key: string } } }>(
    page,
    `{ node(id: "${run.key}") { ... on Run { experiment { key } } } }`,
    {},
  );
  await page.goto(`/experiments/${node.experiment.key}`);
  await expect(page.getByRole("row").filter({ hasText: run.key })).toContainText("2 images, 2 votes");
});
