/** The interval of what people say about a run's images: for other voters and other images, from the voters of all studies' votes. */
import { randomUUID } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { withoutGuesses } from "@pareidolia/perception/detection/signalDetection";
import { meanShare, sharesOfImages } from "@pareidolia/perception/images/meanShare";
import { meanRecognised } from "@pareidolia/perception/images/recognisedShare";
import { findRecognitionOfRuns } from "@pareidolia/persistence/lab/recognition/readRunRecognition";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AskedImage, castBallot, computeResults, openStudyOf } from "../../support/askedImages.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import type { OpenedStudy } from "../../support/openedStudy.ts";
import { seedAscent } from "../../support/queuedRuns.ts";

let api: MutationApi;
let queue: Queue;
let computer: StudyComputer;
let elites: AskedImage[];
let first: OpenedStudy;
let lastVoter: string;

interface Cell {
  readonly image: number;
  readonly voter: string;
  readonly agrees: boolean;
  /** What the voter chose among. */
  readonly choices: number;
}
const cells: Cell[] = [];

const agrees = (image: number, voter: number): boolean => (3 * image + 5 * voter + image * voter) % 7 < 4;

/** A member named mia is the first voter of each study. Images of `voted` are numbered from `from`. @returns the last voter's ID. */
async function vote(
  study: OpenedStudy,
  { voters, images, from = 0, choices = 3 }: { voters: number; images: number; from?: number; choices?: number },
): Promise<string> {
  let voterId = "";
  for (let voter = 0; voter < voters; voter++) {
    const answers = Array.from({ length: images }, (_, image) => agrees(image, voter));
    voterId = await castBallot(api, study, { answers, ...(voter === 0 ? { userId: "mia" } : {}) });
    cells.push(...answers.map((own, image) => ({ image: from + image, voter: voter === 0 ? "mia" : voterId, agrees: own, choices })));
  }
  await computeResults(api, study.study.id, { queue, computer });
  return voterId;
}

beforeAll(async () => {
  api = await startMutationApi();
  queue = await openQueue({ url: api.databaseUrl });
  computer = new StudyComputer();
  const { connection } = api.database;
  await connection.user.create({ data: { id: "mia", name: "mia", email: "mia@lab.example" } });
  await connection.membership.create({ data: { id: randomUUID(), userId: "mia", workspaceId: localWorkspaceId, role: "LABELLER" } });
  const rows = await connection.elite.findMany({
    where: { replacedAt: null },
    orderBy: { niche: "asc" },
    include: { genome: { select: { imageSha256: true } } },
  });
  elites = rows.map(({ niche, genome }) => ({ label: niche, sha256: genome.imageSha256 }));
  first = await openStudyOf(api, elites);
  lastVoter = await vote(first, { voters: 12, images: 5 });
  await vote(await openStudyOf(api, elites.slice(0, 3), 2), { voters: 8, images: 3, choices: 2 });
});
afterAll(async () => {
  await computer.close();
  await queue.close();
  await api.close();
});

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Computed from the ballots: a vote among m choices counts 1 or -1 / (m - 1). */
function expected(of: readonly Cell[] = cells) {
  const valueOf = ({ agrees: own, choices }: Cell) => (own ? 1 : -1 / (choices - 1));
  const images = [...new Set(of.map(({ image }) => image))].map((image) => of.filter((cell) => cell.image === image));
  const shares = images.map((own) => meanOf(own.map(valueOf)));
  const mean = meanOf(shares);
  const scores = new Map<string, number>();
  for (const own of images)
    for (const cell of own) scores.set(cell.voter, (scores.get(cell.voter) ?? 0) + (valueOf(cell) - mean) / own.length);
  const interval = meanRecognised({
    images: images.length,
    votes: of.length,
    voters: scores.size,
    mean,
    imageSquares: shares.reduce((sum, share) => sum + (share - mean) ** 2, 0),
    voterSquares: [...scores.values()].reduce((sum, score) => sum + score ** 2, 0),
    inverseVotes: images.reduce((sum, own) => sum + 1 / own.length, 0),
    odds: meanOf(images.map((own) => meanOf(own.map(({ choices }) => 1 / (choices - 1))))),
  });
  return {
    imageCount: images.length,
    voteCount: of.length,
    meanShare: expect.closeTo(Math.max(0, mean), 12),
    ...(interval.defined
      ? {
          low: expect.closeTo(interval.low, 9),
          high: expect.closeTo(interval.high, 9),
          intervalFor: "VOTERS_AND_IMAGES",
          intervalReason: null,
        }
      : { low: null, high: null, intervalFor: null, intervalReason: interval.reason }),
  };
}

/** The plain mean with its interval, corrected: what `expected` must be where all votes are among three choices. */
function correctedPlain(of: readonly Cell[]) {
  const names = [...new Set(of.map(({ voter }) => voter))];
  const items = Math.max(...of.map(({ image }) => image)) + 1;
  const shares = sharesOfImages(
    {
      items,
      voters: names.length,
      item: Int32Array.from(of, ({ image }) => image),
      voter: Int32Array.from(of, ({ voter }) => names.indexOf(voter)),
      agrees: Int8Array.from(of, (cell) => (cell.agrees ? 1 : 0)),
    },
    new Uint8Array(items).fill(1),
  );
  const interval = shares === null ? null : meanShare(shares);
  if (shares === null || interval?.defined !== true) throw new Error("The ballots have no interval.");
  const corrected = (share: number) => expect.closeTo(Math.max(0, withoutGuesses(share, 1 / 3)), 9);
  return { meanShare: corrected(shares.mean), low: corrected(interval.low), high: corrected(interval.high) };
}

const fields = "recognition { askedCount imageCount voteCount meanShare low high intervalFor intervalReason }";

async function read(query: string) {
  const { body } = await api.query(query);
  expect(body.errors, query).toBeUndefined();
  return body.data;
}
const ofRun = async (id: string) => (await read(`{ node(id: "${id}") { ... on Run { ${fields} } } }`)).node.recognition;
const ofGroup = async (...runIds: string[]) =>
  (await read(`{ runComparison(entries: [{ runIds: ${JSON.stringify(runIds)} }]) { entries { ${fields} } } }`)).runComparison.entries[0]
    .recognition;

it("is for other voters and other images, with a member of several studies as one voter", async () => {
  expect(new Set(cells.map(({ voter }) => voter)).size).toBe(12 + 8 - 1);
  const found = await ofRun("RUN-1");
  expect(found).toEqual({ askedCount: 5, ...expected() });
  expect(found.intervalFor).toBe("VOTERS_AND_IMAGES");
  expect(await ofGroup("RUN-1")).toEqual(found);
});

it("of a group counts images with the same bytes and label once, and a voter of several runs once", async () => {
  const runs = [
    await seedAscent(api.database, { classes: [0, 1, 3], starts: 1 }),
    await seedAscent(api.database, { classes: [0, 1, 3], starts: 1 }),
  ];
  for (const runId of runs) await carryOutRun({ runId }, api.context());
  const rows = await api.database.connection.trajectory.findMany({ where: { runId: runs[0] as string }, orderBy: { class: "asc" } });
  const images = rows.map((row) => ({ label: row.class, sha256: row.imageSha256 }));
  const kept = cells.length;
  await vote(await openStudyOf(api, images), { voters: 20, images: images.length, from: 5 });
  const [one, other] = runs.map((id) => encodeGlobalId("Run", id)) as [string, string];
  const own = { askedCount: 3, ...expected(cells.slice(kept).map((cell) => ({ ...cell, image: cell.image - 5 }))) };
  expect(await ofRun(one)).toEqual(own);
  expect(await ofRun(one)).toMatchObject(correctedPlain(cells.slice(kept).map((cell) => ({ ...cell, image: cell.image - 5 }))));
  expect(await ofGroup(one, other)).toEqual(own);
  expect(await ofGroup("RUN-1", one, other)).toEqual({ askedCount: 8, ...expected() });
});

it("has a reason while results are computed again after a withdrawal", async () => {
  const { connection } = api.database;
  // The study's part is removed for the voter's images, as are its voters.
  await api.database.transaction((transaction) => withdrawVoter(transaction, lastVoter));
  expect(await ofRun("RUN-1")).toMatchObject({ voteCount: 24, imageCount: 3 });
  await computeResults(api, first.study.id, { queue, computer });
  const kept = expected(cells.filter(({ voter, image }) => voter !== lastVoter && image < 5));
  expect(await ofRun("RUN-1")).toMatchObject(kept);
  // As after the migration, which does not know the voters.
  await connection.studyImage.updateMany({ where: { studyId: first.study.id }, data: { agreeingVoters: [], otherVoters: [] } });
  expect(await ofRun("RUN-1")).toMatchObject({
    ...kept,
    low: null,
    high: null,
    intervalFor: null,
    intervalReason: expect.stringContaining("computed again"),
  });
  await computeResults(api, first.study.id, { queue, computer });
  expect(await ofRun("RUN-1")).toMatchObject(kept);
});

it("reads no voters of more votes than a page has time for", async () => {
  const { connection } = api.database;
  const run = await connection.run.findFirstOrThrow({ where: { number: 1 } });
  const reader = { scope: openScope(localWorkspaceId), userId: localUserId };
  await connection.recognition.updateMany({
    where: { imageSha256: { in: elites.map(({ sha256 }) => sha256) } },
    data: { votes: 50_001, agreeing: 1, correctedVotes: 50_001, recognised: 1 },
  });
  const [found] = await findRecognitionOfRuns(connection, { ...reader, groups: [[run.id]] });
  expect(found).toMatchObject({ images: 5, ofVoters: null });
  expect(await ofRun("RUN-1")).toMatchObject({ low: null, intervalReason: "A 95% interval is computed for at most 50,000 votes." });
});
