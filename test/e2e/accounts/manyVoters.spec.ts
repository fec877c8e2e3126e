/**
 * Ten people vote in one study at once: three on phones, one of whom loses the network; one clicks twice, one withdraws. No vote is lost,
 * counted twice or unblinded, and the results equal a second implementation's from the exported trials.
 */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { type ResultKindId, resultKindIds, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { type Browser, expect, type Page } from "@playwright/test";
import { ask, test } from "../../support/browser.ts";
import { openOwner } from "../../support/browserAccounts.ts";
import { figuresOfResults } from "../../support/figuresOfResults.ts";
import { finishedRun } from "../../support/finishedRuns.ts";
import { largestDifference } from "../../support/largestDifference.ts";
import { openStudy } from "../../support/openStudies.ts";
import { readCsv } from "../../support/readCsv.ts";
import { recomputeResults } from "../../support/recomputeResults.ts";
import { doubleClick, expectTrial, finishVoting, heading, start } from "../../support/votingPage.ts";

const images = 60;
/** Each person votes on all images. */
const trials = images;
const voters = 10;
const [offline, doubleClicking, withdrawing] = [2, 4, 9];
const isPhone = (voter: number): boolean => voter < 3;
/**
 * What the voter sees in a trial: some people, at a computer, see the digit 3 in everything. On a phone no digit follows itself, since two
 * taps at one place within half a second are a double tap, whose second half does not count.
 */
const digitOf = (voter: number, trial: number): string => String(voter % 4 === 3 ? 3 : (voter * 7 + trial * 3) % 10);

/** Images that held a niche at some time: a run has only ten at its end. */
async function findImages(page: Page): Promise<string[]> {
  const run = await finishedRun(page, { generations: 40 });
  const query = "query($filter: EliteFilter!) { elites(first: 100, filter: $filter) { nodes { image { id } } } }";
  const found = new Set<string>();
  for (const current of [true, false]) {
    const { elites } = await ask<{ elites: { nodes: { image: { id: string } }[] } }>(page, query, { filter: { runId: run.id, current } });
    for (const { image } of elites.nodes) found.add(image.id);
  }
  expect(found.size).toBeGreaterThanOrEqual(images);
  return [...found].slice(0, images);
}

/** Each voter has a network of their own: the API limits how many join from one. */
async function openVoter(browser: Browser, voter: number): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: { "x-forwarded-for": `203.0.113.${100 + voter}` },
    ...(isPhone(voter) ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } : {}),
  });
  return context.newPage();
}

async function voteOnAll(page: Page, path: string, voter: number): Promise<void> {
  await start(page, path);
  for (let trial = 1; trial <= trials; trial++) {
    await expectTrial(page, trial, trials);
    if (voter === offline && trial === 6) await page.context().setOffline(true);
    if (voter === offline && trial === 12) await page.context().setOffline(false);
    const digit = digitOf(voter, trial);
    const key = page.getByRole("button", { name: digit, exact: true });
    if (isPhone(voter)) await key.tap();
    else if (voter === doubleClicking) await doubleClick(key);
    else await page.keyboard.press(digit);
  }
  await finishVoting(page);
  await expect(page.getByText(`${trials} of ${trials}, saved`)).toBeVisible();
}

interface Voting {
  readonly voteCount: number;
  readonly voterCount: number;
  readonly planText: string;
  readonly results: readonly { readonly kind: string; readonly voteCount: number; readonly result: unknown }[];
}

async function readStudy(page: Page, id: string): Promise<Voting> {
  const query = "query($id: ID!) { node(id: $id) { ... on Study { voteCount voterCount planText results { kind voteCount result } } } }";
  return (await ask<{ node: Voting }>(page, query, { id })).node;
}

test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] });

test("ten people vote at once, and the results equal a recomputation from the exported trials", async ({ browser }) => {
  test.slow();
  const owner = await openOwner(browser);
  const study = await openStudy(owner, {
    title: "Digits for ten",
    trials: images,
    imageIds: await findImages(owner),
    trialsPerVoter: trials,
  });
  const pages = await Promise.all(Array.from({ length: voters }, (_, voter) => openVoter(browser, voter)));
  /** All that the voters' browsers received from the API. */
  const received: string[] = [];
  for (const page of pages)
    page.on("response", (response) => {
      if (response.url().endsWith("/graphql"))
        void response.text().then(
          (text) => received.push(text),
          () => undefined,
        );
    });
  await Promise.all(pages.map((page, voter) => voteOnAll(page, study.path, voter)));

  const leaving = pages[withdrawing] as Page;
  await leaving.getByRole("button", { name: "Withdraw now" }).click();
  await leaving.getByRole("button", { name: "Withdraw my answers" }).click();
  await expect(heading(leaving, "Your answers are withdrawn")).toBeVisible();
  for (const page of pages) await page.context().close();

  // No voter was told a label, a confidence or which images these are.
  const { planText } = await readStudy(owner, study.id);
  const { design } = parseStudyPlan(JSON.parse(planText)).rules;
  const texts = received.join("\n");
  expect(received.length).toBeGreaterThan(voters * 2);
  for (const { image } of design.stimuli) expect(texts.includes(image)).toBe(false);
  for (const secret of ["confidence", "stored", "target", "COUNTED"]) expect(texts, secret).not.toContain(secret);

  const remaining = voters - 1;
  await expect
    .poll(async () => (await readStudy(owner, study.id)).results.map(({ voteCount }) => voteCount), { timeout: 60_000 })
    .toEqual(resultKindIds.map(() => remaining * trials));
  const { voteCount, voterCount, results: stored } = await readStudy(owner, study.id);
  expect([voteCount, voterCount]).toEqual([remaining * trials, remaining]);

  const csv = await (await owner.request.get(`/studies/${study.key}/trials.csv`)).text();
  const rows = readCsv(csv);
  expect(rows).toHaveLength(remaining * trials);
  const places = new Set(rows.map((row) => `${row["voter"]} ${row["trial"]}`));
  expect(places.size).toBe(remaining * trials);
  // Voters are numbered in order of arrival; each gave one person's answers.
  const answersOf = (name: string): string =>
    rows
      .filter((row) => row["voter"] === name)
      .sort((one, other) => Number(one["trial"]) - Number(other["trial"]))
      .map((row) => row["answer_name"])
      .join("");
  const given = Array.from({ length: voters }, (_, number) => answersOf(pseudonymOf(number))).filter((answers) => answers !== "");
  const expected = Array.from({ length: voters }, (_, voter) => Array.from({ length: trials }, (__, k) => digitOf(voter, k + 1)).join(""));
  expect(given.toSorted()).toEqual(expected.filter((_, voter) => voter !== withdrawing).toSorted());

  const results = Object.fromEntries(stored.map(({ kind, result }) => [kind.toLowerCase(), result])) as {
    readonly [Kind in ResultKindId]: StudyResult<Kind>;
  };
  const plan = parseStudyPlan(JSON.parse(planText));
  const own = { planned: figuresOfResults(results, plan, "planned"), everyone: figuresOfResults(results, plan, "everyone") };
  const { planned, everyone } = recomputeResults(csv, plan.rules.exclusion.values);
  const { largest, numbers } = largestDifference(own, { planned, everyone });
  expect(numbers).toBeGreaterThan(500);
  expect(largest).toBeLessThan(1e-9);

  await owner.goto(`/studies/${study.key}/results`);
  await expect(owner.getByText(`${remaining * trials} votes count as planned`)).toBeVisible();
  await owner.context().close();
});
