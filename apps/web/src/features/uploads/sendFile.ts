/**
 * Sends a file: requests an upload, which reserves its size in the workspace's quota; posts it with the form that the API returns, to the
 * API or straight to the object store; and finishes the upload.
 */
import type { Client } from "urql";
import {
  DeleteUploadDocument,
  FinishUploadDocument,
  RequestUploadDocument,
  UploadedFilesDocument,
  type UploadKind,
} from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { cancelledUpload, nameOf, nothingStored, postForm } from "./postForm.ts";
import { repeatLate } from "./repeatLate.ts";
import { type ArrivedParts, findArrived, multipartThreshold, type PartsOptions, sendParts } from "./sendParts.ts";

export interface SendOptions extends PartsOptions {
  readonly kind: UploadKind;
}

/** @throws Error with a message for the user. */
async function finish(client: Client, uploadId: string, signal: AbortSignal): Promise<void> {
  const { data, error } = await repeatLate(() => client.mutation(FinishUploadDocument, { uploadId }), signal);
  const problem = mutationProblem(data?.finishUpload, error);
  if (problem !== null) throw new Error(problem);
}

interface UploadInput {
  readonly kind: UploadKind;
  readonly fileName: string;
  readonly byteLength: number;
}

/** Finds an unfinished upload of the same file that this member can continue. */
async function findContinued(client: Client, { kind, fileName, byteLength }: UploadInput, signal: AbortSignal) {
  const { data } = await client.query(UploadedFilesDocument, {}, { requestPolicy: "network-only" }).toPromise();
  for (const upload of data?.uploads.nodes ?? []) {
    const isSame = upload.kind === kind && upload.fileName === fileName && upload.byteLength === byteLength;
    const arrived = isSame && upload.sha256 === null ? await findArrived(upload.id, signal) : null;
    if (arrived !== null) return { id: upload.id, arrived };
  }
  return null;
}

/** Sends a large file in parts. Parts that have arrived stay for a day, unless the member cancels or the API refuses the file. */
async function sendLargeFile(client: Client, file: File, input: UploadInput, options: SendOptions): Promise<string> {
  const { signal } = options;
  let upload: { readonly id: string; readonly arrived: ArrivedParts } | null = await findContinued(client, input, signal);
  if (upload === null) {
    const { data, error } = await client.mutation(RequestUploadDocument, { input }).toPromise();
    const issued = data?.requestUpload;
    if (issued?.__typename !== "RequestUploadSuccess") throw new Error(mutationProblem(issued, error) ?? nothingStored);
    const arrived = await findArrived(issued.upload.id, signal);
    if (arrived === null) throw new Error(`${noAnswerMessage()} ${nothingStored}`);
    upload = { id: issued.upload.id, arrived };
  }
  const { id } = upload;
  try {
    await sendParts(upload, file, options);
    await finish(client, id, signal);
    return id;
  } catch (error) {
    if (signal.reason === cancelledUpload) void client.mutation(DeleteUploadDocument, { uploadId: id }).toPromise();
    throw error;
  }
}

/** Returns the ID of the finished upload. @throws Error with a message for the user. Then only a large file keeps its reserved space. */
export async function sendFile(client: Client, file: File, options: SendOptions): Promise<string> {
  const { kind, signal, onProgress } = options;
  const input = { kind, fileName: nameOf(file), byteLength: file.size };
  if (kind === "IMPORT" && input.byteLength >= multipartThreshold) return sendLargeFile(client, file, input, options);
  const { data, error } = await client.mutation(RequestUploadDocument, { input }).toPromise();
  const issued = data?.requestUpload;
  if (issued?.__typename !== "RequestUploadSuccess") throw new Error(mutationProblem(issued, error) ?? nothingStored);
  const { id } = issued.upload;
  try {
    await postForm(issued.form, file, options);
    signal.throwIfAborted();
    onProgress(1);
    await finish(client, id, signal);
    return id;
  } catch (cause) {
    // Frees what was reserved; a clean-up does so, too.
    void client.mutation(DeleteUploadDocument, { uploadId: id }).toPromise();
    throw cause;
  }
}
