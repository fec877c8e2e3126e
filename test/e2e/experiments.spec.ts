/** The list of experiments: archiving and its undo, searches, orders and views, and a missing key. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { createExperiment, test } from "../support/browser.ts";

/** Keeps a repeated test from finding its earlier experiments. */
const mark = randomUUID().slice(0, 8);

const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

test("archiving removes an experiment from the list, and Undo in the toast restores it", async ({ page }) => {
  const name = `Archived by mistake ${mark}`;
  const { key } = await createExperiment(page, name);
  await page.goto("/experiments");
  await row(page, name)
    .getByRole("button", { name: `Archive: ${key}` })
    .click();
  await expect(page.getByText(`${key} is archived`)).toBeVisible();
  await expect(row(page, name)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, name)).toBeVisible();

  await page.getByRole("button", { name: /^Archived/ }).click();
  await expect(page).toHaveURL(/view=archived/);
  await expect(row(page, name)).toHaveCount(0);
});

interface Changes {
  readonly everything: boolean;
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
}

function changesIn(frame: string | Buffer): Changes[] {
  const { payload } = JSON.parse(String(frame)) as { payload?: { data?: { workspaceChanges?: Changes } } };
  return payload?.data?.workspaceChanges === undefined ? [] : [payload.data.workspaceChanges];
}

test("a list is loaded once when it opens, and again only after changes", async ({ page }) => {
  const changes: Changes[] = [];
  let loads = 0;
  page.on("websocket", (socket) => void socket.on("framereceived", ({ payload }) => void changes.push(...changesIn(payload))));
  page.on("request", (request) => {
    if (request.postData()?.includes('"operationName":"Experiments"') === true) loads += 1;
  });
  const [first, second] = [`Opened ${mark}`, `Added ${mark}`];
  await createExperiment(page, first);
  await page.goto("/experiments");
  await expect(row(page, first)).toBeVisible();
  await expect.poll(() => changes.length).toBeGreaterThan(0);
  await createExperiment(page, second);
  await expect(row(page, second)).toBeVisible();
  expect(changes.filter(({ everything }) => everything)).toEqual([]);
  // Tests beside this one may change something, too.
  expect(loads).toBeLessThanOrEqual(1 + changes.filter(({ runIds, experimentIds }) => runIds.length + experimentIds.length > 0).length);
});

test("an archived experiment is listed under Archived after a reload, and can be restored on its own page", async ({ page }) => {
  const name = `Archived on purpose ${mark}`;
  const { key } = await createExperiment(page, name);
  await page.goto(`/experiments/${key}`);
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(page.getByText(`${key} is archived`)).toBeVisible();
  await page.goto("/experiments?view=archived");
  await expect(row(page, name)).toBeVisible();
  await row(page, name).getByRole("link", { name }).click();
  await expect(page).toHaveURL(new RegExp(`/experiments/${key}$`));
  await page.getByRole("button", { name: "Unarchive", exact: true }).click();
  await expect(page.getByRole("button", { name: "Archive", exact: true })).toBeVisible();
  await page.goto(`/experiments?q=${encodeURIComponent(name)}`);
  await expect(row(page, name)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Search experiments" })).toHaveText(name);
});

test("a missing key and an invalid view show a message", async ({ page }) => {
  await page.goto("/experiments/EXP-99999");
  await expect(page.getByRole("heading", { name: "There is no EXP-99999" })).toBeVisible();
  await page.goto("/experiments?view=sideways&q=%F0%9F%A6%93");
  await expect(page.getByText("No experiment matches this search")).toBeVisible();
});

test("experiments are searched, sorted and kept as a view, and the view opens from its link", async ({ page }) => {
  const names = ["alpha", "beta"].map((word) => `${word} ${mark}`);
  for (const name of names) await createExperiment(page, name);
  await page.goto("/experiments");
  const field = page.getByRole("textbox", { name: "Search experiments" });
  await expect(field).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("nmae = x");
  await expect(page.getByRole("status").filter({ hasText: "nmae" })).toBeVisible();
  await field.press("ControlOrMeta+a");
  await page.keyboard.type(`name ~ ${mark} AND (name ~ alpha OR name ~ beta)`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 experiments")).toBeVisible();
  const listed = page.getByRole("row").getByRole("link", { name: new RegExp(mark) });
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect(listed).toHaveText(names);
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await expect(listed).toHaveText(names.toReversed());

  await page.getByRole("button", { name: "Save view" }).click();
  await page.keyboard.type(`Greek ${mark}`);
  await page.keyboard.press("Enter");
  const tab = page.getByRole("group", { name: "View" }).getByRole("button", { name: `Greek ${mark}` });
  await expect(tab).toHaveAttribute("aria-pressed", "true");
  const key = new URL(page.url()).searchParams.get("view") ?? "";
  await page.getByRole("button", { name: /^All/ }).click();
  await expect(tab).toHaveAttribute("aria-pressed", "false");
  await page.goto(`/experiments?view=${key}`);
  await expect(listed).toHaveText(names.toReversed());
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV", exact: true }).click();
  const rows = (await readFile(await (await downloading).path(), "utf8")).trimEnd().split("\r\n");
  expect(rows.map((text) => text.split(",")[1])).toEqual(["name", ...names.toReversed()]);
});

test.describe("when the API does not answer", () => {
  // The browser logs failed requests to its console.
  test.use({ allowedErrors: [/Failed to load resource/] });

  test("an open page says so, keeps what it shows, and recovers by itself", async ({ page }) => {
    const name = `Seen before the outage ${mark}`;
    await createExperiment(page, name);
    await page.goto("/experiments");
    await expect(row(page, name)).toBeVisible();
    await page.route("**/graphql", (route) => route.abort());
    await expect(page.getByText("The API does not answer.")).toBeVisible();
    await expect(row(page, name)).toBeVisible();
    await page.unroute("**/graphql");
    await expect(page.getByText("The API does not answer.")).toHaveCount(0);
  });

  test("an experiment opened during the outage appears when the API is back", async ({ page }) => {
    const { key } = await createExperiment(page, "Opened during the outage");
    await page.route("**/graphql", (route) => route.abort());
    await page.goto(`/experiments/${key}`);
    await expect(page.getByText("The API does not answer.")).toBeVisible();
    await page.unroute("**/graphql");
    await expect(page.getByRole("heading", { name: "Opened during the outage" })).toBeVisible();
  });
});
