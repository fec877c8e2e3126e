/** A chain's page while its state changes elsewhere or the API is unavailable, and the list of chains. The chains are mocked. */
import { expect, type Page } from "@playwright/test";
import { expectFitsPhone } from "../support/axe.ts";
import { failOperation, mockOperation, test } from "../support/browser.ts";

const run = { __typename: "RetrainingRun", id: "mock-run", key: "RUN-0", name: "Mock", failure: null, secondsLeft: null, lock: null };
const dataset = { __typename: "ChainDataset", id: "mnist", label: "MNIST" };

interface ChainState {
  readonly state: string;
  readonly eventSeq: number;
  readonly second: string;
}

const running: ChainState = { state: "RUNNING", eventSeq: 5, second: "RUNNING" };
const ended: ChainState = { state: "SUCCEEDED", eventSeq: 9, second: "SUCCEEDED" };

function chainOf({ state, eventSeq, second }: ChainState, name = "Mock", progress = 0.5): object {
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
  const chainRun = { ...run, id: `run of ${name}`, state, eventSeq, progress };
  return {
    __typename: "Chain",
    id: `chain ${name}`,
    name,
    iterations: 1,
    createdAt: "2026-01-01T00:00:00Z",
    dataset,
    run: chainRun,
    links,
  };
}

const secondNetwork = (page: Page) => page.getByRole("list", { name: "Networks of the chain" }).getByRole("heading").nth(1);
const failure = (page: Page) => page.getByText("This page could not be loaded");

test("a chain's page shows its last network as done after another response reports the chain's end", async ({ page }) => {
  let current = running;
  await mockOperation(page, "ChainPage", () => ({ chain: chainOf(current) }));
  await mockOperation(page, "PalettePlaces", () => {
    current = ended;
    const place = { ...run, id: "run of Mock", state: "SUCCEEDED", eventSeq: 9 };
    const none = { nodes: [] };
    return {
      experiments: { __typename: "ExperimentConnection", ...none },
      runs: { __typename: "RunConnection", nodes: [place] },
      studies: { __typename: "StudyConnection", ...none },
    };
  });
  await page.goto("/chains/mock");
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option", { name: /RUN-0/ })).toBeVisible();
  await expect(secondNetwork(page)).toHaveText("DNN2 finished");
});

test("a paused chain's page polls the chain, and updates when it is resumed elsewhere", async ({ page }) => {
  let current: ChainState = { state: "PAUSED", eventSeq: 5, second: "QUEUED" };
  await mockOperation(page, "ChainPage", () => ({ chain: chainOf(current) }));
  await page.goto("/chains/mock");
  await expect(secondNetwork(page)).toHaveText("DNN2 queued");
  current = { state: "RUNNING", eventSeq: 7, second: "RUNNING" };
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  current = ended;
  await expect(secondNetwork(page)).toHaveText("DNN2 finished");
});

test("a chain stays on its page while the API is unavailable, and updates when the API is back", async ({ page }) => {
  let current = running;
  let isDown = false;
  await mockOperation(page, "ChainPage", () => ({ chain: chainOf(current) }));
  await failOperation(page, "ChainPage", () => isDown);
  await page.goto("/chains/mock");
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  isDown = true;
  await page.waitForResponse((response) => response.request().postData()?.includes('"operationName":"ChainPage"') === true);
  await page.waitForTimeout(500);
  await expect(secondNetwork(page)).toHaveText("DNN2 running");
  await expect(failure(page)).toHaveCount(0);
  current = ended;
  isDown = false;
  await expect(secondNetwork(page)).toHaveText("DNN2 finished");
});

test("the list of chains updates by itself, and can load more than its first page", async ({ page }) => {
  let progress = 0.1;
  await mockOperation(page, "Chains", ({ after }) => ({
    chains: {
      __typename: "ChainConnection",
      totalCount: 2,
      pageInfo: { __typename: "PageInfo", hasNextPage: after == null, endCursor: after == null ? "first" : "second" },
      nodes: [after == null ? chainOf(running, "The first", progress) : chainOf(running, "The second", progress)],
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

test("a chain whose name is one long word fits a phone, on its page and in the list", async ({ page }) => {
  const name = "z".repeat(200);
  await mockOperation(page, "ChainPage", () => ({ chain: chainOf(ended, name) }));
  await mockOperation(page, "Chains", () => ({
    chains: {
      __typename: "ChainConnection",
      totalCount: 1,
      pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
      nodes: [chainOf(ended, name)],
    },
  }));
  await page.goto("/chains/mock");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectFitsPhone(page);
  await page.goto("/chains");
  await expect(page.getByRole("link", { name })).toBeVisible();
  await expectFitsPhone(page);
});
