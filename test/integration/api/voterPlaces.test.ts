/** Places for voters without an account: held for minutes, confirmed by the first answers, returned, removed and added by owners. */
import type { MemberActor } from "@pareidolia/core/actor";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { authenticateWithAddress, VoterClient } from "../../support/voterClient.ts";

let api: TestApi;
const researcher: MemberActor = { userId: "researcher", workspaceId: localWorkspaceId, role: "RESEARCHER" };

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateWithAddress });
  const { connection } = api.database;
  await seedLocalOwner(connection);
  await connection.user.create({ data: { id: "researcher", name: "R", email: "researcher@pareidolia.example" } });
});
afterAll(() => api.close());

const open = (anonymousVoters: number): Promise<OpenedStudy> => writeOpenedStudy(api, { anonymousVoters, plan: { overlap: 1000 } });
const visitorOf = ({ link }: OpenedStudy): VoterClient => new VoterClient(api.url, { link });
const conflict = (message: RegExp) => expect.objectContaining({ __typename: "ConflictError", message: expect.stringMatching(message) });
const full = conflict(/as many voters without an account as it takes/);

async function joined(study: OpenedStudy, answers = 0): Promise<VoterClient> {
  const client = visitorOf(study);
  await client.join();
  for (let trial = 0; trial < answers; trial++) await client.cast(trial, { choice: 0 });
  return client;
}

/** As if every hold and lease had ended a second ago. */
function passTime({ study }: OpenedStudy) {
  const data = { leaseExpiresAt: new Date(Date.now() - 1_000) };
  return api.database.connection.studyVoter.updateMany({ where: { studyId: study.id }, data });
}

async function minutesHeld({ study }: OpenedStudy): Promise<number[]> {
  const voters = await api.database.connection.studyVoter.findMany({ where: { studyId: study.id }, orderBy: { number: "asc" } });
  return voters.map(({ leaseExpiresAt }) => Math.round((leaseExpiresAt.getTime() - Date.now()) / 60_000));
}

async function places({ key }: OpenedStudy, actor: MemberActor = localOwner) {
  const fields = "limit taken held returned voters(first: 20) { nodes { number pseudonym anonymous state answers heldUntil } }";
  const { body } = await api.query(`{ node(id: "${key}") { ... on Study { planHash places { ${fields} } } } }`, {}, actor);
  return body;
}

async function change(name: string, input: object, actor: MemberActor = localOwner) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const success = name === "removeStudyVoters" ? "... on RemoveStudyVotersSuccess { removed }" : "";
  const { body } = await api.query(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${success} ... on Error { message } } }`,
    { input },
    actor,
  );
  return body.data?.result ?? body;
}

it("joins alone hold places for minutes, and then give them back", async () => {
  const study = await open(3);
  for (let voter = 0; voter < 3; voter++) await joined(study);
  expect(await minutesHeld(study)).toEqual([15, 15, 15]);
  expect(await visitorOf(study).tryJoin()).toEqual(full);
  await passTime(study);
  for (let voter = 0; voter < 3; voter++) await joined(study);
  expect(await visitorOf(study).tryJoin()).toEqual(full);
});

it("three answers confirm a place, fewer or skipped trials do not", async () => {
  const study = await open(4);
  const clients = [await joined(study, 3), await joined(study, 2), await joined(study)];
  for (const trial of [0, 1, 2]) await clients[2]?.cast(trial, { skipped: true });
  expect(await minutesHeld(study)).toEqual([120, 15, 15]);
  await passTime(study);
  for (let voter = 0; voter < 3; voter++) await joined(study);
  expect(await visitorOf(study).tryJoin()).toEqual(full);
});

it("a vote that is taken back no longer confirms a place", async () => {
  const study = await open(1);
  const client = await joined(study, 3);
  await client.send("undoVote", { trial: 2 });
  expect(await minutesHeld(study)).toEqual([15]);
  await passTime(study);
  await joined(study);
});

it("a voter who returns late takes a place again, if there is one, and loses no vote", async () => {
  const study = await open(2);
  const [late, later] = [await joined(study, 1), await joined(study, 1)];
  await passTime(study);
  await joined(study);
  expect(await late.cast(1, { choice: 0 })).toMatchObject({ recorded: true });
  expect(await later.cast(1, { choice: 0 })).toEqual(conflict(/others have taken all places since/));
  expect(await later.ballot("voter { answered placeLost }")).toEqual({ voter: { answered: 1, placeLost: true } });
  // The answer to a vote that was stored may have been lost.
  const { submissionId } = await api.database.connection.vote.findFirstOrThrow({
    where: { voter: { studyId: study.study.id, number: 1 } },
  });
  expect(await later.send("castVote", { ...later.voteOn(0, { choice: 0 }), submissionId })).toMatchObject({ recorded: true });
  expect(await api.database.connection.vote.count({ where: { studyId: study.study.id } })).toBe(3);
});

it("of 20 late voters who vote at once, as many are accepted as there are places", async () => {
  const study = await open(20);
  const clients = await Promise.all(Array.from({ length: 20 }, () => joined(study)));
  await passTime(study);
  await Promise.all(Array.from({ length: 15 }, () => joined(study)));
  const results = await Promise.all(clients.map((client) => client.cast(0, { choice: 0 })));
  expect(results.filter(({ recorded }) => recorded === true)).toHaveLength(5);
});

it("owners see the places, without answers, and no other role does", async () => {
  const study = await open(5);
  await joined(study);
  await passTime(study);
  await joined(study, 3);
  await joined(study, 1);
  await new VoterClient(api.url, { study: study.key, actor: localOwner }).join();
  const { data } = await places(study);
  expect(data.node.places).toEqual({
    limit: 5,
    taken: 2,
    held: 1,
    returned: 1,
    voters: {
      nodes: [
        { number: 3, pseudonym: "V-04", anonymous: false, state: "HELD", answers: 0, heldUntil: expect.any(String) },
        { number: 2, pseudonym: "V-03", anonymous: true, state: "HELD", answers: 1, heldUntil: expect.any(String) },
        { number: 1, pseudonym: "V-02", anonymous: true, state: "CONFIRMED", answers: 3, heldUntil: expect.any(String) },
        { number: 0, pseudonym: "V-01", anonymous: true, state: "RETURNED", answers: 0, heldUntil: null },
      ],
    },
  });
  expect((await places(study, researcher)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});

it("owners remove voters without votes, whose places are free at once, and no others", async () => {
  const study = await open(2);
  const [idle, voting] = [await joined(study), await joined(study, 1)];
  const input = { studyId: study.key, voters: [0, 1, 7] };
  expect(await change("removeStudyVoters", input, researcher)).toMatchObject({ __typename: "ForbiddenError" });
  expect(await change("removeStudyVoters", input)).toEqual({ __typename: "RemoveStudyVotersSuccess", removed: [0] });
  expect(await idle.ballot()).toBeNull();
  expect(await voting.cast(1, { choice: 0 })).toMatchObject({ recorded: true });
  await joined(study);
  const entry = await api.database.connection.auditEntry.findFirstOrThrow({
    where: { action: "study:managePlaces", subjectId: study.study.id },
  });
  expect(JSON.parse(entry.text)).toMatchObject({ before: { voters: ["V-01"] }, after: { voters: [] } });
});

it("owners raise the number of voters of an open study, which changes neither its plan nor its trials", async () => {
  const study = await open(1);
  const client = await joined(study, 1);
  const before = { trials: await client.trials(), hash: (await places(study)).data.node.planHash };
  expect(await visitorOf(study).tryJoin()).toEqual(full);
  const raise = (limit: number, actor?: MemberActor) => change("raiseVoterLimit", { studyId: study.key, limit }, actor);
  expect(await raise(2, researcher)).toMatchObject({ __typename: "ForbiddenError" });
  expect(await raise(1)).toEqual(conflict(/Enter a higher number/));
  expect(await raise(2)).toMatchObject({ __typename: "RaiseVoterLimitSuccess" });
  await joined(study);
  const { planHash, places: after } = (await places(study)).data.node;
  expect({ hash: planHash, limit: after.limit, trials: await client.trials() }).toEqual({ ...before, limit: 2 });
  const entry = await api.database.connection.auditEntry.findFirstOrThrow({
    where: { action: "study:managePlaces", subjectId: study.study.id },
  });
  expect(JSON.parse(entry.text)).toMatchObject({ before: { anonymousVoters: 1 }, after: { anonymousVoters: 2 } });
  await api.database.connection.study.update({ where: { id: study.study.id }, data: { state: "CLOSED", closedAt: new Date() } });
  expect(await raise(3)).toEqual(conflict(/open or paused/));
});
