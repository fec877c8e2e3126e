/** Imports as the product makes them: handed in over HTTP, read and written by the worker's task. */
import { tmpdir } from "node:os";
import path from "node:path";
import type { Actor } from "@pareidolia/core/actor";
import { type ImportFileContext, importFile } from "@pareidolia/workers/tasks/importFile.task";
import { credentialsOf, localOwner } from "./actors.ts";
import type { TestApi } from "./api.ts";
import { finishUpload, postForm, requestUpload } from "./sendUpload.ts";

const importFields = `id fileName state failure done total runCount format { id } report { runCount imageCount skippedCount warnings skipped { what reason } }
  experiments { key name } preview { runCount imageCount experimentName skippedCount unmapped warnings
    columns { column role name first } runs { key name state parameters metrics tags imageCount hasCurve } }`;

/** The row's ID in a global ID. */
export const importRowId = (globalId: string): string => Buffer.from(globalId, "base64url").toString().slice("Import:".length);

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the answer
export async function changeImport(api: TestApi, mutation: string, input: object, actor: Actor = localOwner): Promise<any> {
  const name = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const type = mutation === "cancelImport" || mutation === "undoImport" ? "ImportInput" : `${name}Input`;
  const more = mutation === "undoImport" ? "runCount refused { message }" : "";
  const { body } = await api.query(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on ${name}Success { import { ${importFields} } ${more} }
      ... on InvalidInputError { field } ... on Error { message } } }`,
    { input },
    actor,
  );
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data[mutation];
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the answer
export async function readImport(api: TestApi, id: string, actor: Actor = localOwner): Promise<any> {
  const { body } = await api.query(`query ($id: ID!) { node(id: $id) { ... on Import { ${importFields} } } }`, { id }, actor);
  return body.data.node;
}

/** Uploads the file and requests its preview. Returns the import's ID. */
export async function handIn(api: TestApi, bytes: Uint8Array, fileName: string, actor: Actor = localOwner): Promise<string> {
  const headers = credentialsOf(actor);
  const sender = {
    url: api.url,
    headers,
    query: (document: string, variables: Record<string, unknown>) => api.query(document, variables, actor),
  };
  const { upload, form } = await requestUpload(sender, { kind: "IMPORT", fileName, byteLength: bytes.length });
  const answer = await postForm(sender, form, bytes);
  if (!answer.ok) throw new Error(await answer.text());
  await finishUpload(sender, upload.id);
  const { import: made, message } = await changeImport(api, "previewImport", { uploadId: upload.id }, actor);
  if (made === undefined) throw new Error(message);
  return made.id;
}

/** Runs the job of an import. */
export function carryOutImport(
  { database, objectStore }: Pick<TestApi, "database" | "objectStore">,
  id: string,
  changes: Partial<ImportFileContext> = {},
): Promise<void> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const queue: ImportFileContext["queue"] = { enqueue: async () => {} };
  const stop = new AbortController().signal;
  const openClassifier: ImportFileContext["openClassifier"] = () => Promise.reject(new Error("no network"));
  const cacheFolder = path.join(tmpdir(), "pareidolia-test-imports");
  return importFile({ importId: importRowId(id) }, { database, objectStore, queue, openClassifier, cacheFolder, stop, log, ...changes });
}
