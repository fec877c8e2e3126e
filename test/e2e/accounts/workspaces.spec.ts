/** One person works in two workspaces at once: each tab stays in the workspace of its address. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, createExperiment, startRun, test, waitForFinish } from "../../support/browser.ts";
import { join, type StoredState, signInOwner, startRunsOf } from "../../support/browserAccounts.ts";

test.describe.configure({ mode: "serial" });
// The browser reports the pages that are not found.
test.use({ allowedErrors: [/Failed to load resource: .*404/] });

const name = "Second home";
let owner: StoredState;
let slug: string;

/** A session of its own, since others act in the workspace that theirs used last. */
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext();
  await signInOwner(context.request);
  owner = await context.storageState();
  await context.close();
});

async function createWorkspace(page: Page): Promise<string> {
  const create = "mutation($name: String!) { createWorkspace(input: { name: $name }) { ... on WorkspaceSuccess { membership { slug } } } }";
  return (await ask<{ createWorkspace: { membership: { slug: string } } }>(page, create, { name })).createWorkspace.membership.slug;
}

/** Two tabs of the owner: in the first workspace, and in another one. */
async function openTabs(browser: Browser): Promise<readonly [Page, Page]> {
  const context = await browser.newContext({ storageState: owner });
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto("/w/local/experiments");
  slug ??= await createWorkspace(first);
  await second.goto(workspaceAddress(slug, "/experiments"));
  return [first, second];
}

const stateOf = (page: Page) => page.getByRole("complementary", { name: "The run" });
const menuOf = (page: Page) => page.getByRole("button", { name: /^Workspace / });

test("two tabs show two workspaces, and each follows its own", async ({ browser }) => {
  const [first, second] = await openTabs(browser);
  await expect(menuOf(second)).toHaveText(/Second home/);
  await createExperiment(second, "Only in the second");
  await createExperiment(first, "Only in the first");
  await expect(second.getByRole("link", { name: "Only in the second" })).toBeVisible();
  await expect(first.getByRole("link", { name: "Only in the first" })).toBeVisible();
  await expect(first.getByText("Only in the second")).toHaveCount(0);
  await expect(second.getByText("Only in the first")).toHaveCount(0);

  const [, inFirst = ""] = (await startRunsOf(first, "Runs of the first", 2, 100)).runs;
  const [inSecond = ""] = (await startRunsOf(second, "Runs of the second", 1, 100)).runs;
  await second.goto(workspaceAddress(slug, `/runs/${inSecond}`));
  await first.goto(`/w/local/runs/${inFirst}`);
  // The events of a run arrive by the WebSocket of its workspace.
  for (const page of [first, second]) await expect(stateOf(page)).toHaveText(/^finished/i, { timeout: 90_000 });
  for (const page of [first, second]) await page.reload();
  await expect(menuOf(first)).not.toHaveText(/Second home/);
  await expect(menuOf(second)).toHaveText(/Second home/);
  await first.context().close();
});

test("a comment that is not sent stays while another tab changes the workspace, and belongs to its own", async ({ browser }) => {
  const [first, second] = await openTabs(browser);
  const commentOf = (page: Page) => page.getByRole("textbox", { name: "New comment on RUN-1" });
  await first.goto("/w/local/runs/RUN-1");
  await commentOf(first).fill("Half a thou");

  await second.goto(workspaceAddress(slug, "/models"));
  await menuOf(second).click();
  await second.getByRole("menuitemradio", { checked: false }).filter({ hasNotText: name }).first().press("Enter");
  await expect(second).toHaveURL(/\/w\/(?!second)[\w-]+\/models$/);
  await second.goto(workspaceAddress(slug, "/runs/RUN-1"));
  await expect(commentOf(second)).toHaveValue("");

  await expect(commentOf(first)).toHaveValue("Half a thou");
  await commentOf(first).press("End");
  await first.keyboard.type("ght");
  await first.reload();
  await expect(first.getByText("Restored your unsent text")).toBeVisible();
  await expect(commentOf(first)).toHaveValue("Half a thought");
  await commentOf(first).fill("");
  await first.context().close();
});

test("a public result that is read in another workspace names its owner, and is cited by the owner's address", async ({ browser }) => {
  const [first, second] = await openTabs(browser);
  await first.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const run = await startRun(first, { name: "Public elites", generations: 2 });
  await waitForFinish(first, run);
  const { node } = await ask<{ node: { experiment: { id: string; workspaceName: string }; archive: { id: string }[] } }>(
    first,
    "query($id: ID!) { node(id: $id) { ... on EvolutionRun { experiment { id workspaceName } archive { id } } } }",
    { id: run.id },
  );
  const share = "mutation($input: SetExperimentVisibilityInput!) { setExperimentVisibility(input: $input) { __typename } }";
  const input = { experimentId: node.experiment.id, visibility: "PUBLIC" };
  const { setExperimentVisibility } = await ask<{ setExperimentVisibility: { __typename: string } }>(first, share, { input });
  expect(setExperimentVisibility.__typename).toBe("SetExperimentVisibilitySuccess");
  const elite = `/elites/${node.archive[0]?.id}`;
  await second.goto(workspaceAddress(slug, elite));
  await expect(second.getByText(new RegExp(`^${node.experiment.workspaceName} \\(\\d{4}\\)`))).toBeVisible();
  await second.getByRole("button", { name: "Permalink" }).click();
  expect(await second.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`/w/local${elite}$`));
  await first.context().close();
});

test("a short address leads to the workspace that has it, or offers those that do", async ({ browser }) => {
  const [page] = await openTabs(browser);
  const { runs } = await ask<{ runs: { nodes: { key: string }[] } }>(page, "{ runs(first: 1) { nodes { key } } }", {});
  const latest = runs.nodes[0]?.key ?? "";
  await page.goto(workspaceAddress(slug, "/gallery"));
  await page.goto(`/runs/${latest}?tab=table`);
  await expect(page).toHaveURL(`/w/local/runs/${latest}?tab=table`);

  await page.goto("/runs/RUN-1");
  await expect(page.getByRole("heading", { level: 1, name: "Which workspace?" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Your workspaces" }).getByRole("link", { name })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(workspaceAddress(slug, "/runs/RUN-1"));
  await page.goto("/gallery");
  await expect(page).toHaveURL(workspaceAddress(slug, "/gallery"));
  await page.context().close();
});

test("the address of a workspace that is not theirs shows members nothing, and leads on", async ({ browser }) => {
  const [first] = await openTabs(browser);
  const member = await join(browser, first, "workspaces-member");
  for (const foreign of [slug, "no-such-lab"]) {
    const response = await member.goto(`/w/${foreign}/runs/RUN-1`);
    expect(response?.status()).toBe(404);
    await expect(member.getByRole("heading", { level: 1, name: "Workspace not found" })).toBeVisible();
    await expect(member.getByText(name)).toHaveCount(0);
  }
  await expectAccessibleInBothThemes(member);
  await expectFitsPhone(member);
  await member.getByRole("list", { name: "Your workspaces" }).getByRole("link").click();
  await expect(member).toHaveURL("/w/local");
  await expect(menuOf(member)).toBeVisible();
  await first.context().close();
});
