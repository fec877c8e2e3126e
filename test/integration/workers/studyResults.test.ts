/** The job that computes the results of studies, with a real Postgres: current, incremental, never from votes that were removed. */
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { agreesWithLabel, resolveProtocol } from "@pareidolia/perception/protocols/registry";
import type { Answer } from "@pareidolia/perception/protocols/screen";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult, parseResult, resultKindIds } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { findVoterStates, findVotersWithVotes } from "@pareidolia/persistence/studies/studies/readVotes";
import {
  findComputedAt,
  findResultSource,
  findStudyResults,
  storeStudyResults,
} from "@pareidolia/persistence/studies/studies/studyResults";
import { castVote } from "@pareidolia/persistence/studies/voting/castVote";
import { joinStudy } from "@pareidolia/persistence/studies/voting/joinStudy";
import type { VoterRecord } from "@pareidolia/persistence/studies/voting/readVoters";
import { undoVote } from "@pareidolia/persistence/studies/voting/undoVote";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { recoverOnce } from "@pareidolia/workers/recovery";
import { pauseAfter } from "@pareidolia/workers/studies/queueResults";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { startVoteWatch } from "@pareidolia/workers/studies/voteWatch";
import { computeStudyResults } from "@pareidolia/workers/tasks/computeStudyResults.task";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { inFull } from "../../support/extent/inFull.ts";
import { type OpenedStudy, writeOpenedStudy } from "../../support/openedStudy.ts";
import { studyDesign } from "../../support/studyDesigns.ts";

let testDatabase: TestDatabase;
let database: Database;
let queue: Queue;
let folder: string;
/** Of all tests, because its thread takes half a second of processor time to start. */
const computer = new StudyComputer();
let opened: OpenedStudy;

const phases = [
  {
    protocol: resolveProtocol("alternatives", { alternatives: 4, cantTell: "missing" }),
    timing: resolveParameters(timingSpecs, { imageMs: 250 }),
  },
];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
  queue = await openQueue({ url: testDatabase.url });
  folder = mkdtempSync(path.join(tmpdir(), "study-results-"));
  const design = studyDesign(12, { phases, perVoter: { counted: 12, gold: 2, noise: 0, canaries: 0 } });
  opened = await writeOpenedStudy(
    { database, objectStore: openFolderStore({ folder }) },
    { design, rules: { exclusion: resolveExclusion({ goldHits: 1 }) } },
  );
});
afterEach(async () => {
  await queue.close();
  await database.close();
  await testDatabase.drop();
  rmSync(folder, { recursive: true, force: true });
});

afterAll(() => computer.close());

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const all = Array.from({ length: 12 }, (_, item) => item);

async function join(): Promise<VoterRecord> {
  const { voter } = await database.transaction((transaction) =>
    joinStudy(transaction, {
      studyId: opened.study.id,
      userId: null,
      insider: false,
      still: false,
      stillLeftOut: true,
      countsJudged: false,
      sessionHash: hash(randomUUID()),
      withdrawalHashes: [hash(randomUUID())],
      consentVersion: 1,
      language: "en",
      clientHash: hash("client"),
      screen: null,
      idempotencyKey: null,
      maxAnonymous: 100,
      assign: () => ({ items: all, trialCount: 14 }),
    }),
  );
  return voter;
}

const trialsFor = ({ number, items }: VoterRecord) =>
  trialsOf(opened.plan, { number, items, finished: false, insider: false, still: false });

const isSkipped = (trial: number): boolean => trial % 7 === 6;

/** The last trial whose vote counts. Which one it is depends on the study's seed, which is drawn. */
function lastCounted(voter: VoterRecord): number {
  const trial = trialsFor(voter).findLast(({ number, role }) => role === "counted" && !isSkipped(number));
  if (trial === undefined) throw new Error("The voter has no counted trial.");
  return trial.number;
}

/** Votes on these trials; every seventh is skipped. */
async function vote(voter: VoterRecord, from: number, to: number): Promise<void> {
  const { id, number } = voter;
  for (const trial of trialsFor(voter).slice(from, to)) {
    const answer: Answer | null = isSkipped(trial.number) ? null : { choice: (number + trial.number) % 3 === 0 ? 0 : (trial.target ?? 0) };
    await castVote(database.connection, {
      voterId: id,
      trial: trial.number,
      role: trial.role.toUpperCase() as "COUNTED" | "GOLD",
      item: trial.item,
      repeated: false,
      submissionId: randomUUID(),
      answer,
      timedOut: false,
      agrees: answer === null ? null : agreesWithLabel(phases[0]!.protocol, trial, answer),
      responseMs: 900 + 10 * trial.number,
      timing: { requestedMs: 250, shownMs: 251.5, frames: 15, droppedFrames: 0, refreshHz: 60 },
      votedAt: new Date(),
    });
  }
}

const log = { info: () => {}, warn: () => {}, error: () => {} };
const context = () => ({ database, queue, computer, stop: new AbortController().signal, log });
const compute = () => computeStudyResults({ studyId: opened.study.id }, context());
const readSource = async () => {
  const source = await findResultSource(database.connection, opened.study.id);
  if (source === null) throw new Error("The study is not open.");
  return source;
};

/** The results of the stored votes, computed at once. */
async function expected() {
  const { study, plan, images } = opened;
  const states = await findVoterStates(database.connection, study.id);
  const voters = await findVotersWithVotes(database.connection, { studyId: study.id, numbers: states.map(({ number }) => number) });
  const evidence = collectStudy({
    plan,
    images: images.filter(({ role }) => role === "COUNTED"),
    voters,
    votes: voters.flatMap(({ number, votes }) =>
      votes.map((one) => ({ ...one, voter: number, timing: { maskMs: null, ...(one.timing as object) } as never })),
    ),
  });
  return Object.fromEntries(resultKindIds.map((kind) => [kind, JSON.parse(JSON.stringify(computeResult(kind, evidence))) as unknown]));
}

async function stored() {
  const rows = await database.connection.studyResult.findMany({ where: { studyId: opened.study.id } });
  return {
    counts: [...new Set(rows.map(({ voteCount }) => voteCount))],
    results: Object.fromEntries(rows.map(({ kind, result }) => [kind, result as unknown])),
  };
}

const voteCount = async () => (await database.connection.study.findUniqueOrThrow({ where: { id: opened.study.id } })).voteCount;
const cleanUp = () => recoverOnce({ database, queue, leaseSeconds: 60, onAlarm: () => {} });
const isQueued = () =>
  database.transaction(({ executor }) => queue.statusOf(executor, "computeStudyResults", { studyId: opened.study.id }));

describe("the results of a study", () => {
  it("are of all its votes, again after each change, whichever voters changed", async () => {
    const computedAt = async () => (await findComputedAt(database.connection, ["none", opened.study.id]))[1] ?? null;
    expect(await computedAt()).toBeNull();
    await compute();
    expect(await stored()).toEqual({ counts: [0], results: await expected() });
    const first = await computedAt();
    const [one, two, three] = [await join(), await join(), await join()];
    await vote(one, 0, 14);
    await vote(two, 0, 9);
    await compute();
    expect(await stored()).toEqual({ counts: [await voteCount()], results: await expected() });
    await vote(two, 9, 10);
    await vote(three, 0, 4);
    await compute();
    expect(await stored()).toEqual({ counts: [await voteCount()], results: await expected() });
    await database.transaction((transaction) => undoVote(transaction, { voterId: three.id, trial: 3, undoneAt: null }));
    expect((await stored()).counts).toEqual([-1]);
    await compute();
    expect(await stored()).toEqual({ counts: [await voteCount()], results: await expected() });
    await database.transaction((transaction) => withdrawVoter(transaction, one.id));
    expect(await stored()).toEqual({ counts: [], results: {} });
    await compute();
    const { results } = await stored();
    expect(results).toEqual(await expected());
    expect((await computedAt())?.getTime()).toBeGreaterThan(first?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(parseResult("voters", results["voters"]).everyone.voters.map(({ number }) => number)).toEqual([1, 2]);
    const [plane] = await findStudyResults(database.connection, { studyId: opened.study.id, kinds: ["plane"] });
    expect(plane).toMatchObject({ kind: "plane", voteCount: await voteCount(), result: results["plane"] });
  });

  inFull("are not stored if a voter withdraws while they are computed", async () => {
    const voter = await join();
    await vote(voter, 0, 14);
    const source = await readSource();
    const computed = await computer.compute(database.connection, source);
    await database.transaction((transaction) => withdrawVoter(transaction, voter.id));
    expect(await database.transaction((transaction) => storeStudyResults(transaction, source, computed))).toBe(false);
    expect((await stored()).counts).toEqual([]);
  });

  it("are stored as outdated if a vote arrives meanwhile that the number of votes does not show", async () => {
    const voter = await join();
    await vote(voter, 0, 6);
    const source = await readSource();
    const computed = await computer.compute(database.connection, source);
    // Trial 6 is skipped.
    await vote(voter, 6, 7);
    expect(await voteCount()).toBe(source.voteCount);
    expect(await database.transaction((transaction) => storeStudyResults(transaction, source, computed))).toBe(false);
    expect((await stored()).counts).toEqual([-1]);
    await cleanUp();
    expect(await isQueued()).toBe("pending");
  });

  inFull("never replace those of later votes", async () => {
    const voter = await join();
    await vote(voter, 0, 5);
    const earlier = await readSource();
    const old = await computer.compute(database.connection, earlier);
    await vote(voter, 5, 12);
    await compute();
    const latest = await stored();
    await database.transaction((transaction) => storeStudyResults(transaction, earlier, old));
    expect(await stored()).toEqual(latest);
  });

  inFull("are queued by the clean-up until they are of the study's present votes, once", async () => {
    await cleanUp();
    await cleanUp();
    const [row] = await database.connection.$queryRaw<{ jobs: number }[]>`
      SELECT count(*)::int AS jobs FROM pareidolia_jobs.job WHERE name = 'computeStudyResults' AND data->>'studyId' = ${opened.study.id}`;
    expect(row?.jobs).toBe(1);
    await compute();
    await database.connection.$executeRaw`DELETE FROM pareidolia_jobs.job WHERE name = 'computeStudyResults'`;
    await cleanUp();
    expect(await isQueued()).toBe("absent");
    const voter = await join();
    await vote(voter, 0, 1);
    await cleanUp();
    expect(await isQueued()).toBe("pending");
  });

  inFull("pause after a computation if the study has many votes, for up to five minutes", async () => {
    const { connection } = database;
    await compute();
    await connection.$executeRaw`UPDATE studies SET vote_count = 1000000 WHERE id = ${opened.study.id}`;
    await cleanUp();
    expect(await isQueued()).toBe("absent");
    await connection.$executeRaw`UPDATE study_results SET computed_at = now() - interval '201 seconds'`;
    await cleanUp();
    expect(await isQueued()).toBe("pending");
    // A withdrawal deletes the results: there is nothing to show in the meantime, so they do not pause.
    await connection.$executeRaw`DELETE FROM pareidolia_jobs.job WHERE name = 'computeStudyResults'`;
    await connection.$executeRaw`DELETE FROM study_results`;
    await cleanUp();
    expect(await isQueued()).toBe("pending");
  });

  inFull("are not computed from a part of the votes if one of them is damaged, and are again once it is repaired", async () => {
    const voter = await join();
    await vote(voter, 0, 5);
    const change = (answer: object) =>
      database.connection.vote.updateMany({ where: { voterId: voter.id, trial: 2 }, data: { answer, receivedAt: new Date() } });
    await change({ choice: 9 });
    await expect(compute()).rejects.toThrow("A stored answer of voter 0 to trial 2 is damaged");
    expect((await stored()).counts).toEqual([]);
    await cleanUp();
    await database.connection.$executeRaw`UPDATE pareidolia_jobs.job SET state = 'failed' WHERE name = 'computeStudyResults'`;
    await cleanUp();
    expect(await isQueued()).toBe("failed");
    await change({ choice: 1 });
    await compute();
    expect((await stored()).results).toEqual(await expected());
  });

  it("are queued within moments of a vote, once for many votes and watches, and not while a worker computes them", async () => {
    await compute();
    const jobs = async () => {
      const [row] = await database.connection.$queryRaw<{ waiting: number; all: number }[]>`
        SELECT count(*) FILTER (WHERE state = 'created')::int AS waiting, count(*)::int AS "all"
        FROM pareidolia_jobs.job WHERE name = 'computeStudyResults' AND singleton_key = ${opened.study.id}`;
      return row;
    };
    const setJobs = (state: string) =>
      database.connection.$executeRawUnsafe(`UPDATE pareidolia_jobs.job SET state = '${state}' WHERE name = 'computeStudyResults'`);
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const startWatches = () =>
      Promise.all([0, 1].map(() => startVoteWatch({ url: testDatabase.url, database, queue, onError, milliseconds: 20 })));
    let watches = await startWatches();
    const closeWatches = () => Promise.all(watches.map((watch) => watch.close()));
    try {
      const [one, two] = [await join(), await join()];
      await Promise.all([vote(one, 0, 14), vote(two, 0, 14)]);
      await expect.poll(jobs, { timeout: 10_000 }).toEqual({ waiting: 1, all: 1 });
      // A watch that has just found no worker may still queue the votes above, so let both finish first.
      await closeWatches();
      // While a worker computes, votes wait for its end.
      await setJobs("active");
      watches = await startWatches();
      const late = await join();
      const last = lastCounted(late);
      await vote(late, 0, last);
      await setTimeout(200);
      expect(await jobs()).toEqual({ waiting: 0, all: 1 });
      await compute();
      await setJobs("completed");
      await vote(late, last, last + 1);
      await expect.poll(jobs, { timeout: 10_000 }).toEqual({ waiting: 1, all: 2 });
      expect(errors).toEqual([]);
    } finally {
      await closeWatches();
    }
  });

  inFull("are queued again by the task itself if votes arrived while it computed", async () => {
    const voter = await join();
    await vote(voter, 0, 4);
    const late = {
      compute: async (...given: Parameters<StudyComputer["compute"]>) => {
        const results = await computer.compute(...given);
        await vote(voter, 4, 6);
        return results;
      },
    };
    await computeStudyResults({ studyId: opened.study.id }, { ...context(), computer: late });
    expect(await isQueued()).toBe("pending");
    await compute();
    expect(await stored()).toEqual({ counts: [await voteCount()], results: await expected() });
  });

  inFull("are tried again after a failure with growing pauses, and at once after a success", async () => {
    const { connection } = database;
    const fail = (secondsAgo: number) => connection.$executeRaw`
      UPDATE pareidolia_jobs.job SET state = 'failed', completed_on = now() - ${secondsAgo}::int * interval '1 second'
      WHERE name = 'computeStudyResults' AND state = 'created'`;
    await cleanUp();
    await fail(14);
    await cleanUp();
    expect(await isQueued()).toBe("failed");
    await connection.$executeRaw`UPDATE pareidolia_jobs.job SET completed_on = now() - interval '16 seconds'`;
    await cleanUp();
    expect(await isQueued()).toBe("pending");
    await fail(16);
    await cleanUp();
    expect(await isQueued()).toBe("failed");
    await connection.$executeRaw`UPDATE pareidolia_jobs.job SET completed_on = now() - interval '31 seconds'`;
    await cleanUp();
    expect(await isQueued()).toBe("pending");
    await connection.$executeRaw`
      UPDATE pareidolia_jobs.job SET state = 'completed' WHERE name = 'computeStudyResults' AND state = 'created'`;
    await cleanUp();
    expect(await isQueued()).toBe("pending");
    expect([1, 2, 3, 6, 7, 20].map(pauseAfter)).toEqual([15, 30, 60, 480, 900, 900]);
  });

  inFull("are computed again after their thread has stopped", async () => {
    const voter = await join();
    await vote(voter, 0, 14);
    const computing = computer.compute(database.connection, await readSource());
    await Promise.all([expect(computing).rejects.toThrow("The results of the study were not computed"), computer.close()]);
    await compute();
    await computer.close();
    await compute();
    expect((await stored()).results).toEqual(await expected());
  });

  it("do not exist for a draft or an unknown study, and a worker that stops computes none", async () => {
    expect(await findResultSource(database.connection, "unknown")).toBeNull();
    const stop = AbortSignal.abort();
    await computeStudyResults({ studyId: opened.study.id }, { ...context(), stop });
    expect((await stored()).counts).toEqual([]);
  });
});
