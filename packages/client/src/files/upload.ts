/** Uploads a file: announces it, posts it by the form that the API returns, and finishes the upload. */
import { files } from "#files";
import type { UploadKind } from "../generated/schema.ts";
import type { Connection } from "../http/connection.ts";
import { dataOf, factsOf, readResponse } from "../http/readResult.ts";
import { request } from "../http/request.ts";
import { withRetries } from "../http/retry.ts";
import { PareidoliaError } from "../pareidoliaError.ts";

export interface UploadOptions {
  /** What the file is for: a network (MODEL), a photograph (PHOTO) or a file of results (IMPORT). */
  readonly kind: UploadKind;
  /** Shown in lists. Default: the name of the file. */
  readonly fileName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For a file sent in parts: called with the share that has arrived, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** The form that the API returns. */
export interface UploadForm {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** A path (in Node), a File of a page, or any bytes. */
export type UploadSource = string | Blob | Uint8Array<ArrayBuffer>;

function nameOf(source: UploadSource, blob: Blob, given: string | undefined): string {
  const own = typeof source === "string" ? source.split(/[/\\]/).at(-1) : (blob as { readonly name?: string }).name;
  const name = given ?? own;
  if (name === undefined || name === "") throw new TypeError("Give the upload a `fileName`.");
  return name;
}

export async function openSource(
  source: UploadSource,
  fileName: string | undefined,
): Promise<{ readonly blob: Blob; readonly name: string }> {
  const blob = typeof source === "string" ? await files.openFile(source) : source instanceof Blob ? source : new Blob([source]);
  return { blob, name: nameOf(source, blob, fileName) };
}

/** Posts the file. A form may be posted again: it replaces the file until the upload is finished. */
export async function postFile(
  connection: Connection,
  form: UploadForm,
  { blob, name }: { readonly blob: Blob; readonly name: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const address = new URL(form.url, connection.url);
  await withRetries({ retries: connection.retries, mayHappenTwice: true, throttle: null, signal }, () => {
    const body = new FormData();
    for (const field of form.fields) body.append(field.name, field.value);
    body.append("file", blob, name);
    return request(connection, address, { method: "POST", body, signal, timeoutSeconds: null }, async (response) => {
      if (response.ok) return;
      if (address.origin === connection.url.origin) dataOf(await readResponse(response), factsOf(response));
      throw new PareidoliaError("BAD_RESPONSE", `${address.host} refused the file with status ${response.status}.`, factsOf(response));
    });
  });
}
