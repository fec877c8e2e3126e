/** A norming room with two members in two browsers at once, and the owner who leads it and decides. */
import { type Browser, expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes, expectFitsPhone } from "../../support/axe.ts";
import { ask, startRun, test, waitForFinish } from "../../support/browser.ts";
import { invite, openOwner, password } from "../../support/browserAccounts.ts";

interface Member {
  readonly page: Page;
  readonly memberId: string;
}

async function join(browser: Browser, owner: Page, name: string): Promise<Member> {
  const token = (await invite(owner, `${name}@lab.example`, "LABELLER")).split("/").at(-1);
  const page = await (await browser.newContext()).newPage();
  expect((await page.request.post("/auth/join", { data: { token, name, password } })).status()).toBe(201);
  const query = "{ members(first: 100) { nodes { id email } } }";
  const { members } = await ask<{ members: { nodes: { id: string; email: string }[] } }>(owner, query, {});
  return { page, memberId: members.nodes.find(({ email }) => email === `${name}@lab.example`)?.id ?? "" };
}

/** Returns the key of an open study of a run's images. */
async function openStudy(owner: Page): Promise<string> {
  const run = await startRun(owner, { name: "Norming", generations: 2 });
  await waitForFinish(owner, run);
  const fields = "... on StudySuccess { study { id key revision } } ... on Error { message }";
  const { createStudy } = await ask<{ createStudy: { study: { id: string; key: string; revision: number } } }>(
    owner,
    `mutation($input: CreateStudyInput!) { createStudy(input: $input) { ${fields} } }`,
    { input: { title: "Name that pattern", runIds: [run.id] } },
  );
  const { id: studyId, key, revision } = createStudy.study;
  await ask(owner, `mutation($input: OpenStudyInput!) { openStudy(input: $input) { ${fields} } }`, { input: { studyId, revision } });
  return key;
}

const expectVotes = (page: Page, votes: string) =>
  expect(page.getByRole("status").filter({ hasText: "members have voted" })).toContainText(votes);

test("two members vote blind, see each other's votes once revealed, discuss and vote again, and the owner decides", async ({ browser }) => {
  const owner = await openOwner(browser);
  const key = await openStudy(owner);
  const [ada, grace] = [await join(browser, owner, "norming-ada"), await join(browser, owner, "norming-grace")];
  const early = await join(browser, owner, "norming-early");
  await ask(
    owner,
    "mutation($input: CreateNormingRoomInput!) { createNormingRoom(input: $input) { ... on Error { message } ... on NormingRoomSuccess { normingRoom { id } } } }",
    { input: { studyId: key, images: [0, 1], memberIds: [ada.memberId, early.memberId] } },
  );
  const room = `/studies/${key}/room/1`;
  for (const page of [owner, ada.page]) await page.goto(room);
  await expectVotes(ada.page, "0 / 2");
  // One member gives the place to another before the first vote.
  await owner.getByRole("button", { name: "Members" }).click();
  const dialog = owner.getByRole("dialog", { name: "Members of the room" });
  await dialog.getByRole("checkbox", { name: "norming-early" }).uncheck();
  await dialog.getByRole("checkbox", { name: "norming-grace" }).check();
  await dialog.getByRole("button", { name: "Change members" }).click();
  await expect(dialog).toBeHidden();
  await expect(ada.page.getByText("no longer takes part")).toBeVisible();
  await grace.page.goto(room);
  await expectVotes(grace.page, "0 / 2");
  await expectAccessibleInBothThemes(ada.page);

  // A digit is its own key, as for voters; a wrong one is taken back.
  await ada.page.keyboard.press("0");
  await expect(ada.page.getByRole("status").filter({ hasText: "You voted for 0." })).toBeVisible();
  await ada.page.keyboard.press("u");
  await expect(ada.page.getByText("You voted for")).toHaveCount(0);
  for (const digit of "0123456789") await expect(ada.page.getByRole("button", { name: digit, exact: true })).toBeVisible();
  await ada.page.keyboard.press("9");
  await expect(ada.page.getByRole("status").filter({ hasText: "You voted for 9." })).toBeVisible();
  await ada.page.getByRole("button", { name: "Take my vote back" }).click();
  await expect(ada.page.getByText("You voted for")).toHaveCount(0);
  await expect(ada.page.getByRole("button", { name: "1", exact: true })).toBeVisible();
  await expectVotes(grace.page, "0 / 2");
  await ada.page.keyboard.press("1");
  // The other browsers count the vote without showing it.
  for (const page of [owner, grace.page]) await expectVotes(page, "1 / 2");
  await expect(grace.page.getByText("You voted for")).toHaveCount(0);
  await grace.page.keyboard.press("2");
  await ada.page.getByRole("button", { name: "Reveal the votes" }).click();
  for (const page of [owner, ada.page, grace.page]) await expect(page.getByRole("img", { name: /^Votes by voter\. M-0/ })).toBeVisible();

  await ada.page.getByLabel("Comment").fill("It bends like cloth.");
  await ada.page.keyboard.press("Control+Enter");
  await expect(grace.page.getByText("It bends like cloth.")).toBeVisible();
  await owner.getByRole("button", { name: "Start the second vote" }).click();
  await expect(grace.page.getByRole("heading", { name: "Vote again" })).toBeVisible();
  await grace.page.keyboard.press("1");
  await expect(ada.page.getByRole("heading", { name: "Vote again" })).toBeVisible();
  // After writing, one reaches for the mouse: the keys would type into the comment.
  await ada.page.getByRole("list", { name: "Your vote" }).getByRole("button", { name: "1", exact: true }).click();
  await expect(owner.getByText("one of two changed their vote")).toBeVisible();
  await expect(ada.page.getByText("You voted on this image in this room")).toBeVisible();
  await expectAccessibleInBothThemes(owner);

  // No member voted for the class that the owner decides on.
  await owner
    .getByRole("textbox", { name: "Another class" })
    .or(owner.getByRole("combobox", { name: "Another class" }))
    .fill("7");
  await expect(owner.getByRole("radio", { name: "another class" })).toBeChecked();
  await owner.getByLabel("Reason").fill("Both say so.");
  await owner.getByRole("button", { name: "Record the decision" }).click();
  for (const page of [owner, ada.page, grace.page]) await expect(page.getByRole("heading", { name: "Decision" })).toBeVisible();

  await expect(ada.page.getByRole("region", { name: "Decision" }).getByText("7", { exact: true })).toBeVisible();

  await ada.page.keyboard.press("j");
  await expect(ada.page).toHaveURL(/image=2$/);
  await expectVotes(ada.page, "0 / 2");
  await ada.page.keyboard.press("k");
  await expect(ada.page.getByText("Both say so.")).toBeVisible();
  await expectFitsPhone(ada.page);

  await owner.goto(`/studies/${key}/room`);
  const downloading = owner.waitForEvent("download");
  await owner.getByRole("link", { name: "CSV: votes" }).click();
  expect((await downloading).suggestedFilename()).toBe("room-votes.csv");
  await owner.goto(`/studies/${key}`);
  await expect(owner.getByRole("columnheader", { name: "Decided" })).toBeVisible();
  for (const page of [owner, ada.page, grace.page, early.page]) await page.context().close();
});

test("a researcher splits images among two members, undoes it, and follows who has answered", async ({ browser }) => {
  const owner = await openOwner(browser);
  const key = await openStudy(owner);
  const [mary, joan] = [await join(browser, owner, "assigned-mary"), await join(browser, owner, "assigned-joan")];
  await owner.goto(`/studies/${key}`);
  await owner.getByRole("tab", { name: "Members" }).click();
  for (const name of ["assigned-mary", "assigned-joan"]) await owner.getByRole("checkbox", { name }).check();
  await owner.getByRole("button", { name: /^Choose all/ }).click();
  await owner.getByRole("button", { name: "Split evenly" }).click();
  const progressOf = (name: string) => owner.getByRole("progressbar", { name: `Progress of ${name}` });
  await expect(progressOf("assigned-joan")).toHaveAttribute("aria-valuemax", "5");
  await owner.keyboard.press("ControlOrMeta+z");
  await expect(progressOf("assigned-joan")).toHaveCount(0);
  await owner.getByRole("button", { name: /^Choose all/ }).click();
  await owner.getByRole("button", { name: "Split evenly" }).click();
  await expect(progressOf("assigned-mary")).toHaveAttribute("aria-valuemax", "5");
  await owner.getByRole("button", { name: "Take back all images of assigned-joan" }).click();
  await expect(progressOf("assigned-joan")).toHaveCount(0);
  await expectAccessibleInBothThemes(owner);
  await expectFitsPhone(owner);

  await mary.page.goto("/");
  await expect(mary.page.getByText("5 images assigned to you")).toBeVisible();
  await joan.page.goto("/studies");
  await expect(joan.page.getByRole("link", { name: "Name that pattern" }).first()).toBeVisible();
  await expect(joan.page.getByText("assigned to you")).toHaveCount(0);
  await mary.page.goto("/studies");
  await expect(mary.page.getByRole("link", { name: "5 images assigned to you" })).toHaveAttribute("href", `/w/local/vote/${key}`);
  const consent = { study: key, language: "en", consentVersion: 1 };
  const joined = await ask<{ joinStudy: { ballot: { voter: { total: number } } } }>(
    mary.page,
    "mutation($input: JoinStudyInput!) { joinStudy(input: $input) { ... on JoinStudySuccess { ballot { voter { total } } } } }",
    { input: consent },
  );
  const votedAt = new Date().toISOString();
  const votes = Array.from({ length: joined.joinStudy.ballot.voter.total }, (_, trial) => ({
    trial,
    submissionId: `mary-${trial}`,
    answer: { choice: 0 },
    responseMs: 700,
    votedAt,
  }));
  await ask(mary.page, "mutation($input: CastVotesInput!) { castVotes(input: $input) { __typename } }", { input: { study: key, votes } });
  await expect(progressOf("assigned-mary")).toHaveAttribute("aria-valuenow", "5");
  await expect(owner.getByRole("checkbox", { name: "assigned-mary" })).toBeDisabled();
  await expect(mary.page.getByText("assigned to you")).toHaveCount(0);

  // Mary has answered all trials and not finished, so a room that would show her labels says what comes first.
  await ask(
    owner,
    "mutation($input: CreateNormingRoomInput!) { createNormingRoom(input: $input) { ... on Error { message } ... on NormingRoomSuccess { normingRoom { id } } } }",
    { input: { studyId: key, images: [0], memberIds: [mary.memberId, joan.memberId] } },
  );
  await mary.page.goto(`/studies/${key}/room/1`);
  await expect(mary.page.getByRole("heading", { name: "You vote blind, so norming room 1 is closed to you for now" })).toBeVisible();
  await expect(mary.page.getByRole("link", { name: "Go to my trials" })).toHaveAttribute("href", `/w/local/vote/${key}`);
  await mary.page.goto(`/studies/${key}/room`);
  await expect(mary.page.getByText("Finish your trials first")).toBeVisible();
  for (const page of [owner, mary.page, joan.page]) await page.context().close();
});
