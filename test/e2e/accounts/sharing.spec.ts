/** Workspaces and shared experiments: one owner in a browser, and visitors who are signed out in another. */
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { startRun, test, waitForFinish } from "../../support/browser.ts";
import { type StoredState, signInOwner } from "../../support/browserAccounts.ts";

// Each test continues where the one before it ended.
test.describe.configure({ mode: "serial" });
// The browser reports the pages and images that are no longer shared.
test.use({ allowedErrors: [/Failed to load resource: .*404/] });

const h1 = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const workspaceButton = (page: Page, name: string) => page.getByRole("button", { name: `Workspace ${name}`, exact: true });

let owner: StoredState;
let firstWorkspace: string;

/** A new context of the owner, or of a visitor. */
async function open(browser: Browser, storageState?: StoredState): Promise<Page> {
  return (await browser.newContext(storageState === undefined ? {} : { storageState })).newPage();
}

/** Changes who may read the experiment whose page is open. */
async function share(page: Page, visibility: "Private" | "Unlisted" | "Public"): Promise<void> {
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("radio", { name: visibility }).check();
  await page.getByRole("button", { name: `Make it ${visibility.toLowerCase()}` }).click();
  await expect(page.getByText(new RegExp(`^EXP-\\d+ is ${visibility.toLowerCase()} now\\.$`))).toBeVisible();
}

test.beforeAll(async ({ browser }) => {
  const page = await open(browser);
  await signInOwner(page.request);
  owner = await page.context().storageState();
  await page.context().close();
});

test("an owner creates a workspace, which starts empty, and switches back", async ({ browser }) => {
  const page = await open(browser, owner);
  await page.goto("/experiments");
  const current = page.getByRole("button", { name: /^Workspace / });
  await expect(current).toHaveText(/Workspace \S/);
  firstWorkspace = ((await current.textContent()) ?? "").replace("Workspace ", "");
  await current.click();
  await expect(page.getByRole("menuitemradio", { name: `${firstWorkspace} owner` })).toBeFocused();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("menuitem", { name: "New workspace" }).click();
  await page.getByLabel("Name of the new workspace").fill("Second Lab");
  await page.keyboard.press("Enter");
  await expect(workspaceButton(page, "Second Lab")).toBeVisible();
  await page.goto("/experiments");
  await expect(page.getByText("No experiments yet")).toBeVisible();

  await workspaceButton(page, "Second Lab").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio").first()).toBeFocused();
  await page.getByRole("menuitemradio", { name: `${firstWorkspace} owner` }).press("Enter");
  await expect(page).toHaveURL("/w/local/experiments");
  await expect(workspaceButton(page, firstWorkspace)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await workspaceButton(page, firstWorkspace).click();
  await expect(page.getByRole("menuitemradio", { name: "Second Lab owner" })).toBeInViewport();
  await page.context().close();
});

test("a deleted workspace is closed at once, and its owner restores it", async ({ browser }) => {
  const page = await open(browser, owner);
  await page.goto("/");
  await page.getByRole("button", { name: /^Workspace / }).click();
  await page.getByRole("menuitemradio", { name: "Second Lab owner" }).click();
  await expect(workspaceButton(page, "Second Lab")).toBeVisible();
  await page.goto("/settings/general");
  await page.getByRole("button", { name: "Delete the workspace" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(workspaceButton(page, firstWorkspace)).toBeVisible();
  await page.getByRole("button", { name: /^Workspace / }).click();
  await expect(page.getByRole("menuitemradio")).toHaveCount(1);
  await page.goto("/settings/general");
  await page.getByRole("button", { name: "Restore Second Lab" }).click();
  await expect(page.getByText("Second Lab is restored")).toBeVisible();
  await page.context().close();
});

test("visitors read an experiment while it is public or they have its link, and only then", async ({ browser }) => {
  const page = await open(browser, owner);
  await page.goto("/");
  const run = await startRun(page, { name: "Two encodings", generations: 3 });
  await waitForFinish(page, run);
  await page.goto(`/runs/${run.key}`);
  await page.locator("main a[href^='/w/local/experiments/EXP-']").first().click();
  await expect(page).toHaveURL(/\/experiments\/EXP-\d+$/);
  await page.getByRole("button", { name: "Share" }).click();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.keyboard.press("Escape");
  await share(page, "Public");
  const publicPath = (await page.getByRole("link", { name: "Open its page" }).getAttribute("href")) ?? "";
  await page.keyboard.press("Escape");

  const visitor = await open(browser);
  await visitor.goto("/sign-in");
  await visitor.getByRole("link", { name: "See public experiments" }).click();
  await expect(h1(visitor, "Public experiments")).toBeVisible();
  await expect(visitor.locator(`a[href='${publicPath}']`)).toBeVisible();
  await expectAccessibleInBothThemes(visitor);
  await expectFitsPhone(visitor);

  // A page that cannot load says so, without a word about the visitor's runs, and loads on request.
  await visitor.route("**/graphql", (route) => route.abort());
  await visitor.reload();
  const failed = visitor.getByRole("alert").filter({ hasText: "This page could not be loaded" });
  await expect(failed).toBeVisible();
  await expect(failed).not.toContainText("Runs continue");
  await expectAccessibleInBothThemes(visitor);
  await visitor.unroute("**/graphql");
  await failed.getByRole("button", { name: "Try again" }).click();

  await visitor.locator(`a[href='${publicPath}']`).click();
  await expect(visitor).toHaveURL(publicPath);
  const images = visitor.getByRole("img", { name: /^Image that the network labels/ });
  await expect(images).toHaveCount(10);
  await expect.poll(() => images.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(28);
  await expect(visitor.getByRole("img", { name: /^Median confidence by generation/ })).toBeVisible();
  await expect(visitor.getByRole("heading", { name: "Cite" })).toBeVisible();
  await expect(visitor.getByRole("navigation", { name: "Main" })).not.toContainText("Experiments ");
  await expect(visitor.getByText("owner-1")).toHaveCount(0);
  await expectAccessibleInBothThemes(visitor);
  await expectFitsPhone(visitor);

  await share(page, "Private");
  await page.keyboard.press("Escape");
  const hidden = await visitor.goto(publicPath);
  expect(hidden?.status()).toBe(404);
  await expect(h1(visitor, "There is no such experiment")).toBeVisible();
  const missing = await visitor.goto("/public/RXhwZXJpbWVudDptaXNzaW5n");
  expect(missing?.status()).toBe(404);
  await expect(h1(visitor, "There is no such experiment")).toBeVisible();
  await expectAccessibleInBothThemes(visitor);

  await share(page, "Unlisted");
  const sharedPath = (await page.getByRole("link", { name: "Open its page" }).getAttribute("href")) ?? "";
  expect(sharedPath).toMatch(/^\/shared\/[\w-]{43}$/);
  await visitor.goto(sharedPath);
  await expect(images).toHaveCount(10);
  await expect.poll(() => images.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(28);
  expect((await visitor.goto(publicPath))?.status()).toBe(404);
  await page.getByRole("button", { name: "Replace the link" }).click();
  await expect(page.getByRole("link", { name: "Open its page" })).not.toHaveAttribute("href", sharedPath);
  expect((await visitor.goto(sharedPath))?.status()).toBe(404);
  await Promise.all([page.context().close(), visitor.context().close()]);
});
