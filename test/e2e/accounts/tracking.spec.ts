/** Two members of a workspace tag, annotate and discuss the same runs in two browsers at once. */
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, createExperiment, test } from "../../support/browser.ts";
import { invite, ownerEmail, ownerLink, password } from "../../support/browserAccounts.ts";

async function openOwner(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const signedIn = await page.request.post("/auth/sign-in/email", { data: { email: ownerEmail, password } });
  if (!signedIn.ok()) {
    const token = ownerLink.split("/").at(-1);
    const made = await page.request.post("/auth/owner", { data: { token, name: "owner-1", email: ownerEmail, password } });
    expect(made.status()).toBe(201);
  }
  return page;
}

async function join(browser: Browser, owner: Page, name: string): Promise<Page> {
  const token = (await invite(owner, `${name}@lab.example`, "RESEARCHER")).split("/").at(-1);
  const page = await (await browser.newContext()).newPage();
  expect((await page.request.post("/auth/join", { data: { token, name, password } })).status()).toBe(201);
  return page;
}

/** Returns the key of an experiment with runs, and those of the runs, the latest first. */
async function startRuns(page: Page, count: number): Promise<{ readonly experiment: string; readonly runs: string[] }> {
  const { id: experimentId, key: experiment } = await createExperiment(page, "Tagged together");
  const { models } = await ask<{ models: { nodes: { id: string }[] } }>(page, "{ models(first: 1) { nodes { id } } }", {});
  const runs: string[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const { startEvolution } = await ask<{ startEvolution: { run: { key: string } } }>(
      page,
      "mutation($input: StartEvolutionInput!) { startEvolution(input: $input) { ... on StartEvolutionSuccess { run { key } } ... on Error { message } } }",
      { input: { experimentId, modelId: models.nodes[0]?.id, encoding: "direct", preset: "paper", seed, generations: 1 } },
    );
    runs.unshift(startEvolution.run.key);
  }
  return { experiment, runs };
}

test("two members tag runs by keyboard, take it back, write notes in Markdown, and see each other's comments at once", async ({
  browser,
}) => {
  const owner = await openOwner(browser);
  const { experiment, runs } = await startRuns(owner, 3);
  const [latest = ""] = runs;
  const ada = await join(browser, owner, "tracking-ada");
  await ada.goto(`/experiments/${experiment}`);
  await owner.goto(`/experiments/${experiment}`);
  const row = (page: Page, key: string) => page.getByRole("row").filter({ has: page.getByRole("checkbox", { name: `Select ${key}` }) });

  // All three, by keyboard: one row, a range, and a tag that does not exist yet.
  await ada.getByRole("checkbox", { name: `Select ${latest}` }).focus();
  await ada.keyboard.press("x");
  await ada.getByRole("checkbox", { name: `Select ${runs[2]}` }).focus();
  await ada.keyboard.press("Shift+X");
  const bar = ada.getByRole("toolbar", { name: "Selected runs" });
  await expect(bar.getByRole("status")).toHaveText(/^3 selected/);
  await ada.keyboard.press("t");
  await expect(bar.getByRole("combobox", { name: "Tags" })).toBeFocused();
  await ada.keyboard.type("Paper");
  await ada.keyboard.press("Enter");
  for (const key of runs) await expect(row(ada, key).getByText("paper", { exact: true })).toBeVisible();
  // The other browser shows them without being touched.
  for (const key of runs) await expect(row(owner, key).getByText("paper", { exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(ada);
  await expectFitsPhone(ada);
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Undo" }).first().click();
  for (const page of [ada, owner]) await expect(row(page, latest).getByText("paper", { exact: true })).toHaveCount(0);
  await ada.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);

  await ada.goto(`/runs/${latest}`);
  await owner.goto(`/runs/${latest}`);
  await ada.getByRole("button", { name: "Add a tag" }).click();
  await ada.keyboard.type("figure 4");
  await ada.keyboard.press("Enter");
  await ada.keyboard.type("wrong");
  await ada.keyboard.press("Enter");
  await ada.keyboard.press("Backspace");
  await ada.keyboard.press("Escape");
  await ada.keyboard.press("Escape");
  await expect(owner.getByText("figure 4", { exact: true })).toBeVisible();
  await expect(owner.getByText("wrong", { exact: true })).toHaveCount(0);

  // Escape leaves the editor, and the draft stays.
  await ada.getByRole("button", { name: "Add notes" }).click();
  await ada.keyboard.type("# Result\n\n**Every** class <img src=x onerror=alert(1)>");
  await ada.keyboard.press("Escape");
  await ada.getByRole("button", { name: "Continue the draft" }).click();
  await ada.keyboard.press("Control+Enter");
  for (const page of [ada, owner]) {
    await expect(page.getByRole("heading", { level: 3, name: "Result" })).toBeVisible();
    await expect(page.getByText("Every class <img src=x onerror=alert(1)>")).toBeVisible();
  }

  await owner.getByRole("textbox", { name: `New comment on ${latest}` }).click();
  await owner.keyboard.type("Which seed is the *best*?");
  await owner.keyboard.press("Control+Enter");
  await expect(ada.getByRole("listitem").filter({ hasText: "Which seed is the best?" })).toContainText("owner-1");
  await expectAccessibleInBothThemes(ada);
  await expectFitsPhone(ada);
});
