/** After any sequence of operations, in parallel, the counters equal a recount of the votes, and a voter who withdrew left no trace. */
import { Purpose, Random } from "@pareidolia/core/random";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { finishVoting } from "@pareidolia/persistence/studies/voting/finishVoting";
import { undoVote } from "@pareidolia/persistence/studies/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dumpTables } from "../../support/dumpTables.ts";
import { studyDesign } from "../../support/studyDesigns.ts";
import { openVotingDatabase, type VotingDatabase, voteOf } from "../../support/votingDatabase.ts";

let voting: VotingDatabase;
beforeAll(async () => {
  voting = await openVotingDatabase();
});
afterAll(() => voting.close());

const images = 8;
const checks = { noise: [], canaries: [], exemplars: [] };

/** The kinds of votes, by an independent rule: which of them count, and agree. */
const kinds = [
  { vote: { answer: { choice: 0 }, agrees: true }, counts: 1, agreeing: 1 },
  { vote: { answer: { choice: 1 }, agrees: false }, counts: 1, agreeing: 0 },
  { vote: { answer: { cantTell: true }, agrees: null }, counts: 0, agreeing: 0 },
  { vote: { answer: { cantTell: true }, agrees: false }, counts: 1, agreeing: 0 },
  { vote: { answer: { text: "a dog" }, agrees: null }, counts: 1, agreeing: 0 },
  { vote: { answer: null, agrees: null }, counts: 0, agreeing: 0 },
  { vote: { answer: { choice: 0 }, agrees: true, role: "GOLD" }, counts: 0, agreeing: 0 },
] as const;

interface CountedVote {
  readonly item: number;
  readonly kind: number;
}

/** What the operations of one voter, one after the other, must leave. */
class ModelVoter {
  readonly id: string;
  readonly random: Random;
  readonly votes = new Map<number, CountedVote>();
  readonly order: number[] = [];
  isGone = false;

  constructor(id: string, random: Random) {
    this.id = id;
    this.random = random;
  }

  async step(): Promise<void> {
    const { connection } = voting.database;
    const draw = this.random.below(100);
    if (this.isGone) return;
    if (draw < 65) {
      const [trial, kind] = [this.random.below(12), this.random.below(kinds.length)];
      const item = this.random.below(images);
      const recorded = await castVote(connection, voteOf(this.id, trial, { item, ...kinds[kind]?.vote }));
      if (recorded === this.votes.has(trial)) throw new Error(`Trial ${trial} was${recorded ? "" : " not"} recorded.`);
      if (!recorded) return;
      this.votes.set(trial, { item, kind });
      this.order.push(trial);
    } else if (draw < 99) {
      const trial = this.order.pop();
      if (trial === undefined) return;
      await voting.database.transaction((transaction) => undoVote(transaction, { voterId: this.id, trial, undoneAt: null }));
      this.votes.delete(trial);
    } else {
      const removed = await voting.database.transaction((transaction) => withdrawVoter(transaction, this.id));
      if (removed !== this.votes.size) throw new Error(`${removed} votes were removed instead of ${this.votes.size}.`);
      this.isGone = true;
      this.votes.clear();
    }
  }
}

it.each([1, 2, 3])("counters equal a recount after random operations of ten voters at once (seed %i)", async (seed) => {
  const study = await voting.open({ design: studyDesign(images, {}, { ...checks, gold: [] }) });
  const voters = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      const { voter } = await voting.join(study);
      return new ModelVoter(voter.id, new Random({ seed, generation: 0, index, purpose: Purpose.SIMULATE }));
    }),
  );
  for (let round = 0; round < 30; round++) await Promise.all(voters.map((voter) => voter.step()));
  const expected = Array.from({ length: images }, () => ({ votes: 0, agreeing: 0 }));
  for (const { item, kind } of voters.flatMap(({ votes }) => [...votes.values()])) {
    const tally = expected[item] as { votes: number; agreeing: number };
    tally.votes += kinds[kind]?.counts ?? 0;
    tally.agreeing += kinds[kind]?.agreeing ?? 0;
  }
  const { connection } = voting.database;
  const where = { studyId: study.study.id };
  const rows = await connection.studyImage.findMany({ where, orderBy: { index: "asc" }, select: { votes: true, agreeing: true } });
  expect(rows).toEqual(expected);
  const { voteCount } = await connection.study.findUniqueOrThrow({ where: { id: study.study.id } });
  expect(voteCount).toBe(expected.reduce((sum, { votes }) => sum + votes, 0));
  expect(await connection.vote.count({ where })).toBe(voters.reduce((sum, { votes }) => sum + votes.size, 0));
  expect(voters.some(({ isGone }) => isGone)).toBe(true);
  expect(voteCount).toBeGreaterThan(0);
});

it("a voter who withdraws leaves a number, and no trace of the person or the answers in any table", async () => {
  const study = await voting.open({ design: studyDesign(4, {}, { ...checks, gold: [] }) });
  const { connection } = voting.database;
  await connection.user.create({ data: { id: "withdrawing", name: "A", email: "a@pareidolia.example" } });
  const marks = {
    sessionHash: "session-of-withdrawing",
    withdrawalHashes: ["code-of-withdrawing"],
    clientHash: "client-of-withdrawing",
    idempotencyKey: "key-of-withdrawing",
    screen: { note: "screen-of-withdrawing" },
    language: "language-of-withdrawing",
  };
  const { voter } = await voting.join(study, { ...marks, userId: "withdrawing" });
  const { voter: other } = await voting.join(study);
  const marked = (trial: number) =>
    voteOf(voter.id, trial, {
      answer: { text: "text-of-withdrawing" },
      submissionId: `submission-of-withdrawing-${trial}`,
      timing: { frames: 987_654 },
    });
  for (const trial of [0, 1, 2]) await castVote(connection, marked(trial));
  await castVote(connection, voteOf(other.id, 0));
  await voting.database.transaction((transaction) => undoVote(transaction, { voterId: voter.id, trial: 2, undoneAt: null }));
  await castVote(connection, { ...marked(2), submissionId: "submission-of-withdrawing-again" });
  await castVote(connection, marked(3));
  await voting.database.transaction((transaction) => finishVoting(transaction, voter.id));
  await connection.studyResult.create({ data: { studyId: study.study.id, kind: "voters", voteCount: 5, result: { voters: [voter.id] } } });
  await connection.study.update({ where: { id: study.study.id }, data: { state: "CLOSED", closedAt: new Date() } });
  const before = await dumpTables(voting.url);
  for (const mark of ["session", "code", "client", "key", "screen", "language", "text", "submission"])
    expect(before).toContain(`${mark}-of-withdrawing`);

  expect(await voting.database.transaction((transaction) => withdrawVoter(transaction, voter.id))).toBe(4);
  const after = await dumpTables(voting.url);
  expect(after.match(/-of-withdrawing/g)).toBeNull();
  expect(after).not.toContain("987654");
  const traces = after.split("\n").filter((row) => row.includes(voter.id));
  expect(traces).toEqual([expect.stringMatching(/^public\.study_voters /)]);
  expect(await connection.studyVoter.findUnique({ where: { id: voter.id } })).toMatchObject({
    number: 0,
    userId: null,
    finishedAt: null,
    items: [],
  });
  expect(await connection.vote.findMany({ where: { studyId: study.study.id } })).toMatchObject([{ voterId: other.id }]);
  expect(await connection.study.findUniqueOrThrow({ where: { id: study.study.id } })).toMatchObject({ voteCount: 1, lastVoterNumber: 1 });
});
