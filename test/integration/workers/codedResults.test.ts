/** Results of free text with a real Postgres: computed again when codes are revealed or settled, and only then; missing after a new text. */
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { parseResult, type ResultKindId, type StudyResult } from "@pareidolia/perception/study/studyResults";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { recoverOnce } from "@pareidolia/workers/recovery";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { computeStudyResults } from "@pareidolia/workers/tasks/computeStudyResults.task";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CodingWorld, startCodingWorld, writeTexts } from "../../support/codingWorld.ts";

let world: CodingWorld;
let queue: Queue;
const computer = new StudyComputer();

beforeEach(async () => {
  world = await startCodingWorld();
  queue = await openQueue({ url: world.api.databaseUrl });
});
afterEach(async () => {
  await queue.close();
  await world.api.close();
});
afterAll(() => computer.close());

const log = { info: () => {}, warn: () => {}, error: () => {} };
const studyId = () => world.opened.study.id;
const statusOfJob = () =>
  world.api.database.transaction(({ executor }) => queue.statusOf(executor, "computeStudyResults", { studyId: studyId() }));
const recover = () => recoverOnce({ database: world.api.database, queue, leaseSeconds: 60, onAlarm: () => {} });

async function compute(): Promise<void> {
  const { database } = world.api;
  await computeStudyResults({ studyId: studyId() }, { database, queue, computer, stop: new AbortController().signal, log });
  await database.connection.$executeRaw`UPDATE pareidolia_jobs.job SET state = 'completed' WHERE name = 'computeStudyResults'`;
}

async function stored<Kind extends ResultKindId>(kind: Kind): Promise<StudyResult<Kind>> {
  const where = { studyId_kind: { studyId: studyId(), kind } };
  const { result } = await world.api.database.connection.studyResult.findUniqueOrThrow({ where });
  return parseResult(kind, result);
}

async function codeAll(name: string, codes: Readonly<Record<string, number | null>>): Promise<void> {
  for (const [text, label] of Object.entries(codes)) {
    const code = label === null ? { kind: "NONE" } : { kind: "LABEL", label };
    expect((await world.mutate(name, "codeText", { text, ...code })).__typename).toBe("TextCodingSuccess");
  }
}

describe("the results of coded texts", () => {
  it("follow the codes once they are complete, and the texts of voters who come and go", async () => {
    const { database } = world.api;
    await writeTexts(database, world.opened, ["dog", "cat", "blob", "dog"]);
    await writeTexts(database, world.opened, ["dog", "blob", "cow", "hen"]);
    await compute();
    const missing = { defined: false, reason: expect.stringContaining("Coding is missing") };
    expect((await stored("summary")).everyone.phases[0]?.total).toEqual(missing);
    expect((await stored("coding")).shared.coding).toEqual(missing);

    // Blind codes change no result, so nothing is computed.
    await codeAll("rita", { dog: 0, cat: 1, cow: 2, hen: 3, blob: null });
    await codeAll("ron", { dog: 0, cat: 1, cow: 2, hen: 3, blob: 2 });
    await recover();
    expect(await statusOfJob()).toBe("absent");

    await world.mutate("ron", "revealTextCodes");
    await recover();
    expect(await statusOfJob()).toBe("pending");
    await compute();
    expect((await stored("coding")).everyone.phases[0]?.answers).toEqual(missing);

    await world.mutate("ruth", "settleText", { text: "blob", kind: "NONE", reason: "No animal." });
    await compute();
    // Of eight answers: dog, cat, dog, cow and hen are the labels of their images; "dog" on the last and "blob" twice are not.
    expect((await stored("coding")).everyone.phases[0]?.answers).toMatchObject({
      defined: true,
      sameLabel: 5,
      otherLabel: 1,
      noLabel: 2,
      share: { estimate: 5 / 8 },
    });
    expect((await stored("summary")).everyone.phases[0]?.total).toMatchObject({ agreement: { estimate: 5 / 8 } });
    expect((await stored("plane")).everyone.phases[0]?.shares).toMatchObject({ agreeing: [2, 1, 1, 1], votes: [2, 2, 2, 2] });
    expect((await stored("coding")).shared.coding).toMatchObject({ coders: 2, texts: 5, settled: 1 });
    await recover();
    expect(await statusOfJob()).toBe("absent");

    const late = await writeTexts(database, world.opened, ["dog", "zebra", "cow", "hen"]);
    await compute();
    expect((await stored("plane")).everyone.phases[0]?.shares).toEqual(missing);
    await database.transaction((transaction) => withdrawVoter(transaction, late));
    await compute();
    expect((await stored("summary")).everyone.phases[0]?.total).toMatchObject({ agreement: { estimate: 5 / 8 } });
  });
});
