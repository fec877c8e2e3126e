/** Makes exports as the product does: requests them over HTTP and runs the worker's task. */
import type { Actor } from "@pareidolia/core/actor";
import { type MakeExportContext, makeExport } from "@pareidolia/workers/tasks/makeExport.task";
import { credentialsOf, localOwner } from "./actors.ts";
import type { TestApi } from "./api.ts";

export interface ExportAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly export?: { readonly id: string; readonly key: string; readonly state: string };
}

/** The row's ID in the ID of an export. */
export const exportRowId = (globalId: string): string => Buffer.from(globalId, "base64url").toString().slice("Export:".length);

export async function changeExport(
  api: TestApi,
  name: "startExport" | "cancelExport" | "deleteExport",
  input: object,
  actor: Actor = localOwner,
): Promise<ExportAnswer> {
  const noun = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const selected = name === "deleteExport" ? "deletedKey" : "export { id key state }";
  const { body } = await api.query(
    `mutation ($input: ${noun}Input!) { ${name}(input: $input) { __typename ... on ${noun}Success { ${selected} }
      ... on InvalidInputError { field } ... on Error { message } } }`,
    { input },
    actor,
  );
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data[name] as ExportAnswer;
}

/** Runs the job of an export. Small parts show whether an archive is put together from several. */
export async function carryOutExport(
  { database, objectStore }: Pick<TestApi, "database" | "objectStore">,
  exportId: string,
  changes: Partial<MakeExportContext> = {},
): Promise<void> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const queue: MakeExportContext["queue"] = { enqueue: async () => {} };
  const stop = new AbortController().signal;
  await makeExport({ exportId }, { database, objectStore, queue, stop, log, partBytes: 16_384, ...changes });
}

const fields = `id key number subject subjectKey parts formats state done total failure sha256 byteLength content rowCount fileCount
  sameContentAs url expiresAt createdBy { id } tables { name rows }`;

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a response
export async function readExport(api: TestApi, id: string, actor: Actor = localOwner): Promise<any> {
  const { body } = await api.query(`query ($id: ID!) { node(id: $id) { ... on Export { ${fields} } } }`, { id }, actor);
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data.node;
}

/** Requests and makes an export. @throws unless it is requested. */
export async function makeProductExport(
  api: TestApi,
  input: object,
  changes: Partial<MakeExportContext> = {},
  actor: Actor = localOwner,
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of a response
): Promise<any> {
  const answer = await changeExport(api, "startExport", input, actor);
  if (answer.export === undefined) throw new Error(answer.message);
  await carryOutExport(api, exportRowId(answer.export.id), changes);
  return readExport(api, answer.export.id, actor);
}

export function download(api: TestApi, path: string, headers: Readonly<Record<string, string>> = {}, actor: Actor = localOwner) {
  return fetch(`${api.url}${path}`, { headers: { ...credentialsOf(actor), ...headers } });
}

export async function archiveOf(api: TestApi, path: string, actor: Actor = localOwner): Promise<Uint8Array> {
  return new Uint8Array(await (await download(api, path, {}, actor)).arrayBuffer());
}
