/** A voter's session through the API: join, vote, undo, skip, resume, finish and withdraw, as a member and by the link. */
import type { Actor } from "@pareidolia/core/actor";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStranger, credentialsOf, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, type OpenedStudyOptions, writeOpenedStudy } from "../../support/openedStudy.ts";
import { countingRules, studyDesign } from "../../support/studyDesigns.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
const conflict = (message: RegExp) => expect.objectContaining({ __typename: "ConflictError", message: expect.stringMatching(message) });
const notFound = expect.objectContaining({ __typename: "NotFoundError" });

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
  for (const [id, role] of [
    ["labeller", "LABELLER"],
    ["researcher", "RESEARCHER"],
    ["viewer", "VIEWER"],
  ] as const) {
    await api.database.connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example` } });
    await api.database.connection.membership.create({ data: { id: `m_${id}`, userId: id, workspaceId: localWorkspaceId, role } });
  }
});
afterAll(() => api.close());

const member = (userId: string, role: "LABELLER" | "RESEARCHER" | "VIEWER"): Actor => ({ userId, role, workspaceId: localWorkspaceId });
const labeller = member("labeller", "LABELLER");
const open = (options?: OpenedStudyOptions): Promise<OpenedStudy> => writeOpenedStudy(api, options);
const visitorOf = ({ link }: OpenedStudy): VoterClient => new VoterClient(api.url, { link });
const memberOf = ({ key }: OpenedStudy, actor: Actor): VoterClient => new VoterClient(api.url, { study: key, actor });

async function joined(study: OpenedStudy): Promise<VoterClient> {
  const client = visitorOf(study);
  await client.join();
  return client;
}

const withGold = (): OpenedStudyOptions => ({
  design: studyDesign(6, {}, { noise: [], canaries: [], exemplars: [] }),
  perVoter: { gold: 3 },
});

function countersOf({ study }: OpenedStudy) {
  const { connection } = api.database;
  return Promise.all([
    connection.study.findUniqueOrThrow({ where: { id: study.id }, select: { voteCount: true } }),
    connection.studyImage.aggregate({ where: { studyId: study.id }, _sum: { votes: true, agreeing: true } }),
  ]).then(([{ voteCount }, { _sum }]) => ({ voteCount, ..._sum }));
}

const stored = (voter: string) => api.database.connection.vote.findMany({ where: { voterId: voter }, orderBy: { trial: "asc" } });
const votersOf = ({ study }: OpenedStudy) =>
  api.database.connection.studyVoter.findMany({ where: { studyId: study.id }, orderBy: { number: "asc" } });

describe("a voter with the link", () => {
  it("reads the ballot, joins, answers every trial, finishes and learns the result of the gold trials", async () => {
    const study = await open(withGold());
    const client = visitorOf(study);
    const before = { studyKey: study.key, title: "What do you see?", workspaceName: "Local workspace", state: "OPEN", languages: ["en"] };
    expect(await client.ballot()).toMatchObject({ ...before, trialCount: 9, imagesFlash: false, voter: null });
    const { ballot, session, withdrawalCode } = await client.join({ screen: { refreshHz: 59.9, steady: true, width: 390, height: 844 } });
    expect(ballot.voter).toMatchObject({ pseudonym: "V-01", answered: 0, total: 9, nextTrial: 0 });
    expect(session).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(withdrawalCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await client.send("finishStudy", {})).toEqual(conflict(/9 trials are open/));
    await client.voteOnAll(() => ({ choice: 1 }));
    const { voter } = await client.send("finishStudy", {});
    const [row] = await votersOf(study);
    const votes = await stored(row?.id ?? "");
    const hits = votes.filter(({ role, agrees }) => role === "GOLD" && agrees === true).length;
    expect(voter).toMatchObject({ answered: 9, nextTrial: null, finishedAt: expect.any(String), gold: { trials: 3, hits } });
    expect(voter.gold.images).toHaveLength(3);
    expect(votes.map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(row?.screen).toEqual({ refreshHz: 59.9, steady: true, width: 390, height: 844 });
    const agreeing = votes.filter(({ role, agrees }) => role === "COUNTED" && agrees).length;
    expect(await countersOf(study)).toEqual({ voteCount: 6, votes: 6, agreeing });
  });

  it("stores what the browser says about the screen, and the answer as it was given", async () => {
    const study = await open();
    const client = await joined(study);
    const timing = { shownMs: 66.7, maskMs: 0, frames: 4, droppedFrames: 1, refreshHz: 60, requestedMs: 63, presentations: 2 };
    const votedAt = new Date(Date.now() - 5_000).toISOString();
    expect(await client.cast(0, { choice: 1 }, { timing, responseMs: 431.25, votedAt })).toMatchObject({ recorded: true });
    const [voter] = await votersOf(study);
    const [vote] = await stored(voter?.id ?? "");
    expect(vote).toMatchObject({ answer: { choice: 1 }, timing, responseMs: 431.25, role: "COUNTED", votedAt: new Date(votedAt) });
  });

  it("chooses the still version where the plan offers it: images stay until the answer, and every trial of the export says so", async () => {
    const timing = { blankMs: 500, imageMs: 63, maskMs: 200, answerMs: 2500 };
    const phases = countingRules.phases.map((phase) => ({ ...phase, timing }));
    const design = studyDesign(4, { phases }, { gold: [], noise: [], canaries: [], exemplars: [] });
    const timed = await open({ design });
    expect(await visitorOf(timed).ballot()).toMatchObject({ imagesFlash: true, offersStill: false });
    const refused = { __typename: "InvalidInputError", field: "input.still" };
    expect(await visitorOf(timed).tryJoin({ still: true })).toMatchObject(refused);

    const study = await open({ design, plan: { stillVersion: "leftOut" } });
    const [still, other] = [visitorOf(study), visitorOf(study)] as const;
    expect(await still.ballot()).toMatchObject({ imagesFlash: true, offersStill: true, timing: [timing] });
    const { ballot } = await still.join({ still: true });
    const shown = { blankMs: 500, imageMs: 0, maskMs: 0, answerMs: 0 };
    expect(ballot).toMatchObject({ imagesFlash: false, timing: [shown], voter: { still: true } });
    expect((await other.join()).ballot).toMatchObject({ imagesFlash: true, timing: [timing], voter: { still: false } });
    expect((await still.voteOnAll(() => ({ choice: 0 }))).map((trial) => trial.timing)).toEqual([shown, shown, shown, shown]);
    expect((await other.voteOnAll(() => ({ choice: 0 }))).map((trial) => trial.timing)).toEqual([timing, timing, timing, timing]);
    expect((await votersOf(study)).map((voter) => voter.still)).toEqual([true, false]);
    const rows = await fetch(`${api.url}/studies/${study.key}/trials.jsonl`, { headers: credentialsOf(localOwner) }).then((response) =>
      response.text(),
    );
    const exported = rows
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const reasons = exported.map((row) => [row["voter"], row["still"], row["excluded_by"]].join(" "));
    expect(new Set(reasons)).toEqual(new Set(["V-01 true still", "V-02 false "]));
    expect(exported).toHaveLength(8);
  });

  it("sends the same submission again, and another one for the same trial: the first counts", async () => {
    const study = await open();
    const client = await joined(study);
    const vote = client.voteOn(0, { choice: 1 });
    expect(await client.send("castVote", vote)).toMatchObject({ recorded: true, voter: { answered: 1, nextTrial: 1 } });
    expect(await client.send("castVote", vote)).toMatchObject({ recorded: true, voter: { answered: 1 } });
    expect(await client.cast(0, { choice: 0 })).toMatchObject({ recorded: false, voter: { answered: 1 } });
    const [voter] = await votersOf(study);
    expect(await stored(voter?.id ?? "")).toMatchObject([{ answer: { choice: 1 } }]);
    expect(await countersOf(study)).toMatchObject({ voteCount: 1, votes: 1 });
  });

  it("takes back the latest vote and the latest skip, and nothing else", async () => {
    const study = await open();
    const client = await joined(study);
    const first = client.voteOn(0, { choice: 1 });
    await client.send("castVote", first);
    await client.cast(1, { skipped: true });
    expect(await countersOf(study)).toMatchObject({ voteCount: 1 });
    expect(await client.send("undoVote", { trial: 0 })).toEqual(conflict(/Only your latest vote/));
    expect(await client.send("undoVote", { trial: 1 })).toMatchObject({ voter: { answered: 1, nextTrial: 1 } });
    expect(await client.send("undoVote", { trial: 1 })).toMatchObject({ voter: { answered: 1, nextTrial: 1 } });
    expect(await client.send("undoVote", { trial: 0 })).toMatchObject({ voter: { answered: 0, nextTrial: 0 } });
    expect(await client.send("undoVote", { trial: 4 })).toEqual(conflict(/no vote to take back/));
    expect(await countersOf(study)).toEqual({ voteCount: 0, votes: 0, agreeing: 0 });
    // A late repetition of what was taken back does not come back.
    expect(await client.send("castVote", first)).toMatchObject({ recorded: false, voter: { answered: 0 } });
    expect(await client.cast(0, { choice: 0 })).toMatchObject({ recorded: true });
    const [voter] = await votersOf(study);
    expect(voter).toMatchObject({ undone: 2 });
    expect(
      await api.database.connection.voteRevision.findMany({ where: { voterId: voter?.id ?? "" }, orderBy: { trial: "asc" } }),
    ).toMatchObject([
      { trial: 0, revision: 1, answer: { choice: 1 } },
      { trial: 1, revision: 1, answer: null },
    ]);
  });

  it("resumes with the session on another device, at the first open trial and with the same trials", async () => {
    const study = await open();
    const phone = await joined(study);
    const trials = await phone.trials();
    await phone.cast(0);
    await phone.cast(2);
    const laptop = new VoterClient(api.url, {});
    laptop.session = phone.session;
    expect((await laptop.ballot()).voter).toMatchObject({ answered: 2, nextTrial: 1 });
    const answered = trials.map((trial) => ({ ...trial, answered: trial.number === 0 || trial.number === 2 }));
    expect(await laptop.trials()).toEqual(answered);
    expect(await laptop.trials(4, 1)).toEqual(answered.slice(4, 5));
    expect(await laptop.cast(1)).toMatchObject({ recorded: true, voter: { nextTrial: 3 } });
  });

  it("gets the same voter, session and code for the same key, however often the request is sent", async () => {
    const study = await open();
    const idempotencyKey = "6f1cf6c0-3c39-4f1e-9d7f-000000000001";
    const clients = Array.from({ length: 5 }, () => visitorOf(study));
    const results = await Promise.all(clients.map((client) => client.join({ idempotencyKey })));
    expect(new Set(results.map(({ session, withdrawalCode }) => `${session} ${withdrawalCode}`)).size).toBe(1);
    expect(await votersOf(study)).toHaveLength(1);
    const other = visitorOf(study);
    await other.join({ idempotencyKey: `${idempotencyKey}2` });
    expect((await votersOf(study)).map(({ number }) => number)).toEqual([0, 1]);
    expect(await visitorOf(study).tryJoin({ idempotencyKey: "short" })).toMatchObject({ field: "input.idempotencyKey" });
  });

  it("sends 100 votes at once, and once more after a lost answer", async () => {
    const study = await open({ design: studyDesign(100, {}, { gold: [], noise: [], canaries: [], exemplars: [] }) });
    const client = await joined(study);
    const trials = Array.from({ length: 100 }, (_, trial) => trial);
    const votes = trials.map((trial) => client.voteOn(trial, { choice: 0 }));
    const stored = { recorded: trials, tooLate: [], voter: { answered: 100 } };
    expect(await client.send("castVotes", { votes })).toMatchObject(stored);
    expect(await client.send("castVotes", { votes })).toMatchObject(stored);
    expect(await countersOf(study)).toMatchObject({ voteCount: 100, votes: 100 });
  });

  it("sends an outbox of votes, of which some had arrived", async () => {
    const study = await open();
    const client = await joined(study);
    const votes = [0, 1, 2, 3].map((trial) => client.voteOn(trial, trial === 2 ? { skipped: true } : { choice: 0 }));
    await client.send("castVote", votes[1] as object);
    await client.cast(3, { choice: 1 });
    expect(await client.send("castVotes", { votes })).toMatchObject({ recorded: [0, 1, 2], tooLate: [], voter: { answered: 4 } });
    const invalid = [client.voteOn(4, { choice: 0 }), client.voteOn(5, { choice: 7 })];
    expect(await client.send("castVotes", { votes: invalid })).toMatchObject({
      code: "INVALID_INPUT",
      field: "input.votes.1.answer.choice",
    });
    expect((await client.ballot()).voter.answered).toBe(4);
  });

  it.each([
    ["a trial that the voter does not have", 6, { choice: 0 }, {}, "input.trial"],
    ["no answer", 0, {}, {}, "input.answer"],
    ["two answers", 0, { choice: 0, skipped: true }, {}, "input.answer"],
    ["a time-out of a question without a time limit", 0, { timedOut: true }, {}, "input.answer.timedOut"],
    ["a position that the screen does not have", 0, { choice: 2 }, {}, "input.answer.choice"],
    ["can't tell, which is not offered", 0, { cantTell: true }, {}, "input.answer.cantTell"],
    ["a negative time", 0, { choice: 0 }, { responseMs: -1 }, "input.responseMs"],
    ["a frame rate beyond any screen", 0, { choice: 0 }, { timing: { refreshHz: 5000 } }, "input.timing.refreshHz"],
    ["a vote from next week", 0, { choice: 0 }, { votedAt: new Date(Date.now() + 7 * 86_400_000).toISOString() }, "input.votedAt"],
    ["a vote from last year", 0, { choice: 0 }, { votedAt: new Date(Date.now() - 365 * 86_400_000).toISOString() }, "input.votedAt"],
    ["an unsuitable submission", 0, { choice: 0 }, { submissionId: "a b" }, "input.submissionId"],
  ])("is refused %s", async (_, trial, answer, more, field) => {
    const client = await joined(await open());
    expect(await client.cast(trial, answer, more)).toMatchObject({ __typename: "InvalidInputError", field });
    expect((await client.ballot()).voter.answered).toBe(0);
  });
});

describe("a session", () => {
  it("of another study, an unknown one and that of a member are refused", async () => {
    const [study, other] = [await open(), await open()];
    const client = await joined(study);
    for (const [address, session] of [
      [{ study: other.key }, client.session],
      [{ study: study.key }, "A".repeat(43)],
      [{ study: study.key }, "short"],
    ] as const) {
      const thief = new VoterClient(api.url, address);
      thief.session = session;
      expect(await thief.cast(0)).toEqual(notFound);
      expect(await thief.ballot()).toBeNull();
    }
    const owner = memberOf(study, localOwner);
    await owner.join();
    for (const actor of [undefined, stranger, labeller]) {
      const thief = new VoterClient(api.url, actor === undefined ? {} : { actor });
      thief.session = owner.session;
      expect(await thief.cast(0)).toEqual(notFound);
    }
    expect((await votersOf(study)).map(({ userId }) => userId)).toEqual([null, localUserId]);
  });

  it("is needed by visitors, with or without the link", async () => {
    const study = await open();
    expect(await visitorOf(study).cast(0)).toMatchObject({ code: "INVALID_INPUT" });
    const withoutLink = new VoterClient(api.url, { study: study.key });
    expect((await withoutLink.tryJoin()).errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(await new VoterClient(api.url, { link: "A".repeat(22) }).tryJoin()).toEqual(notFound);
    expect(await new VoterClient(api.url, { link: "A".repeat(22) }).ballot()).toBeNull();
  });
});

describe("a member", () => {
  it("votes once, by user, without a session and on every device", async () => {
    const study = await open({ access: "MEMBERS" });
    const first = memberOf(study, labeller);
    const { session } = await first.join();
    expect(session).not.toBeNull();
    await first.cast(0);
    const second = memberOf(study, labeller);
    expect(await second.join()).toMatchObject({ session: null, withdrawalCode: null, ballot: { voter: { answered: 1 } } });
    expect(await second.cast(1)).toMatchObject({ recorded: true, voter: { answered: 2 } });
    expect(await votersOf(study)).toHaveLength(1);
  });

  it("is an insider if the role may inspect the study", async () => {
    const study = await open();
    for (const actor of [localOwner, member("researcher", "RESEARCHER"), labeller]) await memberOf(study, actor).join();
    await joined(study);
    expect((await votersOf(study)).map(({ insider, userId, clientHash }) => [userId, insider, clientHash === null])).toEqual([
      [localUserId, true, true],
      ["researcher", true, true],
      ["labeller", false, true],
      [null, false, false],
    ]);
  });

  it("who is a viewer, or belongs to another workspace, votes by the link only and without an account", async () => {
    const [closed, shared] = [await open({ access: "MEMBERS" }), await open()];
    for (const actor of [member("viewer", "VIEWER"), stranger]) {
      const code = actor === stranger ? "NOT_FOUND" : "FORBIDDEN";
      const result = await new VoterClient(api.url, {
        study: Buffer.from(`Study:${closed.study.id}`).toString("base64url"),
        actor,
      }).tryJoin();
      expect(result).toMatchObject({ code });
      const byLink = new VoterClient(api.url, { link: shared.link, actor });
      await byLink.join();
      expect(await byLink.cast(0)).toMatchObject({ recorded: true });
    }
    expect((await votersOf(shared)).map(({ userId }) => userId)).toEqual([null, null]);
  });

  it("with an API key needs the scope VOTE", async () => {
    const study = await open();
    const keyOf = (scope: "READ" | "RUN" | "VOTE"): Actor => ({ ...localOwner, key: { id: "key", scopes: [scope] } });
    for (const scope of ["READ", "RUN"] as const)
      expect(await memberOf(study, keyOf(scope)).tryJoin()).toMatchObject({ __typename: "ForbiddenError" });
    expect(await memberOf(study, keyOf("VOTE")).tryJoin()).toMatchObject({ __typename: "JoinStudySuccess" });
  });
});
