/** What pages do while the API has not answered a change, or after its answer was lost. */
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { ask, createExperiment, createGate, failOperation, holdOperation, loseAnswer, startRun, test } from "../support/browser.ts";

/** Keeps a repeated test from finding its earlier experiments. */
const mark = randomUUID().slice(0, 8);

const openModels = async (page: Page) => {
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^Models/ })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Models" })).toBeVisible();
};

test("a pin shows at once, keeps no link from opening, and is taken back when it is refused", async ({ page }) => {
  const { key } = await createExperiment(page, `Pinned ${mark}`);
  await page.goto(`/experiments/${key}`);
  const pin = page.getByRole("button", { name: `Pin ${key}` });
  const gate = createGate();
  await holdOperation(page, "Pin", gate);
  await pin.click();
  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await openModels(page);
  gate.open();
  await page.goBack();
  await expect(pin).toHaveAttribute("aria-pressed", "true");

  await failOperation(page, "Unpin", () => true);
  await pin.click();
  await expect(page.getByText(`${key} was not unpinned. The database is away.`)).toBeVisible();
  await expect(pin).toHaveAttribute("aria-pressed", "true");
});

test("a run is not started again before its page has opened, and the form works again after Back", async ({ page }) => {
  let starts = 0;
  page.on("request", (request) => {
    if (request.postData()?.includes('"operationName":"StartEvolution"') === true) starts += 1;
  });
  const pageRequest = /\/runs\/RUN-\d+\?.*_rsc=/;
  const gate = createGate();
  await page.goto("/new");
  await page.getByLabel("Generations").fill("1");
  await page.route(pageRequest, async (route) => {
    await gate.passed;
    await route.continue();
  });
  const requested = page.waitForRequest(pageRequest);
  await page.getByRole("button", { name: /^Start run/ }).click();
  await requested;
  await expect(page.getByRole("button", { name: /^Starting/ })).toBeDisabled();
  await page.keyboard.press("Control+Enter");
  gate.open();
  await expect(page).toHaveURL(/\/runs\/RUN-\d+$/);
  await page.goBack();
  await expect(page.getByRole("button", { name: /^Start run/ })).toBeEnabled();
  expect(starts).toBe(1);
});

const lostAnswer = "The API did not answer.";

test("an experiment is created once when its first answer is lost and the form is sent again", async ({ page }) => {
  let isLosing = true;
  await page.goto("/experiments");
  await loseAnswer(page, "CreateExperiment", () => isLosing);
  await page.getByRole("button", { name: /^New experiment/ }).click();
  const dialog = page.getByRole("dialog", { name: "New experiment" });
  await dialog.getByLabel("Name").fill(`Created once ${mark}`);
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByRole("alert")).toHaveText(`${lostAnswer} Try again: nothing is created twice.`);
  isLosing = false;
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/experiments\/EXP-\d+$/);
  const query = "query($search: String) { experiments(first: 5, search: $search) { totalCount } }";
  const found = await ask<{ experiments: { totalCount: number } }>(page, query, { search: `Created once ${mark}` });
  expect(found.experiments.totalCount).toBe(1);
});

test("a run is rerun once when the first answer is lost and the dialog is sent again, and twice after an answer", async ({ page }) => {
  const { id, key } = await startRun(page, { name: `Rerun once ${mark}`, generations: 1 });
  let isLosing = true;
  const query = "query($id: ID!) { node(id: $id) { ... on Run { experiment { id key runCount } } } }";
  const experimentNow = async () => {
    const { node } = await ask<{ node: { experiment: { key: string; runCount: number } } }>(page, query, { id });
    return node.experiment;
  };
  const { key: experiment } = await experimentNow();
  await page.goto(`/experiments/${experiment}`);
  await loseAnswer(page, "RerunRuns", () => isLosing);
  const rerun = async () => {
    await page.getByRole("checkbox", { name: `Select ${key}` }).check();
    await page.getByRole("button", { name: /^Rerun/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start 1 run" }).click();
  };
  await rerun();
  await expect(page.getByText(`No run was started. ${lostAnswer} The change may have been made all the same`)).toBeVisible();
  isLosing = false;
  await rerun();
  const started = page.getByText(/^1 run started: RUN-\d+\.$/);
  await expect(started).toHaveCount(1);
  expect((await experimentNow()).runCount).toBe(2);
  await rerun();
  await expect(started).toHaveCount(2);
  expect((await experimentNow()).runCount).toBe(3);
});

test("what is typed while notes are being saved stays in the editor as a draft", async ({ page }) => {
  const { key } = await createExperiment(page, `Noted ${mark}`);
  await page.goto(`/experiments/${key}`);
  const gate = createGate();
  await holdOperation(page, "UpdateExperiment", gate);
  await page.getByRole("button", { name: "Add notes" }).click();
  const editor = page.getByRole("textbox", { name: `Notes of ${key}` });
  const save = page.getByRole("button", { name: "Save", exact: true });
  await editor.pressSequentially("First");
  await save.click();
  await expect(save).toBeDisabled();
  await editor.press("End");
  await editor.pressSequentially(", second");
  gate.open();
  await expect(page.getByText(`Notes of ${key} saved.`)).toBeVisible();
  await expect(editor).toHaveValue("First, second");
  await expect(page.getByText("These notes have changed since you started.")).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("Restored your unsent text")).toBeVisible();
  await expect(editor).toHaveValue("First, second");
  await save.click();
  await expect(editor).toHaveCount(0);
  await expect(page.getByText("First, second")).toBeVisible();
});

test("what is typed while a comment is being sent or changed stays in its editor", async ({ page }) => {
  const { key } = await createExperiment(page, `Discussed ${mark}`);
  await page.goto(`/experiments/${key}`);
  const gate = createGate();
  for (const operation of ["AddComment", "EditComment"]) await holdOperation(page, operation, gate);
  const fresh = page.getByRole("textbox", { name: `New comment on ${key}` });
  await fresh.pressSequentially("Agreed");
  await fresh.press("Control+Enter");
  await fresh.pressSequentially(", but why?");
  gate.open();
  const comment = page.getByRole("listitem").filter({ hasText: "Agreed" });
  await expect(comment.getByText("Agreed", { exact: true })).toBeVisible();
  await expect(fresh).toHaveValue("Agreed, but why?");
  await fresh.fill("");

  gate.close();
  await comment.getByRole("button", { name: /^Actions on the comment/ }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edited = page.getByRole("textbox", { name: "Comment", exact: true });
  await edited.fill("Agreed by all");
  await edited.press("Control+Enter");
  await edited.press("End");
  await edited.pressSequentially(" of us");
  gate.open();
  await expect(comment.getByText(", edited")).toBeVisible();
  await expect(edited).toHaveValue("Agreed by all of us");
});
