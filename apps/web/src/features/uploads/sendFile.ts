/**
 * Sends a file: requests an upload, which reserves its size in the workspace's quota; posts it with the form that the API returns, to the
 * API or straight to the object store; and finishes the upload. The post uses XMLHttpRequest, because fetch reports no progress.
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
import { isOffline, noAnswerMessage } from "../marks/noAnswer.ts";
import { type ArrivedParts, findArrived, multipartThreshold, type PartsOptions, sendParts } from "./sendParts.ts";

export interface SendOptions extends PartsOptions {
  readonly kind: UploadKind;
}

/** Abort reason when a member cancels an upload for good. Merely leaving the page keeps the parts of a large file that have arrived. */
export const cancelledUpload = new Error("The upload was cancelled. Nothing was stored.");

interface Form {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

const longestName = 200;
const mostAttempts = 10;
const pauseMilliseconds = 1_000;
const nothingStored = "Nothing was stored; try again.";

function refusalMessage(text: string, status: number): string {
  try {
    const body = JSON.parse(text) as { errors?: { message: string }[] };
    const message = body.errors?.[0]?.message;
    if (message) return message;
  } catch {
    // The object store's answers are not JSON: report the status instead.
  }
  if (status === 403) return `The object store did not accept the file: the permission to send it has expired. ${nothingStored}`;
  return `The upload failed with status ${status}. ${nothingStored}`;
}

function lostMessage({ url }: Form): string {
  if (isOffline()) return `${noAnswerMessage()} ${nothingStored}`;
  const place = URL.canParse(url) ? ` to ${new URL(url).host}` : "";
  return `The connection${place} was lost during the upload. ${nothingStored}`;
}

function post(form: Form, file: File, { onProgress, signal }: SendOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelledUpload);
      return;
    }
    const data = new FormData();
    for (const { name, value } of form.fields) data.append(name, value);
    data.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.url);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Error(refusalMessage(request.responseText, request.status)));
    };
    request.onerror = () => reject(new Error(lostMessage(form)));
    request.onabort = () => reject(cancelledUpload);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(data);
  });
}

/** Null once it is finished. Measuring a large file may take longer than a request may, so it is requested again. */
async function finish(client: Client, uploadId: string, signal: AbortSignal): Promise<string | null> {
  for (let attempt = 1; ; attempt++) {
    const { data, error } = await client.mutation(FinishUploadDocument, { uploadId }).toPromise();
    const code = error?.graphQLErrors[0]?.extensions["code"];
    const isLate = data?.finishUpload === undefined && (code === undefined || code === "UNAVAILABLE");
    if (!isLate || attempt === mostAttempts || signal.aborted) return mutationProblem(data?.finishUpload, error);
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
  }
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
    const problem = await finish(client, id, signal);
    if (problem !== null) throw new Error(problem);
    return id;
  } catch (error) {
    if (signal.reason === cancelledUpload) void client.mutation(DeleteUploadDocument, { uploadId: id }).toPromise();
    throw error;
  }
}

/** Returns the ID of the finished upload. @throws Error with a message for the user. Then only a large file keeps its reserved space. */
export async function sendFile(client: Client, file: File, options: SendOptions): Promise<string> {
  const input = { kind: options.kind, fileName: file.name.slice(0, longestName), byteLength: file.size };
  if (input.kind === "IMPORT" && input.byteLength >= multipartThreshold) return sendLargeFile(client, file, input, options);
  const requested = await client.mutation(RequestUploadDocument, { input }).toPromise();
  const issued = requested.data?.requestUpload;
  if (issued?.__typename !== "RequestUploadSuccess") throw new Error(mutationProblem(issued, requested.error) ?? nothingStored);
  const uploadId = issued.upload.id;
  try {
    await post(issued.form, file, options);
    options.onProgress(1);
    const problem = await finish(client, uploadId, options.signal);
    if (problem !== null) throw new Error(problem);
    return uploadId;
  } catch (error) {
    // Frees what was reserved; a clean-up does so, too.
    void client.mutation(DeleteUploadDocument, { uploadId }).toPromise();
    throw error;
  }
}
