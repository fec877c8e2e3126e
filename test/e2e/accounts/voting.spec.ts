/** Visitors vote by a study's link, side by side and without accounts; the owner pauses, resumes and closes the study meanwhile. */
import { type Browser, expect, type Page } from "@playwright/test";
import { ask, test } from "../../support/browser.ts";
import { join, openOwner } from "../../support/browserAccounts.ts";
import { type OpenStudy, openStudy } from "../../support/openStudies.ts";
import { expectTrial, finishVoting, heading, start } from "../../support/votingPage.ts";

// Each test continues where the one before it ended.
test.describe.configure({ mode: "serial" });

const trials = 4;
let owner: Page;
let study: OpenStudy;
let code = "";

/** A visitor with a network of their own: the API limits how many join from one. */
async function openVisitor(browser: Browser, index: number, isPhone = false): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: { "x-forwarded-for": `203.0.113.${index + 1}` },
    ...(isPhone ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } : {}),
  });
  return context.newPage();
}

async function countVotes(): Promise<number> {
  const { node } = await ask<{ node: { voteCount: number } }>(owner, "query($id: ID!) { node(id: $id) { ... on Study { voteCount } } }", {
    id: study.id,
  });
  return node.voteCount;
}

async function changeState(state: "OPEN" | "PAUSED" | "CLOSED"): Promise<void> {
  const { changeStudyState } = await ask<{ changeStudyState: { message?: string } }>(
    owner,
    "mutation($input: ChangeStudyStateInput!) { changeStudyState(input: $input) { ... on Error { message } } }",
    { input: { studyId: study.id, state } },
  );
  expect(changeStudyState.message).toBeUndefined();
}

test.beforeAll(async ({ browser }) => {
  owner = await openOwner(browser);
  study = await openStudy(owner, { title: "Digits for visitors", trials });
});

test.afterAll(() => owner.context().close());

test("three visitors vote at once, one of them by touch, and every vote counts", async ({ browser }) => {
  const visitors = await Promise.all([0, 1, 2].map((index) => openVisitor(browser, index, index === 1)));
  await Promise.all(
    visitors.map(async (page, index) => {
      await start(page, study.path);
      for (let trial = 1; trial <= trials; trial++) {
        await expectTrial(page, trial, trials);
        if (index === 1) await page.getByRole("button", { name: String(trial), exact: true }).tap();
        else await page.keyboard.press(String(trial));
      }
      await finishVoting(page);
    }),
  );
  code = (await visitors[0]?.getByText(/^[0-9A-Z]{4} [0-9A-Z]{4}$/).textContent()) ?? "";
  expect(await countVotes()).toBe(3 * trials);
  for (const page of visitors) await page.context().close();
});

test("those who may not vote read why and what to do: a viewer, and a reader without an account", async ({ browser }) => {
  const viewer = await join(browser, owner, "voting-viewer", "VIEWER");
  await viewer.goto(`/vote/${study.key}`);
  await expect(heading(viewer, "You cannot vote in this study")).toBeVisible();
  await expect(viewer.getByText("Ask an owner to make you a labeller")).toBeVisible();
  // The session ends while the page is open.
  await viewer.context().clearCookies();
  await viewer.getByRole("button", { name: "Check again" }).click();
  await expect(heading(viewer, "Sign in to vote in this study")).toBeVisible();
  await viewer.getByRole("button", { name: "Sign in" }).click();
  await expect(viewer).toHaveURL(`/sign-in?next=${encodeURIComponent(`/w/local/vote/${study.key}`)}`);
  await viewer.context().close();
});

test("a visitor withdraws with the code, typed in lower case on another device", async ({ browser }) => {
  const page = await openVisitor(browser, 0);
  await page.goto(study.path);
  await page.getByRole("button", { name: "Withdraw with a code" }).click();
  await page.getByLabel(/^The code/).fill("0000 0000");
  await page.getByRole("button", { name: "Withdraw my answers" }).click();
  await expect(page.getByText("No answers belong to this code.")).toBeVisible();
  await page.getByLabel(/^The code/).fill(code.toLowerCase().replace(" ", ""));
  await page.getByRole("button", { name: "Withdraw my answers" }).click();
  await expect(page.getByText(`${trials} answers were removed.`)).toBeVisible();
  expect(await countVotes()).toBe(2 * trials);
  await page.context().close();
});

test("a paused study keeps the votes on the device until it is open again", async ({ browser }) => {
  const page = await openVisitor(browser, 3);
  await start(page, study.path);
  await expectTrial(page, 1, trials);
  await changeState("PAUSED");
  await page.keyboard.press("1");
  await expect(heading(page, "This study is paused")).toBeVisible();
  await changeState("OPEN");
  await page.getByRole("button", { name: "Check again" }).click();
  await expectTrial(page, 2, trials);
  await expect.poll(() => countVotes()).toBe(2 * trials + 1);
  await changeState("CLOSED");
  await page.keyboard.press("2");
  await expect(heading(page, "This study is closed")).toBeVisible();
  await page.context().close();
});

test("a study's key leads visitors to the sign-in page", async ({ browser }) => {
  const page = await openVisitor(browser, 4);
  await page.goto(`/vote/${study.key}`);
  await expect(heading(page, "Sign in")).toBeVisible();
  await page.context().close();
});
