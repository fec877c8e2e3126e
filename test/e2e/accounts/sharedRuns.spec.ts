/** What visitors see of a shared experiment with runs of every kind: all runs, their images and recipes, and previews of links. */
import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, createExperiment, type Keyed, test, waitForFinish } from "../../support/browser.ts";
import { type StoredState, signInOwner } from "../../support/browserAccounts.ts";
import { drop } from "../../support/dropFile.ts";
import { startAscent, startAttack, startCancelledChain } from "../../support/startRuns.ts";
import { writeNpy } from "../../unit/exchange/imports/writeNpy.ts";

// Each test continues where the one before it ended.
test.describe.configure({ mode: "serial" });

const h1 = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const dialogOf = (page: Page) => page.getByRole("dialog");
const labelled = /^Image that the network labels/;

interface Kinds {
  readonly evolution: Keyed;
  readonly ascent: Keyed;
  readonly attack: Keyed;
  readonly chain: Keyed;
  readonly large: Keyed;
}

let owner: StoredState;
let experiment: Keyed;
let kinds: Kinds;
let publicPath: string;

/** A context of the owner, or of a visitor: its errors fail the test. */
async function open(browser: Browser, storageState?: StoredState): Promise<Page> {
  const page = await (await browser.newContext(storageState === undefined ? {} : { storageState })).newPage();
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("close", () => expect(errors, "errors in the console").toEqual([]));
  return page;
}

async function share(page: Page, visibility: "PRIVATE" | "UNLISTED" | "PUBLIC"): Promise<string> {
  const { setExperimentVisibility } = await ask<{ setExperimentVisibility: { experiment: { shareToken: string | null } } }>(
    page,
    "mutation($input: SetExperimentVisibilityInput!) { setExperimentVisibility(input: $input) { ... on SetExperimentVisibilitySuccess { experiment { shareToken } } } }",
    { input: { experimentId: experiment.id, visibility } },
  );
  return setExperimentVisibility.experiment.shareToken ?? "";
}

async function importInto(page: Page, name: string, bytes: Uint8Array, stored: RegExp): Promise<void> {
  await page.goto("/import");
  await drop(page, name, bytes);
  const panel = page.getByRole("region", { name });
  await panel.getByLabel("Experiment").selectOption(experiment.id, { timeout: 60_000 });
  await panel.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(stored)).toBeVisible({ timeout: 60_000 });
}

async function startEvolution(page: Page, model: string): Promise<Keyed> {
  const { models } = await ask<{ models: { nodes: { id: string; name: string }[] } }>(
    page,
    "{ models(first: 100) { nodes { id name } } }",
    {},
  );
  const modelId = models.nodes.find(({ name }) => name.startsWith(model))?.id;
  const input = { experimentId: experiment.id, modelId, encoding: "cppn", preset: "paper", seed: 3, generations: 3 };
  const { startEvolution: started } = await ask<{ startEvolution: { run: Keyed } }>(
    page,
    "mutation($input: StartEvolutionInput!) { startEvolution(input: $input) { ... on StartEvolutionSuccess { run { id key } } ... on Error { message } } }",
    { input },
  );
  return started.run;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(600_000);
  const page = await open(browser);
  await signInOwner(page.request);
  owner = await page.context().storageState();
  await page.goto("/experiments");
  experiment = await createExperiment(page, "Every kind of run");
  // The first of them are older than a page of runs is long.
  const rows = Array.from({ length: 24 }, (_, at) => `other-${at},finished,${(at / 24).toFixed(2)}`);
  await importInto(
    page,
    "others.csv",
    new TextEncoder().encode(`Name,State,accuracy\n${rows.join("\n")}\n`),
    /^Stored 24 runs and 0 images/,
  );
  const pixels = Uint8Array.from({ length: 6 * 64 }, (_, at) => (at * 37) % 256);
  await importInto(page, "patches.npy", writeNpy({ shape: [6, 8, 8], data: pixels }), /^Stored 1 run and 6 images/);
  const attack = await startAttack(page, "Attack", experiment);
  const ascent = await startAscent(page, "Ascent", experiment);
  const chain = await startCancelledChain(page, "Chain", experiment);
  const large = await startEvolution(page, "MobileNet v1 0.25");
  const evolution = await startEvolution(page, "LeNet (MNIST)");
  kinds = { evolution, ascent, attack, chain, large };
  for (const run of [attack, ascent, large, evolution]) await waitForFinish(page, run);
  await share(page, "PUBLIC");
  publicPath = `/public/${experiment.id}`;
  await page.context().close();
});

const runPath = (run: Keyed) => `${publicPath}/runs/${encodeURIComponent(run.id)}`;
const anchor = (page: Page, run: Keyed) => page.locator(`a[href$='/runs/${encodeURIComponent(run.id)}']`);
const runLink = (page: Page, run: Keyed) => page.getByRole("listitem").locator(anchor(page, run));

test("a visitor reads all runs of an experiment in both directions, with images of every kind", async ({ browser }) => {
  const page = await open(browser);
  await page.goto(publicPath);
  await expect(h1(page, "Every kind of run")).toBeVisible();
  const rows = page.getByRole("region", { name: "Runs" }).getByRole("list").last().getByRole("listitem");
  await expect(rows).toHaveCount(20);
  for (const run of [kinds.evolution, kinds.ascent, kinds.attack])
    await expect(
      rows
        .filter({ has: anchor(page, run) })
        .locator("img")
        .first(),
    ).toBeAttached();
  await expect(rows.filter({ hasText: "patches" }).locator("img")).toHaveCount(6);
  await expect(rows.filter({ has: anchor(page, kinds.chain) })).toContainText(/cancelled/i);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await page.getByRole("button", { name: "Older runs" }).click();
  await expect(page).toHaveURL(/\?after=/);
  await expect(rows).toHaveCount(10);
  await expect(rows.last()).toContainText("other-0");
  await expect(page.getByRole("button", { name: "Older runs" })).toBeDisabled();
  await page.reload();
  await expect(rows).toHaveCount(10);
  await page.getByRole("button", { name: "Newer runs" }).click();
  await expect(rows).toHaveCount(20);
  await expect(rows.first()).toContainText(kinds.evolution.key);
  await expect(page.getByRole("button", { name: "Newer runs" })).toBeDisabled();
  await page.goBack();
  await expect(rows).toHaveCount(10);
  await page.goBack();
  await expect(rows).toHaveCount(20);
  await runLink(page, kinds.ascent).click();
  await expect(page).toHaveURL(runPath(kinds.ascent));
  await page.close();
});

test("an evolution has its archive, figures and recipe, and its images open by keyboard, by link and close by Back", async ({
  browser,
}) => {
  const page = await open(browser);
  await page.goto(publicPath);
  await runLink(page, kinds.evolution).click();
  await expect(page.getByText(`${kinds.evolution.key}, CPPN against LeNet (MNIST)`)).toBeVisible();
  const tiles = page.getByRole("region", { name: "Archive" }).getByRole("link");
  await expect(tiles).toHaveCount(10);
  await expect(page.getByRole("img", { name: /^Median confidence by generation/ })).toBeVisible();
  const recipe = page.getByRole("region", { name: "Recipe" });
  await expect(recipe).toContainText("Seed3");
  await expect(recipe).toContainText("Generations3");
  await expect(recipe).toContainText("Model SHA-256");
  const downloading = page.waitForEvent("download");
  await recipe.getByRole("button", { name: "JSON" }).click();
  const recipeFile = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
  expect(recipeFile).toMatchObject({
    run: kinds.evolution.key,
    encoding: "cppn",
    seed: 3,
    generations: 3,
    model: { name: "LeNet (MNIST)" },
  });
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);

  await tiles.nth(4).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?image=/);
  const image = dialogOf(page).getByRole("img", { name: labelled });
  await expect.poll(() => image.evaluate((each: HTMLImageElement) => [each.naturalWidth, each.width % each.naturalWidth])).toEqual([28, 0]);
  await expect(dialogOf(page)).toContainText("Elite of class 4");
  const genome = await dialogOf(page).getByRole("link", { name: "Genome" }).getAttribute("href");
  expect((await page.request.get(genome ?? "")).status()).toBe(200);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  const address = page.url();
  await page.keyboard.press("Escape");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(page).toHaveURL(runPath(kinds.evolution));
  await page.goForward();
  await expect(dialogOf(page)).toContainText("Elite of class 4");
  await page.goBack();
  await expect(dialogOf(page)).toHaveCount(0);
  await page.goBack();
  await expect(h1(page, "Every kind of run")).toBeVisible();

  await page.goto(address);
  await expect(dialogOf(page)).toContainText("Elite of class 4");
  await dialogOf(page).getByRole("button", { name: "Close" }).click();
  await expect(page).toHaveURL(runPath(kinds.evolution));
  await page.goto(`${runPath(kinds.ascent)}${new URL(address).search}`);
  await expect(dialogOf(page).getByRole("heading", { name: "Image not found" })).toBeVisible();
  await page.close();
});

test("images of ascents, attacks and imported runs open, and a chain shows its recipe", async ({ browser }) => {
  const page = await open(browser);
  for (const [run, note] of [
    [kinds.ascent, "Ascent of class"],
    [kinds.attack, "Attack on an image of"],
  ] as const) {
    await page.goto(runPath(run));
    await page.getByRole("img", { name: labelled }).first().click();
    await expect(dialogOf(page)).toContainText(note);
    await page.goBack();
    await expect(dialogOf(page)).toHaveCount(0);
  }
  await page.goto(publicPath);
  await page.getByRole("link", { name: /patches/ }).click();
  await page
    .getByRole("img", { name: /^Imported image/ })
    .first()
    .click();
  await expect(dialogOf(page)).toContainText("not measured here");
  await page.reload();
  await expect(dialogOf(page)).toContainText("not measured here");
  await page.goto(runPath(kinds.chain));
  await expect(page.getByRole("region", { name: "Recipe" })).toContainText("Retrainings1");
  await page.close();
});

test("citations name the owner, the year and the full address, and dialogs need no account", async ({ browser, baseURL }) => {
  const page = await open(browser);
  await page.goto(publicPath);
  const cite = page.getByRole("region", { name: "Cite" });
  await expect(cite).toContainText(
    `(${new Date().getUTCFullYear()}). Every kind of run. Pareidolia, ${experiment.key}. ${baseURL}${publicPath}`,
  );
  const downloading = page.waitForEvent("download");
  await cite.getByRole("button", { name: ".bib file" }).click();
  const entry = await readFile(await (await downloading).path(), "utf8");
  expect(entry).toContain(`url = {${baseURL}${publicPath}},`);
  await page.getByRole("region", { name: "Runs" }).getByRole("button", { name: "Query" }).click();
  await expect(dialogOf(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(publicPath);
  await expect(h1(page, "Every kind of run")).toBeVisible();
  await page.close();
});

const readTags = (html: string) =>
  new Map(
    [...html.matchAll(/<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"/g)].map(([, name, content]) => [name, content]),
  );

test("the link of an unlisted experiment opens its runs, sheets and preview, and nothing else does", async ({ browser, baseURL }) => {
  const robot = { headers: { "user-agent": "Twitterbot/1.0" } };
  const visitor = await open(browser);
  const tags = readTags(await (await visitor.request.get(publicPath, robot)).text());
  expect(tags.get("og:title")).toBe("Every kind of run");
  expect(tags.get("og:url")).toBe(`${baseURL}${publicPath}`);
  expect(tags.get("twitter:card")).toBe("summary_large_image");
  const preview = tags.get("og:image") ?? "";
  const shown = await visitor.request.get(preview);
  expect([shown.status(), shown.headers()["content-type"]]).toEqual([200, "image/png"]);

  const page = await open(browser, owner);
  const token = await share(page, "UNLISTED");
  expect((await visitor.request.get(preview)).status()).toBe(404);
  expect((await visitor.request.get(runPath(kinds.evolution))).status()).toBe(404);
  const linked = `/shared/${token}`;
  const secret = readTags(await (await visitor.request.get(linked, robot)).text());
  expect((await visitor.request.get((secret.get("og:image") ?? "").replaceAll("&amp;", "&"))).status()).toBe(200);
  await visitor.setViewportSize({ width: 390, height: 844 });
  await visitor.goto(linked);
  await runLink(visitor, kinds.evolution).click();
  await expect(visitor).toHaveURL(`${linked}/runs/${encodeURIComponent(kinds.evolution.id)}`);
  await visitor.getByRole("region", { name: "Archive" }).getByRole("link").first().click();
  const image = dialogOf(visitor).getByRole("img", { name: labelled });
  await expect.poll(() => image.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBe(28);
  const genome = await dialogOf(visitor).getByRole("link", { name: "Genome" }).getAttribute("href");
  expect((await visitor.request.get(genome ?? "")).status()).toBe(200);
  await expectFitsPhone(visitor);
  await visitor.goBack();
  await visitor.goBack();
  await expect(h1(visitor, "Every kind of run")).toBeVisible();
  const sheet = visitor.waitForResponse(
    (response) => response.url().includes("/contact-sheets/") && response.url().endsWith(`?share=${token}`),
  );
  await runLink(visitor, kinds.large).click();
  expect((await sheet).status()).toBe(200);
  const stage = visitor.getByRole("application", { name: "Archive" });
  await stage.focus();
  await visitor.keyboard.press("Home");
  await visitor.keyboard.press("Enter");
  await expect(dialogOf(visitor)).toContainText("Elite of class");
  await expect(visitor).toHaveURL(/class=\d+.*image=/);
  await expectFitsPhone(visitor);
  await visitor.goBack();
  await expect(dialogOf(visitor)).toHaveCount(0);
  await visitor.goto(linked);
  const region = visitor.getByRole("region", { name: "Cite" });
  await expect(region).not.toContainText(token);
  await expect
    .poll(() => visitor.locator("main img").evaluateAll((all) => all.every((each) => (each as HTMLImageElement).complete)))
    .toBe(true);
  await share(page, "PRIVATE");
  expect((await visitor.request.get(`${linked}/runs/${encodeURIComponent(kinds.evolution.id)}`)).status()).toBe(404);
  await visitor.close();
  await page.close();
});
