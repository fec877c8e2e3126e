/** Places of images, leases, counters and withdrawal, in the tables themselves. */
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { assignImages } from "@pareidolia/perception/study/assignImages";
import type { Phase } from "@pareidolia/perception/trials/design";
import { castVote, type NewVote } from "@pareidolia/persistence/studies/voting/castVote";
import { finishVoting } from "@pareidolia/persistence/studies/voting/finishVoting";
import type { AssignableImage, NewVoter } from "@pareidolia/persistence/studies/voting/joinStudy";
import { lockVoter, undoVote } from "@pareidolia/persistence/studies/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedStudy } from "../../support/openedStudy.ts";
import { countingRules, studyDesign } from "../../support/studyDesigns.ts";
import { openVotingDatabase, type VotingDatabase, voteOf } from "../../support/votingDatabase.ts";

let voting: VotingDatabase;
beforeAll(async () => {
  voting = await openVotingDatabase();
});
afterAll(() => voting.close());

const unchecked = { gold: [], noise: [], canaries: [], exemplars: [] };
const design = (images: number) => studyDesign(images, {}, unchecked);
const noMoreVotes = { code: "CONFLICT", message: expect.stringContaining("needs no more votes") };
const full = expect.objectContaining({ status: "rejected", reason: expect.objectContaining(noMoreVotes) });

async function itemsOf({ study }: OpenedStudy): Promise<(readonly number[])[]> {
  const voters = await voting.database.connection.studyVoter.findMany({ where: { studyId: study.id }, orderBy: { number: "asc" } });
  return voters.map(({ items }) => items);
}

function expireLeases({ study }: OpenedStudy) {
  const data = { leaseExpiresAt: new Date(Date.now() - 1_000) };
  return voting.database.connection.studyVoter.updateMany({ where: { studyId: study.id }, data });
}

/** Until a statement waits for a lock. */
async function waitForLock(): Promise<void> {
  for (;;) {
    const [row] = await voting.database.connection.$queryRawUnsafe<{ waiting: number }[]>(
      "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if ((row?.waiting ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("the places of images", () => {
  it("are never given to two voters, however many join at once", async () => {
    const study = await voting.open({ design: design(10), perVoter: { counted: 4 }, plan: { overlap: 2 } });
    const joined = await Promise.allSettled(Array.from({ length: 30 }, () => voting.join(study)));
    const items = await itemsOf(study);
    const taken = items.flat().toSorted((a, b) => a - b);
    // Ten images with two places each, and four images a voter.
    expect(taken).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
    expect(items).toHaveLength(5);
    expect(joined.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(joined.filter((result) => full.asymmetricMatch(result))).toHaveLength(25);
    expect(new Set(items.map((own) => new Set(own).size))).toEqual(new Set([4]));
  });

  it("are not taken by the still version if the plan leaves its votes out, neither by leases nor by votes", async () => {
    const study = await voting.open({ design: design(2), plan: { overlap: 1 } });
    const { voter } = await voting.join(study, { still: true });
    for (const item of voter.items) await castVote(voting.database.connection, voteOf(voter.id, item, { item }));
    const { voter: timed } = await voting.join(study);
    expect(timed.items).toEqual([0, 1]);
    for (const item of timed.items) await castVote(voting.database.connection, voteOf(timed.id, item, { item }));
    await expireLeases(study);
    await expect(voting.join(study)).rejects.toMatchObject(noMoreVotes);
  });

  it("are not taken by insiders, whom results as planned leave out, neither by leases nor by votes", async () => {
    const study = await voting.open({ design: design(2), plan: { overlap: 1 } });
    const { voter } = await voting.join(study, { insider: true });
    expect((await voting.join(study)).voter.items).toEqual([0, 1]);
    await expireLeases(study);
    for (const item of voter.items) await castVote(voting.database.connection, voteOf(voter.id, item, { item }));
    const { voter: outsider } = await voting.join(study);
    for (const item of outsider.items) await castVote(voting.database.connection, voteOf(outsider.id, item, { item }));
    await expireLeases(study);
    for (const insider of [true, false]) await expect(voting.join(study, { insider })).rejects.toMatchObject(noMoreVotes);
  });

  it("go to voters as long as answers that agree or disagree are too few, whatever other answers there are", async () => {
    const protocols = [resolveProtocol("freeText", {}), resolveProtocol("alternatives", {})];
    const phases = protocols.map((protocol) => ({ ...(countingRules.phases[0] as Phase), protocol }));
    const stopping = resolveStoppingRule("posteriorBound", { minimum: 2 });
    const study = await voting.open({ design: studyDesign(2, { phases }, unchecked), rules: { stopping }, plan: { overlap: 100 } });
    const cast = async (answers: readonly Partial<NewVote>[], more: Partial<NewVoter> = {}): Promise<void> => {
      const { voter } = await voting.join(study, more);
      for (const [trial, answer] of answers.entries())
        await castVote(voting.database.connection, voteOf(voter.id, trial, { item: trial % 2, ...answer }));
    };
    const text = { answer: { text: "a cat" }, agrees: null };
    const disagrees = { agrees: false };
    for (let voter = 0; voter < 6; voter++) await cast([text, text]);
    await cast([text, text, disagrees, disagrees]);
    for (const left of [{ insider: true }, { still: true }])
      for (let voter = 0; voter < 3; voter++) await cast([text, text, disagrees, disagrees], left);
    let states: readonly AssignableImage[] = [];
    const { voter } = await voting.join(study, {
      assign(images, number) {
        states = images;
        const assigned = assignImages(study.plan, images, number);
        return assigned === null ? null : { items: assigned.items, trialCount: assigned.trials.length };
      },
    });
    expect(states).toMatchObject([0, 1].map((index) => ({ index, votes: 8, judged: 1, agreeing: 0 })));
    expect(voter.items).toEqual([0, 1]);
    for (let more = 0; more < 3; more++) await cast([text, text, disagrees, disagrees]);
    await expect(voting.join(study)).rejects.toMatchObject(noMoreVotes);
  });

  it("are taken by the still version if the plan counts its votes", async () => {
    const study = await voting.open({ design: design(2), plan: { overlap: 1 } });
    await voting.join(study, { still: true, stillLeftOut: false });
    await expect(voting.join(study, { stillLeftOut: false })).rejects.toMatchObject(noMoreVotes);
  });

  it("are free again when the lease of a voter expires, but for the images with votes", async () => {
    const study = await voting.open({ design: design(4), perVoter: { counted: 2 }, plan: { overlap: 1 } });
    const { voter } = await voting.join(study);
    await voting.join(study);
    await expect(voting.join(study)).rejects.toMatchObject(noMoreVotes);
    const [item = 0] = voter.items;
    await castVote(voting.database.connection, voteOf(voter.id, 0, { item }));
    await expireLeases(study);
    await voting.join(study);
    const [, , third = []] = await itemsOf(study);
    expect(third).toHaveLength(2);
    expect(third).not.toContain(item);
  });

  it("are held again by a vote after the lease expired", async () => {
    const study = await voting.open({ design: design(2), plan: { overlap: 1 } });
    const { voter } = await voting.join(study);
    await expireLeases(study);
    await castVote(voting.database.connection, voteOf(voter.id, 0));
    await expect(voting.join(study)).rejects.toMatchObject(noMoreVotes);
  });

  it("are free after a voter withdrew", async () => {
    const study = await voting.open({ design: design(2), plan: { overlap: 1 } });
    const { voter } = await voting.join(study);
    await castVote(voting.database.connection, voteOf(voter.id, 0));
    await voting.database.transaction((transaction) => withdrawVoter(transaction, voter.id));
    expect((await voting.join(study)).voter).toMatchObject({ number: 1, items: [0, 1] });
  });

  it("are not given for images that have enough votes by the stopping rule", async () => {
    const stopping = resolveStoppingRule("fixedNumber", { votes: 1 });
    const study = await voting.open({ design: design(4), rules: { stopping } });
    const { voter } = await voting.join(study);
    await castVote(voting.database.connection, voteOf(voter.id, 0, { item: 2 }));
    expect((await voting.join(study)).voter.items).toEqual([0, 1, 3]);
  });
});

describe("a vote", () => {
  it("notifies the followers of its study, if it counts", async () => {
    const study = await voting.open({ design: design(3) });
    const { voter } = await voting.join(study);
    const client = new pg.Client({ connectionString: voting.url });
    await client.connect();
    const heard: (string | undefined)[] = [];
    client.on("notification", ({ payload }) => heard.push(payload));
    await client.query("LISTEN pareidolia_study_votes");
    const { connection } = voting.database;
    await castVote(connection, voteOf(voter.id, 0, { item: 2 }));
    await castVote(connection, voteOf(voter.id, 1, { answer: null, agrees: null }));
    await castVote(connection, voteOf(voter.id, 2, { role: "GOLD" }));
    await voting.database.transaction((transaction) => withdrawVoter(transaction, voter.id));
    await client.query("SELECT 1");
    await client.end();
    expect(heard).toEqual([study.study.id, study.study.id]);
  });

  it("that is taken back while it is sent again stays taken back", async () => {
    const study = await voting.open({ design: design(3) });
    const { voter } = await voting.join(study);
    const { connection } = voting.database;
    const vote = voteOf(voter.id, 0);
    const repetitions: Promise<boolean>[] = [];
    await voting.database.transaction(async (transaction) => {
      await lockVoter(transaction.connection, voter.id);
      // Starts before the vote is there, and waits for the voter's row until the vote was stored and taken back.
      repetitions.push(castVote(connection, vote));
      await waitForLock();
      await castVote(transaction.connection, vote);
      await undoVote(transaction, { voterId: voter.id, trial: 0, undoneAt: null });
    });
    expect(await Promise.all(repetitions)).toEqual([false]);
    expect(await connection.vote.count({ where: { voterId: voter.id } })).toBe(0);
    expect(await connection.studyImage.findFirstOrThrow({ where: { studyId: study.study.id, index: 0 } })).toMatchObject({ votes: 0 });
  });

  it("of a voter who finished or withdrew is refused", async () => {
    const study = await voting.open({ design: design(2) });
    const [{ voter: finished }, { voter: gone }] = [await voting.join(study), await voting.join(study)];
    const { database } = voting;
    for (const trial of [0, 1]) await castVote(database.connection, voteOf(finished.id, trial));
    await database.transaction((transaction) => finishVoting(transaction, finished.id));
    await database.transaction((transaction) => withdrawVoter(transaction, gone.id));
    await expect(castVote(database.connection, voteOf(finished.id, 2))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(castVote(database.connection, voteOf(gone.id, 0))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(
      database.transaction((transaction) => undoVote(transaction, { voterId: finished.id, trial: 1, undoneAt: null })),
    ).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(database.transaction((transaction) => withdrawVoter(transaction, gone.id))).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("a stored result", () => {
  const resultOf = async ({ study }: OpenedStudy) =>
    (await voting.database.connection.studyResult.findMany({ where: { studyId: study.id } })).map(({ voteCount }) => voteCount);

  it("is outdated by answers that do not change the number of votes, and deleted by a withdrawal", async () => {
    const study = await voting.open({ design: design(3) });
    const { connection } = voting.database;
    const { voter } = await voting.join(study);
    const write = () => {
      const row = { studyId: study.study.id, kind: "plane", voteCount: 1, result: {} };
      const studyId_kind = { studyId: study.study.id, kind: "plane" };
      return connection.studyResult.upsert({ where: { studyId_kind }, create: row, update: row });
    };
    await write();
    await castVote(connection, voteOf(voter.id, 0));
    expect(await resultOf(study)).toEqual([1]);
    await castVote(connection, voteOf(voter.id, 1, { role: "GOLD" }));
    expect(await resultOf(study)).toEqual([-1]);
    await write();
    await voting.database.transaction((transaction) => undoVote(transaction, { voterId: voter.id, trial: 1, undoneAt: null }));
    expect(await resultOf(study)).toEqual([-1]);
    await voting.database.transaction((transaction) => withdrawVoter(transaction, voter.id));
    expect(await resultOf(study)).toEqual([]);
  });
});
