/** A run's page while responses are pending, fail, or end too early. */
import { expect, type Page } from "@playwright/test";
import { ask, createGate, failOperation, holdOperation, startRun, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

const elites = (page: Page) => page.locator('main a[href^="/w/local/elites/"]');
const failure = (page: Page) => page.getByText("This page could not be loaded");
const hrefs = (page: Page) => elites(page).evaluateAll((links) => links.map((link) => link.getAttribute("href")).join(" "));

test("a loading generation shows no images of another generation as its own, and a failure to load it is reported", async ({ page }) => {
  const run = await finishedRun(page, { generations: 40 });
  await page.goto(`/runs/${run.key}`);
  await expect(elites(page)).toHaveCount(10);
  const live = await hrefs(page);
  const gate = createGate();
  let isDown = false;
  await failOperation(page, "RunArchiveAt", () => isDown);
  await holdOperation(page, "RunArchiveAt", gate);

  await page.goto(`/runs/${run.key}?gen=3`);
  const wait = page.getByRole("status").filter({ hasText: "Loading generation" });
  await expect(wait).toHaveText("Loading generation 3.");
  await expect(elites(page)).toHaveCount(0);
  gate.open();
  await expect(elites(page)).toHaveCount(10);
  await expect(wait).toHaveCount(0);
  const third = await hrefs(page);
  expect(third).not.toBe(live);

  gate.close();
  await page.keyboard.press("ArrowRight");
  await expect(wait).toHaveText("Loading generation 4; showing 3.");
  expect(await hrefs(page)).toBe(third);
  isDown = true;
  gate.open();
  const alert = page.getByRole("alert").filter({ hasText: "Generation 4 could not be loaded. The database is away." });
  await expect(alert).toBeVisible();
  await expect(elites(page)).toHaveCount(0);
  isDown = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(elites(page)).toHaveCount(10);
  await expect(alert).toHaveCount(0);

  await page.keyboard.press("l");
  await expect.poll(() => hrefs(page)).toBe(live);
});

test("a run that was shown before stays when it cannot be reloaded, and is requested until it can", async ({ page }) => {
  const run = await finishedRun(page, { generations: 10 });
  await page.goto(`/runs/${run.key}`);
  await expect(elites(page)).toHaveCount(10);
  let isDown = true;
  let requests = 0;
  await failOperation(page, "RunPage", () => isDown && ++requests > 0);
  await page.locator('a[href="/w/local/models"]').first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.goBack();
  await expect(elites(page)).toHaveCount(10);
  await expect.poll(() => requests).toBeGreaterThan(1);
  await expect(elites(page)).toHaveCount(10);
  await expect(failure(page)).toHaveCount(0);
  isDown = false;
  await page.waitForResponse((response) => response.request().postData()?.includes('"operationName":"RunPage"') === true);
  await expect(elites(page)).toHaveCount(10);
});

test("a run appears at an address that was opened before it was started", { tag: "@alone" }, async ({ page }) => {
  const before = await startRun(page, { name: "Before", generations: 1, seed: 53 });
  const key = `RUN-${Number(before.key.slice("RUN-".length)) + 1}`;
  await page.goto(`/runs/${key}`);
  await expect(page.getByRole("heading", { name: `There is no ${key}` })).toBeVisible();
  await page.getByRole("link", { name: "All experiments" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Experiments" })).toBeVisible();
  const run = await startRun(page, { name: "Started since", generations: 10, seed: 54 });
  expect(run.key).toBe(key);
  await page.goBack();
  await expect(page.getByText("FINISHED").first()).toBeVisible({ timeout: 60_000 });
});

test("a run's page continues to update after the API ends its events too early", async ({ page }) => {
  let cut = 0;
  await page.routeWebSocket("**/graphql", (socket) => {
    const server = socket.connectToServer();
    const ended = new Set<string>();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => {
      const { id, type } = JSON.parse(message.toString()) as { id?: string; type: string };
      if (id !== undefined && ended.has(id)) return;
      socket.send(message);
      if (id === undefined || type !== "next" || cut > 0) return;
      cut++;
      ended.add(id);
      socket.send(JSON.stringify({ id, type: "complete" }));
    });
  });
  const run = await startRun(page, { name: "Cut off", generations: 4000, seed: 55 });
  await page.goto(`/runs/${run.key}`);
  await expect.poll(() => cut, { timeout: 60_000 }).toBe(1);
  await ask(page, "mutation($input: RunInput!) { cancelRun(input: $input) { __typename } }", { input: { runId: run.id } });
  await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
});

test("the rail and the page of workers show the speed that a running run's page shows", async ({ page }) => {
  const run = await startRun(page, { name: "One speed", generations: 4000, seed: 77 });
  await page.goto(`/runs/${run.key}`);
  const readSpeeds = () =>
    page.evaluate(() => {
      const own = document.querySelector("[class*=runSpeed] .n20")?.textContent ?? "";
      const [rail = ""] = [...document.querySelectorAll("[class*=railWorkersSpeed] .n12")].map((each) => each.textContent);
      return { own, rail };
    });
  const areEqual = async () => {
    const { own, rail } = await readSpeeds();
    return /[1-9]/.test(own) && own === rail;
  };
  await expect.poll(areEqual, { timeout: 60_000 }).toBe(true);
  for (let sample = 0; sample < 10; sample++) {
    await page.waitForTimeout(300);
    const { own, rail } = await readSpeeds();
    expect(rail).toBe(own);
  }
  await page.getByRole("link", { name: /^Workers/ }).click();
  const worker = page.getByRole("main").getByRole("listitem").filter({ hasText: run.key });
  await expect(worker).toBeVisible();
  await expect.poll(async () => (await worker.textContent())?.includes(`${(await readSpeeds()).rail} evaluations/s`)).toBe(true);
  await page.goto(`/runs/${run.key}`);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the run" }).click();
  await expect(page.getByText("CANCELLED", { exact: true }).first()).toBeVisible();
});
