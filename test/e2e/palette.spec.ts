/** The palette, with real input: press the shortcut or click the search field, then type on the keyboard. */
import { expect } from "@playwright/test";
import { createGate, holdOperation, startRun, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

test("Control-K finds an elite by its label and Enter opens it", async ({ page }) => {
  await finishedRun(page, { generations: 10 });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const hint = process.platform === "darwin" ? "⌘K" : "Ctrl+K";
  await expect(page.getByRole("banner").getByText(hint, { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("7");
  const first = page.getByRole("option").first();
  await expect(first).toContainText(/^7, /);
  await expect(first).toBeEnabled();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/elites\//);
  await expect(page.getByRole("heading", { level: 1, name: "7" })).toBeVisible();
});

test("a result for an earlier text cannot be opened while a later text is searched", async ({ page }) => {
  await finishedRun(page, { generations: 10 });
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const first = page.getByRole("option").first();
  await page.keyboard.type("3");
  await expect(first).toContainText(/^3, /);
  await expect(first).toBeEnabled();
  const gate = createGate();
  await holdOperation(page, "PaletteElites", gate);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("7");
  await expect(first).toContainText(/^3, /);
  await expect(first).toBeDisabled();
  await expect(page.getByRole("option", { name: "Filter: label is 7" })).toBeEnabled();
  await first.click({ force: true });
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(/\/models$/);
  gate.open();
  await expect(first).toContainText(/^7, /);
  await expect(first).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "7" })).toBeVisible();
});

test("a first result that does not change is selected again once it has loaded, and Enter opens it", { tag: "@alone" }, async ({
  page,
}) => {
  await finishedRun(page, { generations: 10 });
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  const first = page.getByRole("option").first();
  await expect(first).toContainText(/^\d, /);
  const named = (await first.textContent()) ?? "";
  const label = named.charAt(0);
  const gate = createGate();
  await holdOperation(page, "PaletteElites", gate);
  await page.keyboard.type(label);
  await expect(first).toBeDisabled();
  const chosen = page.getByRole("option", { selected: true });
  await expect(chosen).toHaveText(new RegExp(`Filter: label is ${label}`));
  gate.open();
  await expect(first).toBeEnabled();
  await expect(first).toHaveText(named);
  await expect(chosen).toHaveText(named);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/elites\//);
});

test("Enter right after the last character waits for the results and opens the first, unless a row was chosen", async ({ page }) => {
  await finishedRun(page, { generations: 10 });
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  const gate = createGate();
  await holdOperation(page, "PaletteElites", gate);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: "Filter: label is 7" })).toBeEnabled();
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(/\/models$/);
  gate.open();
  await expect(page).toHaveURL(/\/elites\//);
  await expect(page.getByRole("heading", { level: 1, name: "7" })).toBeVisible();

  gate.close();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await expect(page.getByRole("option", { name: /Use the dark theme/ })).toBeEnabled();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Search or jump to" })).toBeHidden();
  gate.open();
});

test("words find an experiment and an image by what their rows say, in any order", async ({ page }) => {
  await startRun(page, { name: "Digit 3, by Adam", generations: 1, idempotencyKey: "digit 3 adam" });
  await finishedRun(page, { generations: 10 });
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("digit 3, adam");
  await expect(page.getByRole("option", { name: /^EXP-\d+ Digit 3, by Adam/ })).toBeEnabled();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("direct 7");
  const first = page.getByRole("option").first();
  await expect(first).toContainText(/^7, Direct/);
});

test("Control-Enter opens a result in a new tab, and starts no run in the form behind", async ({ page, context }) => {
  const starts: string[] = [];
  page.on("request", (request) => {
    if (/"operationName":"(CreateExperiment|Start\w+)"/.test(request.postData() ?? "")) starts.push(request.postData() ?? "");
  });
  await page.goto("/new");
  await expect(page.getByRole("button", { name: /^Start run/ })).toBeEnabled();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("transfer");
  await expect(page.getByRole("dialog").getByRole("option", { selected: true })).toContainText("Transfer");
  const opened = context.waitForEvent("page");
  await page.keyboard.press("Control+Enter");
  const tab = await opened;
  await expect(tab).toHaveURL(/\/models\/transfer$/);
  await tab.close();
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.getByRole("main").getByRole("button", { name: "Query", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(starts).toEqual([]);
  await expect(page).toHaveURL(/\/new/);
});

test("the only result is selected", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("copy");
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.getByRole("option", { selected: true })).toHaveText(/Copy the GraphQL query/);
});

test("the copied query runs unchanged", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("digit");
  await page.getByRole("option", { name: /Copy the GraphQL query/ }).click();
  const readCopied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(readCopied).toContain('labelContains: "digit"');
  const answer = await page.request.post(new URL("/graphql", baseURL).href, { data: { query: await readCopied() } });
  expect(await answer.json()).toEqual({
    data: { elites: expect.objectContaining({ nodes: expect.any(Array) }) },
    extensions: expect.anything(),
  });
});

test("the slash opens the palette too, which finds actions and closes on Escape", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
  await page.keyboard.press("/");
  const field = page.getByRole("combobox");
  await expect(field).toBeFocused();
  await page.keyboard.type("dark");
  await page.getByRole("option", { name: /Use the dark theme/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("/");
  await page.keyboard.type("no such thing");
  await expect(page.getByText("No results")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
});

test("typing after a click on Search reaches the field, and triggers no shortcut of the page behind", async ({ page }) => {
  await page.goto("/experiments");
  await expect(page.getByRole("heading", { level: 1, name: "Experiments" })).toBeVisible();
  await page.getByRole("button", { name: "Search or jump to" }).click();
  await page.keyboard.type("curtain");
  await expect(page.getByRole("combobox")).toHaveValue("curtain");
  // Keys that reach the list instead of the field trigger no shortcuts either.
  await page.getByText("Go to", { exact: true }).or(page.getByText("No results")).first().click();
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog", { name: "New experiment" })).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Search or jump to" })).toBeVisible();
});

for (const [typed, option, address] of [
  ["mobilenet v1 0.25", /MobileNet v1 0\.25/, /\/models#/],
  ["transfer", /Transfer/, /\/models\/transfer$/],
  ["register", /Register a model/, /\/models\/new$/],
  ["perturb", /Perturb a photo/, /\/new\?method=perturb$/],
] as const)
  test(`“${typed}” leads to ${address.source.replaceAll("\\", "")}`, async ({ page }) => {
    await page.goto("/gallery");
    await expect(page.getByRole("heading", { level: 1, name: "Gallery" })).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(typed);
    const result = page.getByRole("dialog").getByRole("option", { name: option }).first();
    await expect(result).toBeVisible();
    await result.click();
    await expect(page).toHaveURL(address);
  });

test("with digits and ImageNet side by side, a label finds its own class, and large images stay within their tile", async ({ page }) => {
  await finishedRun(page, { generations: 10 });
  await finishedRun(page, { encoding: "cppn", generations: 3, model: "MobileNet v1 0.25" });
  await page.goto("/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("shark");
  const first = page.getByRole("option").first();
  await expect(first).toContainText(/shark, /);
  await expect(first).toBeEnabled();
  for (const option of await page
    .getByRole("option")
    .filter({ has: page.locator("img") })
    .all()) {
    await expect(option).toContainText("shark");
    const { width = 0, height = 0 } = (await option.locator("img").boundingBox()) ?? {};
    expect(Math.max(width, height)).toBeLessThanOrEqual(28);
  }
  await page.screenshot({ path: "test/results/palette.png" });
  await page.getByRole("option", { name: "Filter: label is tiger shark" }).click();
  const tiles = page.getByRole("gridcell").getByRole("link");
  await expect(tiles.first()).toHaveAccessibleName(/^tiger shark, /);
  for (const tile of await tiles.all()) await expect(tile).toHaveAccessibleName(/^tiger shark, /);
  const { width = 0 } = (await tiles.first().locator("img").boundingBox()) ?? {};
  expect(width).toBeLessThanOrEqual(112);
});
