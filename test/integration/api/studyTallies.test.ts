/** Tallies of a study reach subscribers while people vote, and none is missed. */
import { copyStudyImages } from "@pareidolia/persistence/studies/studies/studyImages";
import { readTallies } from "@pareidolia/persistence/studies/studies/studyTallies";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { joinStudy } from "@pareidolia/persistence/studies/voting/joinStudy";
import { undoVote } from "@pareidolia/persistence/studies/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { openRawSocket } from "../../support/rawSocket.ts";

let api: TestApi;
let opened: OpenedStudy;
let voters = 0;

beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
  opened = await writeOpenedStudy(api);
});
afterAll(() => api.close());

async function join(): Promise<string> {
  const number = voters++;
  const { voter } = await api.database.transaction((transaction) =>
    joinStudy(transaction, {
      studyId: opened.study.id,
      userId: null,
      insider: false,
      still: false,
      stillLeftOut: true,
      countsJudged: false,
      sessionHash: `session ${number}`,
      withdrawalHashes: [`code ${number}`],
      consentVersion: 1,
      language: "en",
      clientHash: null,
      screen: null,
      idempotencyKey: null,
      maxAnonymous: 1_000,
      assign: () => ({ items: [0, 1, 2, 3, 4, 5], trialCount: 6 }),
    }),
  );
  return voter.id;
}

const vote = (voterId: string, item: number, agrees = true) =>
  castVote(api.database.connection, {
    voterId,
    trial: item,
    role: "COUNTED",
    item,
    repeated: false,
    submissionId: `${voterId} ${item}`,
    answer: { choice: 0 },
    timedOut: false,
    agrees,
    responseMs: 900,
    timing: null,
    votedAt: new Date(),
  });

type Tally = [index: number, votes: number, agreeing: number];
type Event = { readonly sequence: number; readonly tallies: readonly Tally[] };

async function read(after = 0): Promise<Event> {
  const query = `{ node(id: "${opened.key}") { ... on Study { tallies(after: ${after}) { sequence tallies } } } }`;
  return (await api.query(query)).body.data.node.tallies;
}

/** Follows the tallies until `isOver` says so of the latest tally of each image. */
async function follow(since: number, isOver: (latest: ReadonlyMap<number, Tally>) => boolean): Promise<ReadonlyMap<number, Tally>> {
  const socket = await openRawSocket(api.url);
  const latest = new Map<number, Tally>();
  let [known, seen] = [0, since];
  socket.subscribe("tallies", `subscription { studyTallies(studyId: "${opened.key}", since: ${since}) { sequence tallies } }`);
  while (!isOver(latest)) {
    await expect
      .poll(() => socket.received.filter(({ type }) => type === "next").length, { timeout: 5_000, interval: 10 })
      .toBeGreaterThan(known);
    const events = socket.received.filter(({ type }) => type === "next");
    for (const { payload } of events.slice(known)) {
      const { studyTallies } = (payload as { data: { studyTallies: Event } }).data;
      expect(studyTallies.sequence).toBeGreaterThan(seen);
      seen = studyTallies.sequence;
      for (const tally of studyTallies.tallies) latest.set(tally[0], tally);
    }
    known = events.length;
  }
  await socket.close();
  return latest;
}

describe("the tallies of a study", () => {
  it("are all those since a number, for a page that was away", async () => {
    const voter = await join();
    await vote(voter, 0);
    const { sequence, tallies } = await read();
    expect(tallies).toEqual([[0, 1, 1]]);
    await vote(voter, 1, false);
    expect((await read(sequence)).tallies).toEqual([[1, 1, 0]]);
    expect(await follow(sequence, (latest) => latest.has(1))).toEqual(new Map([[1, [1, 1, 0]]]));
  });

  it("end as a recount does, whatever number of people vote, take back and withdraw at once", async () => {
    const { sequence } = await read();
    const people = await Promise.all(Array.from({ length: 12 }, join));
    const followed = follow(sequence, (latest) => Array.from({ length: 6 }, (_, item) => latest.get(item)?.[1] ?? 0).every((n) => n >= 10));
    await Promise.all(
      people.map(async (voter, number) => {
        for (const item of [0, 1, 2, 3, 4, 5]) await vote(voter, item, (number + item) % 3 === 0);
        if (number === 0)
          await api.database.transaction((transaction) => undoVote(transaction, { voterId: voter, trial: 5, undoneAt: null }));
        if (number === 1) await api.database.transaction((transaction) => withdrawVoter(transaction, voter));
      }),
    );
    await followed;
    const counted = await api.database.connection.vote.groupBy({ by: ["item"], _count: true, orderBy: { item: "asc" } });
    const agreeing = await api.database.connection.vote.groupBy({ by: ["item"], where: { agrees: true }, _count: true });
    const expected = counted.map(({ item, _count }) => [item, _count, agreeing.find((row) => row.item === item)?._count ?? 0]);
    expect([...(await read()).tallies].toSorted((a, b) => a[0] - b[0])).toEqual(expected);
    const { voteCount } = await api.database.connection.study.findUniqueOrThrow({ where: { id: opened.study.id } });
    expect(voteCount).toBe(counted.reduce((sum, { _count }) => sum + _count, 0));
  });

  it("are read with all that a withdrawal changed at once, even beyond the limit of a read", async () => {
    const { database } = api;
    const studyId = opened.study.id;
    const voter = await join();
    for (const item of [0, 1, 2, 3, 4, 5]) await vote(voter, item);
    const { sequence } = await read();
    await database.transaction((transaction) => withdrawVoter(transaction, voter));
    const rows = await readTallies(database.connection, { studyId, after: sequence, limit: 1 });
    expect(new Set(rows.map(({ index }) => index))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it("of a fork start from 0, whatever number its original has reached", async () => {
    const { database } = api;
    const fork = await writeOpenedStudy(api);
    await database.transaction(async (transaction) => {
      await transaction.connection.studyImage.deleteMany({ where: { studyId: fork.study.id } });
      await copyStudyImages(transaction, { from: opened.study.id, to: fork.study.id });
    });
    expect((await read()).sequence).toBeGreaterThan(1);
    expect(await readTallies(database.connection, { studyId: fork.study.id, after: 0, limit: 10 })).toEqual([]);
  });

  it("are refused before a number of 0", async () => {
    const { body } = await api.query(`{ node(id: "${opened.key}") { ... on Study { tallies(after: -1) { sequence } } } }`);
    expect(body.errors[0].extensions.code).toBe("INVALID_INPUT");
  });
});
