/** Exports that cannot be restored: nothing that a file claims counts unchecked, and a refused or interrupted import leaves nothing. */
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { lockWorkspace } from "@pareidolia/persistence/access/accounts/lockWorkspace";
import type { Prisma } from "@pareidolia/persistence/generated/client";
import { images } from "@pareidolia/persistence/lab/cleanUps/images";
import { writeImages } from "@pareidolia/persistence/lab/images/writeImages";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { type ScoreToWrite, writeScores } from "@pareidolia/persistence/lab/scores/writeScores";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type BundleChanges, changeBundle } from "../../support/changeBundle.ts";
import { makeProductExport } from "../../support/productExport.ts";
import { carryOutImport, changeImport, handIn, readImport } from "../../support/productImport.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import {
  carriedOut,
  exportFrom,
  openClassifier,
  readRun,
  restore,
  restoredRuns,
  rowCounts,
  seedPhoto,
  startOtherServer,
  wideModel,
} from "../../support/restoringBench.ts";
import { seedRun } from "../../support/runs.ts";
import { bundleOfBytes } from "../../support/sampleBundle.ts";

/** Two servers: what one exports, the other restores. */
let here: TestApi;
let there: TestApi;
let evolution: string;
let ascent: string;
let perturbation: string;

beforeAll(async () => {
  here = await startTestApi();
  there = await startOtherServer();
  evolution = await carriedOut(here, await seedRun(here.database, { seed: 3, encoding: "cppn" }));
  ascent = await carriedOut(here, await seedAscent(here.database));
  perturbation = await carriedOut(here, await seedPerturbation(here.database, { sourceSha256: await seedPhoto(here) }));
});
afterAll(async () => {
  await here.close();
  await there.close();
});

async function keyOf(runId: string): Promise<string> {
  return `RUN-${(await readRun(here, runId)).number}`;
}

const first =
  <Row extends object>(change: (row: Row) => Partial<NoInfer<Row>>) =>
  (rows: Row[]): Row[] =>
    rows.map((row, at) => (at === 0 ? { ...row, ...change(row) } : row));

const archives = new Map<string, Promise<Uint8Array>>();

/** Exports each run once. */
function archiveOfRun(subjectId: string): Promise<Uint8Array> {
  const archive = archives.get(subjectId) ?? exportFrom(here, { subject: "RUN", subjectId }).then((exported) => exported.archive);
  archives.set(subjectId, archive);
  return archive;
}

describe("an export that cannot be restored", () => {
  async function refuse(changes: BundleChanges, subjectId: string, api: TestApi = there): Promise<string> {
    const archive = await archiveOfRun(subjectId);
    const before = await rowCounts(api.database);
    const { state, failure } = await restore(api, await changeBundle(archive, changes));
    expect(await rowCounts(api.database)).toEqual(before);
    return `${state} ${failure}`;
  }

  const forgedScore = first((row: RowOf<"scores">) => {
    const bytes = Buffer.from(row.probabilities, "base64");
    bytes.writeFloatLE(0.875, 4 * row.top_class);
    return { probabilities: bytes.toString("base64"), top_confidence: 0.875 };
  });

  it("because a score is forged names image, network and both values, and stores nothing", async () => {
    const answer = await refuse({ scores: forgedScore }, await keyOf(evolution));
    expect(answer).toMatch(
      /^FAILED .*scores\.probabilities of class \d of the image [0-9a-f]{12} by linear is 0\.875; computed again, it is 0\.\d+/,
    );
  });

  it("because a score is forged that this server has already: its own counts", async () => {
    const kept = await here.database.connection.score.findMany({ orderBy: { id: "asc" } });
    expect(await refuse({ scores: forgedScore }, await keyOf(evolution), here)).toMatch(/^FAILED .*is 0\.875; computed again/);
    expect(await here.database.connection.score.findMany({ orderBy: { id: "asc" } })).toEqual(kept);
  });

  it.each<[string, () => string, BundleChanges, RegExp]>([
    [
      "an elite claims to be surer",
      () => evolution,
      { elites: first(() => ({ stored_fitness: 0.9999999 })) },
      /elites\.stored_fitness of the elite of RUN-1 in niche 0, the image [0-9a-f]{12} by linear is 0\.9999999/,
    ],
    [
      "an ascent claims to be surer",
      () => ascent,
      { trajectories: first(() => ({ stored_confidence: 0.9999999 })) },
      /trajectories\.stored_confidence of an ascent of RUN-\d to class 0, the image [0-9a-f]{12} by linear is 0\.9999999/,
    ],
    [
      "an attack claims another label",
      () => perturbation,
      { perturbations: first((row: RowOf<"perturbations">) => ({ stored_class: (row.stored_class + 1) % 5 })) },
      /perturbations\.stored_c(lass|onfidence) of attack 0 of RUN-\d/,
    ],
    [
      "an attack claims a change that no image has",
      () => perturbation,
      { perturbations: first(() => ({ l2: 1e300 })) },
      /a figure of attack 0 of run 0 is 1e\+300, which is out of range/,
    ],
    [
      "a genome gives another image",
      () => evolution,
      {
        genomes: (rows) =>
          rows.map((row, at) => ({ ...row, image: rows[at === 0 ? rows.length - 1 : at === rows.length - 1 ? 0 : at]?.image ?? "" })),
      },
      /genomes\.image of the genome \d+\.\d+ of run 0 is [0-9a-f]{64}; computed again, it is another image/,
    ],
    [
      "its network has other weights here",
      () => evolution,
      { models: first(() => ({ sha256: "9".repeat(64) })) },
      /its network Linear \(linear\) has other weights here/,
    ],
    [
      "its network is not here",
      () => evolution,
      { models: first(() => ({ slug: "other", name: "Other" })) },
      /its network Other \(other\) is not part of this version/,
    ],
    ["a tag is none", () => evolution, { runs: first(() => ({ tags: ["No Tag!"] })) }, /"No Tag!" is not a valid tag/],
    [
      "an encoding does not accept its parameters",
      () => evolution,
      { runs: first((row: RowOf<"runs">) => ({ parameters: { ...(row.parameters as object), weightEta: -99 } })) },
      /does not accept its parameters/,
    ],
  ])("because %s is refused, and stores nothing", async (_, runOf, changes, message) => {
    expect(await refuse(changes, await keyOf(runOf()))).toMatch(message);
  });

  it("because its worker died leaves nothing, and another worker restores it", async () => {
    const { made, archive } = await exportFrom(here, { subject: "RUN", subjectId: await keyOf(evolution) });
    const before = await rowCounts(there.database);
    const stop = new AbortController();
    const dying = {
      ...there.database,
      longTransaction: <T>(work: (transaction: never) => Promise<T>) =>
        there.database.longTransaction(async (transaction) => {
          await work(transaction as never);
          // All rows are written, and the connection is lost before they are visible.
          stop.abort();
          throw new Error("lost");
        }),
    };
    const id = await handIn(there, archive, "export.zip");
    await carryOutImport(there, id, { openClassifier });
    await changeImport(there, "startImport", { importId: id });
    await carryOutImport(there, id, { openClassifier, stop: stop.signal, database: dying as unknown as TestApi["database"] });
    expect(await readImport(there, id)).toMatchObject({ state: "WRITING", runCount: 0 });
    expect(await rowCounts(there.database)).toEqual(before);
    await carryOutImport(there, id, { openClassifier });
    expect(await readImport(there, id)).toMatchObject({ state: "SUCCEEDED", runCount: 1 });
    const [run] = await restoredRuns(there, id);
    expect((await makeProductExport(there, { subject: "RUN", subjectId: `RUN-${run?.number}` })).content).toBe(made.content);
  });
});

describe("a restored export", () => {
  it("is scored only with framings that fit its images", async () => {
    const archive = await archiveOfRun(await keyOf(ascent));
    const larger = await changeBundle(archive, { runs: first(() => ({ framing: { kind: "crops", count: 1, imageSize: 16 } })) });
    const framings = new Set<string>();
    const recording: typeof openClassifier = (model) => {
      framings.add(JSON.stringify(model.framing));
      return openClassifier(model);
    };
    expect(await restore(there, larger, { changes: { openClassifier: recording } })).toMatchObject({ state: "SUCCEEDED", failure: null });
    expect([...framings]).toEqual([JSON.stringify({ kind: "whole" })]);
  });

  it("keeps scores of its images that are here, though nothing names these images and a clean-up comes meanwhile", async () => {
    const { made, archive } = await exportFrom(here, {
      subject: "RUN",
      subjectId: await keyOf(await carriedOut(here, await seedRun(here.database, { seed: 6, generations: 10 }))),
    });
    const { connection } = there.database;
    const bundle = await bundleOfBytes(archive);
    // Those of a run that was deleted.
    const old = new Date(Date.now() - 48 * 60 * 60 * 1_000);
    for await (const { byte_length: byteLength, ...image } of bundle.rows("images"))
      await connection.image.create({ data: { ...image, byteLength, createdAt: old } });
    const scores: ScoreToWrite[] = [];
    for await (const { image, probabilities } of bundle.rows("scores")) {
      const bytes = Buffer.from(probabilities, "base64");
      scores.push({ image: { sha256: image }, probabilities: Float32Array.from({ length: 5 }, (_, at) => bytes.readFloatLE(4 * at)) });
    }
    const { id: modelId } = await connection.model.findFirstOrThrow({ where: { slug: "linear" } });
    // The last image has no score yet, so its network is opened after all others have been compared.
    await writeScores(connection, modelId, scores.slice(0, -1));
    let removed: number | null = null;
    const cleaningUp: typeof openClassifier = async (model) => {
      const context = { database: there.database, objectStore: there.objectStore, dryRun: false, signal: new AbortController().signal };
      removed = (await images.cleanUp(context)).removed.count;
      return openClassifier(model);
    };
    const restored = await restore(there, archive, { changes: { openClassifier: cleaningUp } });
    expect(restored).toMatchObject({ state: "SUCCEEDED", failure: null });
    const [run] = await restoredRuns(there, restored.id);
    const again = await makeProductExport(there, { subject: "RUN", subjectId: `RUN-${run?.number}` });
    expect(again.tables).toEqual(made.tables);
    expect([again.content, removed]).toEqual([made.content, 0]);
  });

  it("keeps no one waiting for its images or workspace while its rows are written, and has the scores that others write meanwhile", async () => {
    const archive = await archiveOfRun(await keyOf(perturbation));
    const hashes: string[] = [];
    for await (const { sha256 } of (await bundleOfBytes(archive)).rows("images")) hashes.push(sha256);
    const { transaction } = there.database;
    const { id: modelId } = await there.database.connection.model.findFirstOrThrow({ where: { sha256: wideModel.sha256 } });
    const scoreElsewhere = async (): Promise<string> => {
      const { connection } = there.database;
      const images = await connection.image.findMany({ where: { sha256: { in: hashes } }, orderBy: { sha256: "asc" } });
      await transaction(({ connection: other }) =>
        writeImages(
          other,
          images.map((image) => ({ image })),
        ),
      );
      const [first] = images;
      if (first === undefined) throw new Error("There are no images.");
      const owner = { workspaceId: stranger.workspaceId, createdById: stranger.userId, idempotencyKey: null };
      const photo = { image: first, ...owner, name: "photo", label: null, licence: "", source: "" };
      await transaction((photographs) => createPhoto(photographs, photo));
      await transaction(({ connection: other }) => lockWorkspace(other, localWorkspaceId));
      const probabilities = new Float32Array(5).fill(0.2);
      await transaction(({ connection: other }) => writeScores(other, modelId, [{ image: first, probabilities }]));
      return first.sha256;
    };
    let scored: string | null = null;
    // A transaction for which others wait would be ended, and the import tried again.
    let tries = 0;
    const database: TestApi["database"] = {
      ...there.database,
      longTransaction: (work) =>
        there.database.longTransaction(async ({ connection, executor }) => {
          const $executeRaw = async (sql: Prisma.Sql, ...values: readonly unknown[]): Promise<number> => {
            const count = await connection.$executeRaw(sql, ...values);
            if (sql.sql?.includes("INSERT INTO perturbations")) {
              tries++;
              scored = await scoreElsewhere();
            }
            return count;
          };
          const watched = new Proxy(connection, {
            get: (target, name) => (name === "$executeRaw" ? $executeRaw : Reflect.get(target, name)),
          });
          return work({ connection: watched, executor });
        }),
    };
    expect(await restore(there, archive, { changes: { database } })).toMatchObject({ state: "SUCCEEDED", failure: null });
    expect(tries).toBe(1);
    const score = await there.database.connection.score.findFirstOrThrow({ where: { imageSha256: scored ?? "", modelId } });
    const owners = await there.database.connection.$queryRaw`
      SELECT owner FROM scores WHERE id = ${score.id} UNION SELECT owner FROM shared_scores WHERE score_id = ${score.id} ORDER BY 1`;
    expect(owners).toEqual([{ owner: stranger.workspaceId }, { owner: localWorkspaceId }].sort((a, b) => (a.owner < b.owner ? -1 : 1)));
  });
});
