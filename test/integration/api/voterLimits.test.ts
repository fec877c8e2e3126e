/** Limits of voters without an account, the states of a study, and who is blind to its results. */
import { StudyShelf } from "@pareidolia/api/voting/studyShelf";
import { VotingService } from "@pareidolia/api/voting/voting.service";
import type { MemberActor } from "@pareidolia/core/actor";
import type { StudyState } from "@pareidolia/core/studyState";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, type OpenedStudyOptions, writeOpenedStudy } from "../../support/openedStudy.ts";
import { withClient } from "../../support/postgresServer.ts";
import { studyDesign } from "../../support/studyDesigns.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
const labeller: MemberActor = { userId: "labeller", workspaceId: localWorkspaceId, role: "LABELLER" };

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  const { connection } = api.database;
  await seedLocalOwner(connection);
  await connection.user.create({ data: { id: "labeller", name: "L", email: "labeller@pareidolia.example" } });
});
beforeEach(async () => {
  await api.database.connection.rateLimit.deleteMany();
});
afterAll(() => api.close());

const open = (options?: OpenedStudyOptions): Promise<OpenedStudy> => writeOpenedStudy(api, options);
const visitorOf = ({ link }: OpenedStudy, clientAddress?: string): VoterClient =>
  new VoterClient(api.url, { link, ...(clientAddress === undefined ? {} : { clientAddress }) });
const conflict = (message: RegExp) => expect.objectContaining({ __typename: "ConflictError", message: expect.stringMatching(message) });
const rateLimited = expect.objectContaining({ errors: [expect.objectContaining({ extensions: { code: "RATE_LIMITED" } })] });
const hour = 3_600_000;

/** A voter whose browser has received all trials. */
async function joined(study: OpenedStudy): Promise<VoterClient> {
  const client = visitorOf(study);
  await client.join();
  await client.trials();
  return client;
}

/** As the researcher would `ago` milliseconds ago. */
async function setState({ study }: OpenedStudy, state: StudyState, ago = 0): Promise<Date> {
  const at = new Date(Date.now() - ago);
  await api.database.connection.study.update({ where: { id: study.id }, data: { state, ...(state === "CLOSED" ? { closedAt: at } : {}) } });
  return at;
}

function endLease({ study }: OpenedStudy) {
  const data = { leaseExpiresAt: new Date(Date.now() - 1_000) };
  return api.database.connection.studyVoter.updateMany({ where: { studyId: study.id }, data });
}

const countVoters = ({ study }: OpenedStudy): Promise<number> => api.database.connection.studyVoter.count({ where: { studyId: study.id } });

describe("without an account", () => {
  it("as many voters an hour join a study from one address as it allows, of 100 that try at once", async () => {
    const [study, other] = [await open({ joinsPerHour: 5 }), await open({ joinsPerHour: 5 })];
    const results = await Promise.all(Array.from({ length: 100 }, () => visitorOf(study, "203.0.113.7").tryJoin()));
    expect(results.filter(({ __typename }) => __typename === "JoinStudySuccess")).toHaveLength(5);
    expect(results.filter((result) => rateLimited.asymmetricMatch(result))).toHaveLength(95);
    expect(await countVoters(study)).toBe(5);
    expect(results.find((result) => rateLimited.asymmetricMatch(result)).errors[0].message).toMatch(/5 new voters an hour.* minutes/);
    await visitorOf(study, "203.0.113.8").join();
    await visitorOf(other, "203.0.113.7").join();
  });

  it("a class of 40 behind one address joins a study with the usual settings at once", async () => {
    const study = await open({ joinsPerHour: draftFromTemplate("zhouFirestoneE1", 1).joinsPerHour, plan: { overlap: 1000 } });
    const results = await Promise.all(Array.from({ length: 41 }, () => visitorOf(study, "203.0.113.11").tryJoin()));
    expect(results.filter(({ __typename }) => __typename === "JoinStudySuccess")).toHaveLength(40);
  });

  it("all addresses of one IPv6 network count as one", async () => {
    const study = await open({ joinsPerHour: 5 });
    const addresses = Array.from({ length: 6 }, (_, host) => `2001:db8:0:7::${host + 1}`);
    const results = await Promise.all(addresses.map((address) => visitorOf(study, address).tryJoin()));
    expect(results.filter(({ __typename }) => __typename === "JoinStudySuccess")).toHaveLength(5);
    await visitorOf(study, "2001:db8:0:8::1").join();
  });

  it("as many voters take part as the study's quota allows, of 100 that join at once, and one more after a withdrawal", async () => {
    const study = await open({ anonymousVoters: 7, plan: { overlap: 1000 } });
    const clients = Array.from({ length: 100 }, () => visitorOf(study));
    const results = await Promise.all(clients.map((client) => client.tryJoin()));
    const accepted = clients.filter((_, index) => results[index].__typename === "JoinStudySuccess");
    expect(accepted).toHaveLength(7);
    expect(results.filter((result) => conflict(/as many voters without an account/).asymmetricMatch(result))).toHaveLength(93);
    const numbers = await api.database.connection.studyVoter.findMany({ where: { studyId: study.study.id }, orderBy: { number: "asc" } });
    expect(numbers.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await new VoterClient(api.url, { study: study.key, actor: localOwner }).join();
    await accepted[0]?.send("withdrawVotes", {});
    await visitorOf(study).join();
  });

  it("600 votes an hour come from a voter of few trials, however they are sent", async () => {
    const study = await open({ joinsPerHour: 2 });
    const client = visitorOf(study, "203.0.113.9");
    await client.join();
    const vote = client.voteOn(0, { choice: 0 });
    const outbox = { votes: Array.from({ length: 100 }, () => vote) };
    const results = await Promise.all(Array.from({ length: 8 }, () => client.send("castVotes", outbox)));
    expect(results.filter(({ __typename }) => __typename === "CastVotesSuccess")).toHaveLength(6);
    expect(await client.send("castVote", vote)).toEqual(rateLimited);
    const other = visitorOf(study, "203.0.113.9");
    await other.join();
    expect(await other.cast(0)).toMatchObject({ recorded: true });
    const member = new VoterClient(api.url, { study: study.key, actor: localOwner, clientAddress: "203.0.113.9" });
    await member.join();
    expect(await member.cast(0)).toMatchObject({ recorded: true });
  });

  it("votes are enough to answer every trial of a long session twice", async () => {
    const study = await open();
    const client = await joined(study);
    await api.database.connection.studyVoter.updateMany({ where: { studyId: study.study.id }, data: { trialCount: 450 } });
    const outbox = { votes: Array.from({ length: 100 }, () => client.voteOn(0, { choice: 0 })) };
    const results = [];
    for (let sent = 0; sent < 10; sent++) results.push(await client.send("castVotes", outbox));
    expect(results.filter(({ __typename }) => __typename === "CastVotesSuccess")).toHaveLength(9);
  });

  it("codes are guessed at most 30 times an hour", async () => {
    const study = await open();
    const guesses = Array.from({ length: 40 }, (_, index) => `0000 00${String(index).padStart(2, "0")}`);
    const client = visitorOf(study, "203.0.113.10");
    const results = await Promise.all(guesses.map((code) => client.mutate("withdrawVotes", { link: study.link, code })));
    expect(results.filter(({ __typename }) => __typename === "NotFoundError")).toHaveLength(30);
    expect(results.filter((result) => rateLimited.asymmetricMatch(result))).toHaveLength(10);
  });
});

describe("a study", () => {
  it("that is paused accepts neither voters nor votes, and continues when it is open again", async () => {
    const study = await open();
    const client = await joined(study);
    await setState(study, "PAUSED");
    expect(await client.cast(0)).toEqual(conflict(/paused/));
    expect(await client.send("castVotes", { votes: [client.voteOn(0, { choice: 0 })] })).toEqual(conflict(/paused/));
    expect(await visitorOf(study).tryJoin()).toEqual(conflict(/paused/));
    await setState(study, "OPEN");
    expect(await client.cast(0)).toMatchObject({ recorded: true });
  });

  it("that closed lets voters take back what they took back before, within the lease, and no insider", async () => {
    const study = await open();
    const [client, insider] = [await joined(study), new VoterClient(api.url, { study: study.key, actor: localOwner })];
    await insider.join();
    await client.cast(0);
    await insider.cast(0);
    const closedAt = await setState(study, "CLOSED", hour);
    const before = new Date(closedAt.getTime() - hour).toISOString();
    const after = new Date(closedAt.getTime() + 1).toISOString();
    const undo = (voter: VoterClient, undoneAt: string) => voter.send("undoVote", { trial: 0, undoneAt });
    expect(await undo(insider, before)).toEqual(conflict(/takes no votes/));
    expect(await undo(client, after)).toEqual(conflict(/takes no votes/));
    expect(await undo(client, before)).toMatchObject({ voter: { answered: 0, nextTrial: 0 } });
    const changed = client.voteOn(0, { choice: 1 }, { votedAt: before });
    expect(await client.send("castVotes", { votes: [changed] })).toMatchObject({ recorded: [0], tooLate: [] });
    expect(await undo(client, new Date(Date.now() - 50 * hour).toISOString())).toMatchObject({ field: "input.undoneAt" });
    await endLease(study);
    expect(await undo(client, before)).toEqual(conflict(/takes no votes/));
    await setState(study, "PAUSED");
    expect(await undo(client, before)).toEqual(conflict(/takes no votes/));
  });

  /** Changes the state while the request waits for the study's row, which it found open. */
  async function setStateDuring<Answer>(study: OpenedStudy, state: StudyState, request: () => Promise<Answer>): Promise<Answer> {
    return withClient(api.databaseUrl, async (client) => {
      await client.query("BEGIN");
      await client.query(`UPDATE studies SET state = $2::"StudyState", closed_at = now() - interval '1 minute' WHERE id = $1`, [
        study.study.id,
        state,
      ]);
      const answer = request();
      const waiting = () => api.database.connection.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await expect.poll(async () => (await waiting())[0]?.count, { timeout: 20_000 }).toBe(1);
      await client.query("COMMIT");
      return answer;
    });
  }
  const countVotes = ({ study }: OpenedStudy) => api.database.connection.vote.count({ where: { studyId: study.id } });

  it.each(["PAUSED", "CLOSED"] as const)("that is %s while a vote arrives does not store it", async (state) => {
    const study = await open();
    const client = await joined(study);
    expect(await setStateDuring(study, state, () => client.cast(0, { choice: 0 }))).toEqual(conflict(/paused or closed/));
    expect(await countVotes(study)).toBe(0);
    await setState(study, "OPEN");
    expect(await client.cast(0, { choice: 0 })).toMatchObject({ recorded: true });
  });

  it("that closes while a vote arrives that was cast before stores it, unless it is an insider's", async () => {
    const study = await open();
    const [insider, outsider] = [localOwner, labeller].map((actor) => new VoterClient(api.url, { study: study.key, actor }));
    for (const client of [insider, outsider]) {
      await client?.join();
      await client?.trials();
    }
    const hourAgo = new Date(Date.now() - hour);
    await api.database.connection.studyVoter.updateMany({ where: { studyId: study.study.id }, data: { joinedAt: hourAgo } });
    const before = { votedAt: new Date(Date.now() - 1_800_000).toISOString() };
    expect(await setStateDuring(study, "CLOSED", async () => outsider?.cast(0, { choice: 0 }, before))).toMatchObject({ recorded: true });
    await setState(study, "OPEN");
    expect(await setStateDuring(study, "CLOSED", async () => insider?.cast(0, { choice: 0 }, before))).toEqual(
      conflict(/paused or closed/),
    );
    expect(await countVotes(study)).toBe(1);
  });

  it("that closes while a vote is taken back keeps it", async () => {
    const study = await open();
    const client = await joined(study);
    await client.cast(0, { choice: 0 });
    expect(await setStateDuring(study, "CLOSED", () => client.send("undoVote", { trial: 0 }))).toEqual(conflict(/takes no votes/));
    expect(await countVotes(study)).toBe(1);
  });

  it("counts the votes of insiders among all, and apart, since its results leave them out", async () => {
    const study = await open();
    const [insider, outsider] = [localOwner, labeller].map((actor) => new VoterClient(api.url, { study: study.key, actor }));
    for (const client of [insider, outsider]) await client?.join();
    for (const trial of [0, 1]) await outsider?.cast(trial, { choice: 0 });
    await insider?.cast(0, { choice: 0 });
    const { body } = await api.query(`{ node(id: "${study.key}") { ... on Study { voteCount insiderVoteCount } } }`, {}, localOwner);
    expect(body.data.node).toEqual({ voteCount: 3, insiderVoteCount: 1 });
  });

  it("that closed accepts no late votes of insiders, who may read its results", async () => {
    const study = await open();
    const [insider, outsider] = [localOwner, labeller].map((actor) => new VoterClient(api.url, { study: study.key, actor }));
    for (const client of [insider, outsider]) {
      await client?.join();
      await client?.trials();
    }
    const closedAt = await setState(study, "CLOSED");
    const before = { votedAt: new Date(closedAt.getTime() - 1_000).toISOString() };
    expect(await insider?.cast(0, { choice: 0 }, before)).toEqual(conflict(/closed/));
    expect(await outsider?.cast(0, { choice: 0 }, before)).toMatchObject({ recorded: true });
  });

  it("that closed accepts no late votes of members who may read its labels or results by then", async () => {
    const { connection } = api.database;
    const study = await open();
    const [labels, promoted] = ["sees labels", "is promoted"].map((id): MemberActor => ({ ...labeller, userId: id })) as [
      MemberActor,
      MemberActor,
    ];
    for (const { userId: id } of [labels, promoted])
      await connection.user.create({ data: { id, name: id, email: `${id.replaceAll(" ", "_")}@pareidolia.example` } });
    const clientOf = (actor: MemberActor): VoterClient => new VoterClient(api.url, { study: study.key, actor });
    for (const actor of [labels, promoted]) {
      const client = clientOf(actor);
      await client.join();
      await client.trials();
    }
    const closedAt = await setState(study, "CLOSED");
    const before = { votedAt: new Date(closedAt.getTime() - 1_000).toISOString() };
    expect(await clientOf(labels).cast(0, { choice: 0 }, before)).toMatchObject({ recorded: true });
    const room = { id: "room", studyId: study.study.id, createdById: localUserId, number: 1 };
    await connection.normingRoom.create({ data: room });
    await connection.normingRoomMember.create({ data: { roomId: room.id, number: 0, userId: labels.userId } });
    await connection.normingRoomImage.create({
      data: { roomId: room.id, place: 0, studyId: room.studyId, imageIndex: 0, state: "REVEALED" },
    });
    expect(await clientOf(labels).cast(1, { choice: 0 }, before)).toEqual(conflict(/closed/));
    expect(await clientOf({ ...promoted, role: "RESEARCHER" }).cast(0, { choice: 0 }, before)).toEqual(conflict(/closed/));
  });

  it("that closed lets voters finish for a day, and no longer", async () => {
    const study = await open({ design: studyDesign(2, {}, { gold: [], noise: [], canaries: [], exemplars: [] }) });
    const [paused, prompt, late, before] = [await joined(study), await joined(study), await joined(study), await joined(study)];
    for (const client of [paused, prompt, late, before]) await client.voteOnAll(() => ({ choice: 0 }));
    const finished = { voter: { finishedAt: expect.any(String) } };
    await setState(study, "PAUSED");
    expect(await paused.send("finishStudy", {})).toMatchObject(finished);
    await setState(study, "OPEN");
    expect(await before.send("finishStudy", {})).toMatchObject(finished);
    await setState(study, "CLOSED", 23 * hour);
    expect(await prompt.send("finishStudy", {})).toMatchObject(finished);
    await setState(study, "CLOSED", 25 * hour);
    await setState(study, "ARCHIVED");
    const stored = () =>
      Promise.all([
        api.database.connection.studyVoter.findMany({ where: { studyId: study.study.id }, orderBy: { number: "asc" } }),
        api.database.connection.studyResult.findMany({ where: { studyId: study.study.id } }),
      ]);
    const results = await stored();
    expect(results[0].map(({ finishedAt }) => finishedAt !== null)).toEqual([true, true, false, true]);
    for (const state of ["CLOSED", "ARCHIVED"] as const) {
      await api.database.connection.study.update({ where: { id: study.study.id }, data: { state } });
      expect(await late.send("finishStudy", {})).toEqual(conflict(/^This study is closed.* kept\.$/));
    }
    expect(await stored()).toEqual(results);
    // A request that is repeated after its answer was lost changes nothing.
    expect(await before.send("finishStudy", {})).toMatchObject(finished);
    expect(await stored()).toEqual(results);
  });

  it("that closed lets no insider finish, who may read its results", async () => {
    const study = await open({ design: studyDesign(2, {}, { gold: [], noise: [], canaries: [], exemplars: [] }) });
    const [insider, outsider] = [localOwner, labeller].map((actor) => new VoterClient(api.url, { study: study.key, actor }));
    for (const client of [insider, outsider]) {
      await client?.join();
      await client?.voteOnAll(() => ({ choice: 0 }));
    }
    await setState(study, "CLOSED", hour);
    expect(await insider?.send("finishStudy", {})).toEqual(conflict(/closed/));
    expect(await outsider?.send("finishStudy", {})).toMatchObject({ voter: { finishedAt: expect.any(String) } });
  });

  it("marks those as insiders who could know its labels, even if their API key permits only voting", async () => {
    const study = await open({ createdById: "labeller" });
    const key = { id: "key", scopes: ["VOTE"] } as const;
    const voters: readonly MemberActor[] = [
      { ...localOwner, key },
      { ...localOwner, userId: "researcher", role: "RESEARCHER", key },
      labeller,
      { ...labeller, userId: "blind" },
    ];
    for (const id of ["researcher", "blind"])
      await api.database.connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example` } });
    for (const actor of voters) await new VoterClient(api.url, { study: study.key, actor }).join();
    const rows = await api.database.connection.studyVoter.findMany({ where: { studyId: study.study.id } });
    const insiders = new Map(rows.map(({ userId, insider }) => [userId, insider]));
    expect(voters.map(({ userId }) => insiders.get(userId))).toEqual([true, true, true, false]);
  });

  it.each(["OPEN", "PAUSED", "CLOSED", "ARCHIVED"] as const)("that is %s lets a voter withdraw, by session or by code", async (state) => {
    const study = await open();
    const [one, other] = [await joined(study), await joined(study)];
    for (const client of [one, other]) await client.cast(0);
    await setState(study, "CLOSED");
    await setState(study, state);
    expect(await one.send("withdrawVotes", {})).toMatchObject({ removedVotes: 1 });
    const code = (other.code ?? "").toLowerCase().replace(" ", "-");
    expect(await visitorOf(study).mutate("withdrawVotes", { link: study.link, code })).toMatchObject({ removedVotes: 1 });
    expect(await other.mutate("withdrawVotes", { link: study.link, code })).toMatchObject({ __typename: "NotFoundError" });
    expect(await one.ballot()).toBeNull();
    expect(await one.cast(1)).toMatchObject({ __typename: "NotFoundError" });
    expect(await api.database.connection.vote.count({ where: { studyId: study.study.id } })).toBe(0);
  });

  it("lets a member withdraw whose role has changed, and join again as another voter", async () => {
    const study = await open();
    const client = new VoterClient(api.url, { study: study.key, actor: labeller });
    await client.join();
    await client.cast(0);
    const byId = Buffer.from(`Study:${study.study.id}`).toString("base64url");
    const viewer = new VoterClient(api.url, { study: byId, actor: { ...labeller, role: "VIEWER" } });
    expect(await viewer.cast(1)).toMatchObject({ __typename: "ForbiddenError" });
    expect(await viewer.mutate("withdrawVotes", { study: byId })).toMatchObject({ removedVotes: 1 });
    client.session = null;
    expect((await client.join()).ballot.voter).toMatchObject({ pseudonym: "V-02", answered: 0 });
  });

  it("refuses a voter who accepted another consent, or chose a language that it does not have", async () => {
    const study = await open();
    expect(await visitorOf(study).tryJoin({ consentVersion: 2 })).toEqual(conflict(/Read it again/));
    expect(await visitorOf(study).tryJoin({ language: "de" })).toMatchObject({ field: "input.language" });
    expect(await countVoters(study)).toBe(0);
  });
});

it("a member is voting from joining until finishing, withdrawing or the end of the study", async () => {
  const voting = new VotingService({ database: api.database, shelf: new StudyShelf(api.database), secret: null });
  const design = studyDesign(2, {}, { gold: [], noise: [], canaries: [], exemplars: [] });
  const studies = [await open({ design }), await open({ design }), await open({ design })] as const;
  const ids = studies.map(({ study }) => study.id);
  const isVoting = () => voting.isVoting(labeller, [...ids, "unknown"]);
  const clients = studies.map(({ key }) => new VoterClient(api.url, { study: key, actor: labeller }));
  expect(await isVoting()).toEqual([false, false, false, false]);
  for (const client of clients) await client.join();
  expect(await isVoting()).toEqual([true, true, true, false]);
  expect(await voting.isVoting(localOwner, ids)).toEqual([false, false, false]);
  await clients[0]?.voteOnAll(() => ({ choice: 0 }));
  expect(await isVoting()).toEqual([true, true, true, false]);
  await clients[0]?.send("finishStudy", {});
  await clients[1]?.send("withdrawVotes", {});
  expect(await isVoting()).toEqual([false, false, true, false]);
  await setState(studies[2], "CLOSED");
  expect(await isVoting()).toEqual([false, false, false, false]);
});
