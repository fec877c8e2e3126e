/** Exports: what they contain, that equal states give equal bytes, one moment of the database, downloads, limits, and who may have them. */
import { createHash } from "node:crypto";
import { mkdtemp, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ByteImage } from "@pareidolia/core/image";
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import type { Bundle } from "@pareidolia/exchange/readBundle";
import { encodePng } from "@pareidolia/images/png";
import { exports as exportCleanUp } from "@pareidolia/persistence/files/cleanUps/exports";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { findNamedKeys } from "@pareidolia/persistence/server/objectStores/namedObjects";
import { fileKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createStranger, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import {
  archiveOf,
  carryOutExport,
  changeExport,
  download,
  exportRowId,
  makeProductExport,
  readExport,
} from "../../support/productExport.ts";
import { seedAscent, seedPerturbation } from "../../support/queuedRuns.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { bundleOfBytes, sha256Of } from "../../support/sampleBundle.ts";

let api: TestApi;
let evolution: string;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
const viewer = { ...localOwner, role: "VIEWER" } as const;

const carriedOut = async (runId: string): Promise<string> => {
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
  return runId;
};

beforeAll(async () => {
  api = await startTestApi();
  const { database, objectStore } = api;
  evolution = await carriedOut(await seedRun(database, { seed: 3, encoding: "cppn" }));
  await carriedOut(await seedAscent(database));
  const image: ByteImage = { width: 8, height: 8, channels: 1, pixels: new Uint8Array(64).fill(90) };
  const png = encodePng(image);
  const sourceSha256 = sha256Of(png);
  await objectStore.put(imageKey(sourceSha256), png, { contentType: "image/png" });
  await database.transaction((transaction) =>
    createPhoto(transaction, {
      image: { sha256: sourceSha256, width: 8, height: 8, channels: 1, byteLength: png.length },
      workspaceId: localWorkspaceId,
      createdById: localUserId,
      name: "=photo",
      label: null,
      licence: "",
      source: "",
      idempotencyKey: null,
    }),
  );
  await carriedOut(await seedPerturbation(database, { sourceSha256 }));
  await createStranger(database);
  const { connection } = database;
  const tag = await connection.tag.create({ data: { id: "tag", workspaceId: localWorkspaceId, name: "paper" } });
  await connection.runTag.create({ data: { runId: evolution, tagId: tag.id } });
  await connection.run.update({ where: { id: evolution }, data: { notes: "=1+1\nA line." } });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.database.connection.export.deleteMany();
});

async function rowsOf<Name extends TableName>(bundle: Bundle, name: Name): Promise<RowOf<Name>[]> {
  const rows: RowOf<Name>[] = [];
  for await (const row of bundle.rows(name)) rows.push(row);
  return rows;
}

/** The images of genomes, ascents and attacks, and not the steps of ascents that later ones have replaced. */
async function namedImages(): Promise<string[]> {
  const { connection } = api.database;
  const rows = [
    ...(await connection.genome.findMany()),
    ...(await connection.trajectory.findMany()),
    ...(await connection.trajectoryMilestone.findMany()),
    ...(await connection.perturbation.findMany()),
  ];
  const originals = (await connection.perturbation.findMany()).map(({ originalSha256 }) => originalSha256);
  const sources = (await connection.run.findMany()).flatMap(({ sourceSha256 }) => sourceSha256 ?? []);
  return [...new Set([...rows.map(({ imageSha256 }) => imageSha256), ...originals, ...sources])];
}

describe("an export", () => {
  it("of the workspace has every row, image and genome, with their counts and hashes", async () => {
    const { connection } = api.database;
    const made = await makeProductExport(api, { subject: "WORKSPACE" });
    expect(made).toMatchObject({ state: "SUCCEEDED", failure: null, subject: "WORKSPACE", subjectKey: null, sameContentAs: null });
    const archive = await archiveOf(api, made.url);
    expect([archive.length, sha256Of(archive)]).toEqual([made.byteLength, made.sha256]);
    expect(await connection.exportPart.count()).toBe(Math.ceil(archive.length / 16_384));
    const bundle = await bundleOfBytes(archive);
    await bundle.verify();
    expect(bundle.manifest.content).toBe(made.content);
    const named = await namedImages();
    const counted: Readonly<Record<string, number>> = {
      experiments: await connection.experiment.count(),
      runs: await connection.run.count(),
      tags: 1,
      models: 1,
      generations: await connection.generation.count(),
      step_hashes: await connection.runStepHash.count(),
      genomes: await connection.genome.count(),
      elites: await connection.elite.count(),
      trajectories: await connection.trajectory.count(),
      milestones: await connection.trajectoryMilestone.count(),
      perturbations: await connection.perturbation.count(),
      scores: await connection.score.count({ where: { imageSha256: { in: named } } }),
      images: named.length,
    };
    for (const [name, count] of Object.entries(counted)) expect([name, count]).not.toEqual([name, 0]);
    expect(Object.fromEntries(made.tables.map(({ name, rows }: { name: string; rows: number }) => [name, rows]))).toMatchObject(counted);
    for await (const genome of bundle.rows("genomes")) expect(sha256Of(Buffer.from(genome.bytes as string, "base64"))).toBe(genome.sha256);
    expect([...bundle.hashes("images")]).toEqual((await rowsOf(bundle, "images")).map(({ sha256 }) => sha256));
    expect((await rowsOf(bundle, "runs"))[0]).toMatchObject({ run: 0, experiment: 0, notes: "=1+1\nA line.", tags: ["paper"] });
    expect((await rowsOf(bundle, "keys")).map(({ key }) => key)).toEqual(["EXP-1", "EXP-2", "EXP-3", "RUN-1", "RUN-2", "RUN-3"]);
    expect(made.rowCount).toBe(made.tables.reduce((sum: number, { rows }: { rows: number }) => sum + rows, 0));
  });

  it("of a run has nothing of others, and elites whose genomes and parents it has", async () => {
    const made = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1", parts: [] });
    const bundle = await bundleOfBytes(await archiveOf(api, made.url));
    const { tables, folders } = bundle.manifest;
    expect(Object.keys(tables)).not.toContain("trajectories");
    expect([tables.runs?.rows, tables.experiments, tables.scores, folders.images.files]).toEqual([1, undefined, undefined, 0]);
    const genomes = await rowsOf(bundle, "genomes");
    const addresses = new Set(genomes.map(({ generation, index }) => `${generation}.${index}`));
    for (const { genome_generation, genome_index } of await rowsOf(bundle, "elites"))
      expect(addresses).toContain(`${genome_generation}.${genome_index}`);
    const parents = genomes.flatMap(({ parents: [generation, index] }) => (generation === undefined ? [] : [`${generation}.${index}`]));
    expect(parents.length).toBeGreaterThan(0);
    for (const parent of parents) expect(addresses).toContain(parent);
    expect(genomes.every(({ bytes }) => bytes === null)).toBe(true);
  });

  it("removes temporary files that a killed process left two days ago", async () => {
    const dead = await mkdtemp(path.join(tmpdir(), "pareidolia-export-"));
    const old = new Date(Date.now() - 49 * 60 * 60 * 1_000);
    await utimes(dead, old, old);
    await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" });
    await expect(stat(dead)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("has the same bytes when the state is the same, and others when it is not", async () => {
    const input = { subject: "EXPERIMENT", subjectId: "EXP-1" };
    const first = await makeProductExport(api, input);
    const second = await makeProductExport(api, input, { partBytes: 1_000 });
    expect([second.sha256, second.content, second.sameContentAs]).toEqual([first.sha256, first.content, first.key]);
    const csvOnly = await makeProductExport(api, { ...input, formats: ["CSV"] });
    expect(csvOnly.sha256).not.toBe(first.sha256);
    expect(csvOnly.sameContentAs).toBe(first.key);
    const { connection } = api.database;
    await connection.run.update({ where: { id: evolution }, data: { name: "renamed" } });
    const changed = await makeProductExport(api, input);
    expect([changed.sameContentAs, changed.content === first.content, changed.sha256 === first.sha256]).toEqual([null, false, false]);
    await connection.run.update({ where: { id: evolution }, data: { name: "" } });
    expect((await makeProductExport(api, input)).sha256).toBe(first.sha256);
  });

  it("shows one moment, whatever is written while it is read", async () => {
    const { database } = api;
    let written = 0;
    // Before each table is read, another connection writes a comment and a name.
    const write = async () => {
      const runId = evolution;
      const row = { id: `comment_${written}`, workspaceId: localWorkspaceId, authorId: localUserId, runId, body: `${written}` };
      await database.connection.comment.create({ data: row });
      await database.connection.run.update({ where: { id: evolution }, data: { name: `name ${written++}` } });
    };
    const snapshot: typeof database.snapshot = (read) =>
      database.snapshot((connection) => {
        const hooked = new Proxy(connection, {
          get: (target, name: keyof Connection) =>
            name === "$executeRaw"
              ? async (...args: Parameters<Connection["$executeRaw"]>) => {
                  await write();
                  return target.$executeRaw(...args);
                }
              : target[name],
        });
        return read(hooked);
      });
    const made = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" }, { database: { ...database, snapshot } });
    const bundle = await bundleOfBytes(await archiveOf(api, made.url));
    await bundle.verify();
    expect(written).toBeGreaterThan(15);
    const [run] = await rowsOf(bundle, "runs");
    expect([run?.name, (await rowsOf(bundle, "comments")).length]).toEqual(["", 0]);
    await database.connection.comment.deleteMany();
    await database.connection.run.update({ where: { id: evolution }, data: { name: "" } });
  });

  it("of a run that is being computed is one of its checkpoints", async () => {
    const runId = await seedRun(api.database, { seed: 9, generations: 40 });
    const { number } = await api.database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    const computing = carriedOut(runId);
    const made = [];
    do made.push(await makeProductExport(api, { subject: "RUN", subjectId: `RUN-${number}`, parts: ["GENOMES"], formats: ["JSON_LINES"] }));
    while (made.length < 4);
    await computing;
    for (const { url } of made) {
      const bundle = await bundleOfBytes(await archiveOf(api, url));
      const [run] = await rowsOf(bundle, "runs");
      const generations = await rowsOf(bundle, "generations");
      expect(generations.at(-1)?.generation ?? -1).toBe(run?.generation);
      const genomes = new Set((await rowsOf(bundle, "genomes")).map(({ generation, index }) => `${generation}.${index}`));
      for (const elite of await rowsOf(bundle, "elites")) {
        expect(elite.generation).toBeLessThanOrEqual(run?.generation as number);
        expect(genomes).toContain(`${elite.genome_generation}.${elite.genome_index}`);
      }
    }
    await api.database.connection.experiment.deleteMany({ where: { runs: { some: { id: runId } } } });
  });
});

describe("a download", () => {
  it("that is cut off continues where it ended, with the same SHA-256", async () => {
    const made = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" });
    const hash = createHash("sha256");
    const step = Math.ceil(made.byteLength / 3);
    let etag = "";
    for (let from = 0; from < made.byteLength; from += step) {
      const response = await download(api, made.url, { range: `bytes=${from}-${from + step - 1}`, ...(etag && { "if-range": etag }) });
      expect(response.status).toBe(206);
      etag = response.headers.get("etag") as string;
      hash.update(new Uint8Array(await response.arrayBuffer()));
    }
    expect(hash.digest("hex")).toBe(made.sha256);
    expect(etag).toBe(`"${made.sha256}"`);
    const other = await download(api, made.url, { range: "bytes=0-9", "if-range": '"other"' });
    expect([other.status, other.headers.get("content-disposition")]).toEqual([200, `attachment; filename="RUN-1-${made.key}.zip"`]);
    await other.body?.cancel();
    const downloads = await api.database.connection.auditEntry.count({ where: { action: "export:download" } });
    expect(downloads).toBeGreaterThanOrEqual(2);
  });

  it("is refused before the export is made, after it has expired, and for other addresses", async () => {
    const { export: queued } = await changeExport(api, "startExport", { subject: "RUN", subjectId: "RUN-1" });
    expect((await download(api, `/exports/${queued?.key}.zip`)).status).toBe(404);
    const made = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" });
    await api.database.connection.export.update({
      where: { id: exportRowId(made.id) },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    expect((await download(api, made.url)).status).toBe(404);
    expect(await readExport(api, made.id)).toBeNull();
    for (const path of ["/exports/EXPORT-0.zip", "/exports/1.zip", "/exports/EXPORT-1.tar"])
      expect((await download(api, path)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("an expired export", () => {
  it("is cleaned up with its objects; others stay", async () => {
    const { connection } = api.database;
    const expired = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" });
    const parts = await connection.exportPart.findMany();
    const key = fileKey(parts[0]!.sha256);
    expect([...(await findNamedKeys(connection, [key]))]).toEqual([key]);
    await connection.export.update({ where: { id: exportRowId(expired.id) }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    const kept = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-2" });
    const signal = new AbortController().signal;
    const report = await exportCleanUp.cleanUp({ database: api.database, objectStore: api.objectStore, dryRun: false, signal } as never);
    expect([report.removed.count, report.waiting.count]).toEqual([1, 1]);
    expect((await connection.export.findMany()).map(({ id }) => id)).toEqual([exportRowId(kept.id)]);
    expect((await findNamedKeys(connection, [key])).size).toBe(0);
  });
});

describe("the job of an export", () => {
  it("writes nothing more once the export is cancelled, before or while it works", async () => {
    const { connection } = api.database;
    const waiting = await changeExport(api, "startExport", { subject: "RUN", subjectId: "RUN-1" });
    expect(await changeExport(api, "cancelExport", { exportId: waiting.export?.id })).toMatchObject({ export: { state: "CANCELLED" } });
    await carryOutExport(api, exportRowId(waiting.export!.id));
    const working = await changeExport(api, "startExport", { subject: "RUN", subjectId: "RUN-1" });
    let claim: { refresh(): Promise<void> } | null = null;
    const put: ObjectStore["put"] = async (...object) => {
      if (claim !== null) await changeExport(api, "cancelExport", { exportId: working.export?.id });
      await claim?.refresh();
      claim = null;
      return api.objectStore.put(...object);
    };
    const onClaimed = (_: string, held: typeof claim) => void (claim = held);
    await carryOutExport(api, exportRowId(working.export!.id), {
      objectStore: { ...api.objectStore, get: (key) => api.objectStore.get(key), put },
      onClaimed,
    });
    expect((await connection.export.findMany()).map(({ state, sha256 }) => [state, sha256])).toEqual([
      ["CANCELLED", null],
      ["CANCELLED", null],
    ]);
    expect(await connection.exportPart.count()).toBe(0);
    expect(await changeExport(api, "cancelExport", { exportId: working.export?.id })).toMatchObject({ __typename: "ConflictError" });
  });

  it("fails with a reason when an image is lost, and can be requested again", async () => {
    const get: ObjectStore["get"] = async (key) => {
      const bytes = await api.objectStore.get(key);
      return key.startsWith("images/") ? bytes.slice(1) : bytes;
    };
    const failed = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" }, { objectStore: { ...api.objectStore, get } });
    expect(failed).toMatchObject({ state: "FAILED", sha256: null, url: null });
    expect(failed.failure).toMatch(/^The stored file [0-9a-f]{64} is damaged/);
    expect((await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" })).state).toBe("SUCCEEDED");
  });

  it("hands the export back when its worker stops", async () => {
    const { export: requested } = await changeExport(api, "startExport", { subject: "RUN", subjectId: "RUN-1" });
    const stop = new AbortController();
    const put: ObjectStore["put"] = async () => {
      stop.abort(new Error("stopped"));
      throw new Error("stopped");
    };
    await carryOutExport(api, exportRowId(requested!.id), {
      stop: stop.signal,
      objectStore: { ...api.objectStore, get: (key) => api.objectStore.get(key), put },
    });
    expect((await readExport(api, requested!.id)).state).toBe("QUEUED");
    await carryOutExport(api, exportRowId(requested!.id));
    expect((await readExport(api, requested!.id)).state).toBe("SUCCEEDED");
  });
});

describe("a request for an export", () => {
  it("with the same key is the same export, and three of a workspace are made at a time", async () => {
    const input = { subject: "RUN", subjectId: "RUN-1", idempotencyKey: "key" };
    const first = await changeExport(api, "startExport", input);
    expect((await changeExport(api, "startExport", input)).export?.id).toBe(first.export?.id);
    expect(await changeExport(api, "startExport", { ...input, formats: ["CSV"] })).toMatchObject({ __typename: "ConflictError" });
    await changeExport(api, "startExport", { subject: "WORKSPACE" });
    await changeExport(api, "startExport", { subject: "WORKSPACE" });
    const fourth = await changeExport(api, "startExport", { subject: "WORKSPACE" });
    expect(fourth.message).toBe("3 exports of this workspace are being made. Wait for one, or cancel one.");
  });

  it("names what is wrong with it", async () => {
    const cases: readonly (readonly [object, string])[] = [
      [{ subject: "RUN" }, "input.subjectId"],
      [{ subject: "RUN", subjectId: "EXP-1" }, "input.subjectId"],
      [{ subject: "WORKSPACE", subjectId: "RUN-1" }, "input.subjectId"],
      [{ subject: "WORKSPACE", formats: [] }, "input.formats"],
    ];
    for (const [input, field] of cases) expect((await changeExport(api, "startExport", input)).field).toBe(field);
    expect(await changeExport(api, "startExport", { subject: "RUN", subjectId: "RUN-99" })).toMatchObject({ __typename: "NotFoundError" });
  });

  it("is refused to viewers, and another workspace's exports do not exist", async () => {
    const made = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" });
    const input = { subject: "RUN", subjectId: "RUN-1" };
    expect(await changeExport(api, "startExport", input, viewer)).toMatchObject({ __typename: "ForbiddenError" });
    expect((await download(api, made.url, {}, viewer)).status).toBe(403);
    expect(await changeExport(api, "startExport", input, stranger)).toMatchObject({ __typename: "NotFoundError" });
    for (const name of ["cancelExport", "deleteExport"] as const)
      expect(await changeExport(api, name, { exportId: made.id }, stranger)).toMatchObject({ __typename: "NotFoundError" });
    expect(await readExport(api, made.id, stranger)).toBeNull();
    expect((await download(api, made.url, {}, stranger)).status).toBe(404);
  });

  it("is listed by subject, and can be deleted", async () => {
    const ofRun = await makeProductExport(api, { subject: "RUN", subjectId: "RUN-1" });
    const ofExperiment = await makeProductExport(api, { subject: "EXPERIMENT", subjectId: "EXP-2" });
    const read = async () => {
      const { body } = await api.query(
        `{ exports { nodes { key } totalCount } run: node(id: "RUN-1") { ... on Run { exports { nodes { key } } } }
          experiment: node(id: "EXP-2") { ... on Experiment { exports { nodes { key } } } } }`,
        {},
        localOwner,
      );
      return body.data;
    };
    expect(await read()).toEqual({
      exports: { nodes: [{ key: ofExperiment.key }, { key: ofRun.key }], totalCount: 2 },
      run: { exports: { nodes: [{ key: ofRun.key }] } },
      experiment: { exports: { nodes: [{ key: ofExperiment.key }] } },
    });
    expect(await changeExport(api, "deleteExport", { exportId: ofRun.id })).toMatchObject({ deletedKey: ofRun.key });
    expect((await read()).run.exports.nodes).toEqual([]);
    const usage = await api.query("{ quotas { exports { count byteLength } } }", {}, localOwner);
    expect(usage.body.data.quotas.exports).toEqual({ count: 1, byteLength: ofExperiment.byteLength });
  });
});
