/** Posts a file with the form of its upload. Uses XMLHttpRequest, because fetch reports no progress. */
import { isOffline, noAnswerMessage } from "../marks/noAnswer.ts";
import { refusalIn } from "../marks/refusalOf.ts";
import { type PartsOptions, passing, pause } from "./sendParts.ts";

/** Abort reason when a member cancels an upload for good. Merely leaving the page keeps the parts of a large file that have arrived. */
export const cancelledUpload = new Error("The upload was cancelled. Nothing was stored.");

interface Form {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

const maxNameLength = 200;
const maxAttempts = 10;
/** Before the form is posted again, times the attempts so far. The API refuses it while the member has several uploads in progress. */
const busyMilliseconds = 200;
export const nothingStored = "Nothing was stored; try again.";

/** The name of the file's upload. */
export const nameOf = (file: File): string => file.name.slice(0, maxNameLength);

function refusalMessage(text: string, status: number): string {
  // The object store's answers are XML: the status is reported instead.
  const message = refusalIn(text);
  if (message !== null) return message;
  if (status === 403) return `The object store did not accept the file: the permission to send it has expired. ${nothingStored}`;
  return `The upload failed with status ${status}. ${nothingStored}`;
}

function lostMessage({ url }: Form): string {
  if (isOffline()) return `${noAnswerMessage()} ${nothingStored}`;
  const place = URL.canParse(url) ? ` to ${new URL(url).host}` : "";
  return `The connection${place} was lost during the upload. ${nothingStored}`;
}

export type PostOptions = Pick<PartsOptions, "onProgress" | "signal">;

function postOnce(form: Form, file: File, { onProgress, signal }: PostOptions): Promise<XMLHttpRequest> {
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
    request.onload = () => resolve(request);
    request.onerror = () => reject(new Error(lostMessage(form)));
    request.onabort = () => reject(cancelledUpload);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(data);
  });
}

/** Posts the file, and again while the API is busy. @throws Error with a message for the user. */
export async function postForm(form: Form, file: File, options: PostOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { status, responseText } = await postOnce(form, file, options);
    if (status >= 200 && status < 300) return;
    if (!passing.has(status) || attempt === maxAttempts) throw new Error(refusalMessage(responseText, status));
    await pause(attempt * busyMilliseconds, options.signal);
  }
}
