/** Without a network connection the application stays open: it says what still works, and opens what was asked for when the connection is back. */
import { expect } from "@playwright/test";
import { ask, test } from "../support/browser.ts";
import { finishedRun } from "../support/finishedRuns.ts";

// The console logs every failed request.
test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED/] });

test("a page opened offline loads with the connection, unless the person stays", async ({ page, context }) => {
  await page.goto("/workers");
  await expect(page.getByRole("heading", { level: 1, name: "Workers" })).toBeVisible();
  const note = page.getByRole("status", { name: "Connection" });
  await context.setOffline(true);
  await expect(note).toContainText("This browser is offline.");
  await expect(note).toContainText("unsent text stays in this browser");

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Trash" }).click();
  await expect(note).toContainText("The page you asked for opens as soon as it is.");
  // The browser's error page would have replaced the document.
  await expect(page.getByRole("heading", { level: 1, name: "Workers" })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  await expect(page).toHaveURL(/\/trash$/);
  await expect(note).toBeEmpty();

  // By keyboard, too.
  await context.setOffline(true);
  await expect(note).toContainText("This browser is offline.");
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await note.getByRole("button", { name: "Stay here" }).click();
  await expect(note).not.toContainText("The page you asked for");
  await context.setOffline(false);
  await expect(note).toBeEmpty();
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  await expect(page).toHaveURL(/\/trash$/);
});

test("a page catches up with what a colleague changed while it was offline", async ({ page, context }) => {
  const run = await finishedRun(page, { generations: 3 });
  await page.goto(`/runs/${run.key}`);
  await expect(page.getByRole("button", { name: "Rename" })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByRole("status", { name: "Connection" })).toContainText("This browser is offline.");
  const rename = "mutation($input: RenameRunInput!) { renameRun(input: $input) { __typename } }";
  // Playwright's own requests are not offline.
  await ask(page, rename, { input: { runId: run.id, name: "Named meanwhile" } });
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Named meanwhile" })).toBeVisible();
  await ask(page, rename, { input: { runId: run.id, name: "" } });
});
