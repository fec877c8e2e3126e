/** What tests of restored exports share: two networks without files, computed runs, and complete imports. */
import type { Actor } from "@pareidolia/core/actor";
import type { ByteImage } from "@pareidolia/core/image";
import { encodePng } from "@pareidolia/images/png";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { createPhoto } from "@pareidolia/persistence/lab/photos/createPhoto";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import type { ImportFileContext } from "@pareidolia/workers/tasks/importFile.task";
import { createStranger, localOwner } from "./actors.ts";
import { startTestApi, type TestApi } from "./api.ts";
import { createLinearClassifier } from "./linearClassifier.ts";
import { archiveOf, makeProductExport } from "./productExport.ts";
import { carryOutImport, changeImport, handIn, importRowId, readImport } from "./productImport.ts";
import { evolveContext, testModel } from "./runs.ts";
import { sha256Of } from "./sampleBundle.ts";

export const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
/** Its genomes have more than 4 KiB, and are objects. */
export const wideModel = { ...testModel, id: "wide", name: "Wide", sha256: "2".repeat(64), width: 28, height: 28 };
const wide = createLinearClassifier({ input: { width: 28, height: 28, channels: 1 }, classes: 5 });
export const openClassifier: OpenClassifier = async ({ slug }) => (slug === "wide" ? wide : classifier);

export const contextOf = ({ database, objectStore }: TestApi) => ({
  ...evolveContext({ database, objectStore, classifier }),
  openClassifier,
});

export const carriedOut = async (api: TestApi, runId: string): Promise<string> => {
  await carryOutRun({ runId }, contextOf(api));
  return runId;
};

export const readRun = (api: TestApi, id: string) => api.database.connection.run.findUniqueOrThrow({ where: { id } });

/** A server that has the networks and a second workspace, and no runs. */
export async function startOtherServer(): Promise<TestApi> {
  const api = await startTestApi();
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
  await seedModels(api.database.connection, [testModel, wideModel]);
  return api;
}

/** A photograph of the workspace. Returns its hash. */
export async function seedPhoto({ database, objectStore }: TestApi): Promise<string> {
  const image: ByteImage = { width: 8, height: 8, channels: 1, pixels: new Uint8Array(64).fill(90) };
  const png = encodePng(image);
  const sha256 = sha256Of(png);
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const owner = { workspaceId: localWorkspaceId, createdById: localUserId, idempotencyKey: null };
  const texts = { name: "photo", label: null, licence: "", source: "" };
  await database.transaction((transaction) =>
    createPhoto(transaction, { image: { sha256, width: 8, height: 8, channels: 1, byteLength: png.length }, ...owner, ...texts }),
  );
  return sha256;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the answer
export type Answer = any;

/** Uploads the archive, and starts the import once the archive is read. */
export async function restore(
  api: TestApi,
  archive: Uint8Array,
  { target = {}, actor = localOwner, changes = {} }: { target?: object; actor?: Actor; changes?: Partial<ImportFileContext> } = {},
): Promise<Answer> {
  const id = await handIn(api, archive, "export.zip", actor);
  await carryOutImport(api, id, { openClassifier });
  const ready = await readImport(api, id, actor);
  if (ready.state !== "READY") return ready;
  const started = await changeImport(api, "startImport", { importId: id, ...target }, actor);
  if (started.import === undefined) return started;
  await carryOutImport(api, id, { openClassifier, ...changes });
  return readImport(api, id, actor);
}

/** Makes an export, with its archive. */
export async function exportFrom(api: TestApi, input: object): Promise<{ readonly made: Answer; readonly archive: Uint8Array }> {
  const made = await makeProductExport(api, input);
  return { made, archive: await archiveOf(api, made.url) };
}

export const restoredRuns = ({ database }: TestApi, importId: string) =>
  database.connection.run.findMany({ where: { importId: importRowId(importId) }, orderBy: { number: "asc" } });

export const rowCounts = async ({ connection }: TestApi["database"]) => ({
  experiments: await connection.experiment.count(),
  runs: await connection.run.count(),
  genomes: await connection.genome.count(),
  // Those that a workspace sees.
  scores: await connection.score.count({ where: { owner: { not: null } } }),
  images: await connection.$queryRaw<object[]>`SELECT count(*)::int FROM workspace_images`,
  models: await connection.model.count(),
  tags: await connection.tag.count(),
});
