/** What a chain's page shows while its state changes elsewhere, while the API is away, and where there are many: answers are told, no network is trained. */
import { expect, type Page } from "@playwright/test";
import { answerBy, test, withhold } from "../support/browser.ts";

const run = { __typename: "RetrainingRun", id: "told-run", key: "RUN-0", name: "Told", failure: null, secondsLeft: null };
const dataset = { __typename: "ChainDataset", id: "mnist", label: "MNIST" };

interface Told {
  readonly state: string;
  readonly eventSeq: number;
  readonly second: string;
}

const begun: Told = { state: "RUNNING", eventSeq: 5, second: "RUNNING" };
const ended: Told = { state: "SUCCEEDED", eventSeq: 9, second: "SUCCEEDED" };

function chainOf({ state, eventSeq, second }: Told, name = "Told", progress = 0.5): object {
  const links = ["SUCCEEDED", second].map((link, at) => ({
    __typename: "ChainLink",
    iteration: at + 1,
    state: link,
    testError: null,
    medianConfidence: null,
    foolingShare: null,
    foolingImages: null,
    model: null,
    elites: [],
  }));
  const told = { ...run, id: `run of ${name}`, state, eventSeq, progress };
  return { __typename: "Chain", id: `chain ${name}`, name, iterations: 1, createdAt: "2026-01-01T00:00:00Z", dataset, run: told, links };
}

const secondNetwork = (page: Page) => page.getByRole("list", { name: "Networks of the chain" }).getByRole("heading").nth(1);
const failure = (page: Page) => page.getByText("This page could not be loaded");

test("a chain whose end another answer tells shows how its last network ended", async ({ page }) => {
  let told = begun;
  await answerBy(page, "ChainPage", () => ({ chain: chainOf(told) }));
  await answerBy(page, "PalettePlaces", () => {
    told = ended;
    const place = { ...run, id: "run of Told", state: "SUCCEEDED", eventSeq: 9 };
    return { experiments: { __typename: "ExperimentConnection", nodes: [] }, runs: { __typename: "RunConnection", nodes: [place] } };
  });
  await page.goto("/chains/told");
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option", { name: /RUN-0/ })).toBeVisible();
  await expect(secondNetwork(page)).toHaveText("DNN2 done");
});

test("a chain that is paused is looked at again, and goes on when somebody resumes it elsewhere", async ({ page }) => {
  let told: Told = { state: "PAUSED", eventSeq: 5, second: "QUEUED" };
  await answerBy(page, "ChainPage", () => ({ chain: chainOf(told) }));
  await page.goto("/chains/told");
  await expect(secondNetwork(page)).toHaveText("DNN2 queued");
  told = { state: "RUNNING", eventSeq: 7, second: "RUNNING" };
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  told = ended;
  await expect(secondNetwork(page)).toHaveText("DNN2 done");
});

test("a chain stays on its page while the API is away, and goes on when it is back", async ({ page }) => {
  let told = begun;
  let away = false;
  await answerBy(page, "ChainPage", () => ({ chain: chainOf(told) }));
  await withhold(page, "ChainPage", () => away);
  await page.goto("/chains/told");
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  away = true;
  await page.waitForResponse((response) => response.request().postData()?.includes("query ChainPage(") === true);
  await page.waitForTimeout(500);
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  await expect(failure(page)).toHaveCount(0);
  told = ended;
  away = false;
  await expect(secondNetwork(page)).toHaveText("DNN2 done");
});

test("the list of chains moves on by itself, and has more than its first page", async ({ page }) => {
  let progress = 0.1;
  await answerBy(page, "Chains", ({ after }) => ({
    chains: {
      __typename: "ChainConnection",
      totalCount: 2,
      pageInfo: { __typename: "PageInfo", hasNextPage: after == null, endCursor: after == null ? "first" : "second" },
      nodes: [after == null ? chainOf(begun, "The first", progress) : chainOf(begun, "The second", progress)],
    },
  }));
  await page.goto("/chains");
  const row = (name: string) => page.getByRole("listitem").filter({ hasText: name });
  await expect(row("The first")).toContainText("10%");
  await expect(row("The second")).toHaveCount(0);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(row("The second")).toContainText("10%");
  progress = 0.6;
  for (const name of ["The first", "The second"]) await expect(row(name)).toContainText("60%");
});
