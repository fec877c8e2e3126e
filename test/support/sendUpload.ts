/** Sends files as programs do: requests an upload, posts its form with the file, and finishes it. */
export interface IssuedForm {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export interface Uploaded {
  readonly id: string;
  readonly sha256: string;
  readonly byteLength: number;
}

export interface UploadSender {
  /** Of the API. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- the response of any document
  query(document: string, variables: Record<string, unknown>): Promise<{ readonly body: any }>;
}

export type UploadKind = "MODEL" | "PHOTO" | "IMPORT";

const errors = "... on InvalidInputError { field } ... on Error { code message }";
const requestDocument = `mutation ($input: RequestUploadInput!) { result: requestUpload(input: $input) { __typename ${errors}
  ... on RequestUploadSuccess { upload { id sha256 byteLength kind fileName } form { url expiresAt fields { name value } } } } }`;
const finishDocument = `mutation ($input: FinishUploadInput!) { result: finishUpload(input: $input) { __typename ${errors}
  ... on FinishUploadSuccess { upload { id sha256 byteLength kind fileName } } } }`;

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the result
async function resultOf(sender: UploadSender, document: string, input: object): Promise<any> {
  const { body } = await sender.query(document, { input });
  return body.data?.result ?? body;
}

export function requestUpload(sender: UploadSender, input: { kind?: UploadKind; fileName?: string; byteLength: number }) {
  return resultOf(sender, requestDocument, { kind: "MODEL", fileName: "file.bin", ...input });
}

export function finishUpload(sender: UploadSender, uploadId: string) {
  return resultOf(sender, finishDocument, { uploadId });
}

/** The fields of the form, then the file. */
export function formDataOf(fields: IssuedForm["fields"], bytes: Uint8Array): FormData {
  const data = new FormData();
  for (const { name, value } of fields) data.append(name, value);
  data.append("file", new Blob([new Uint8Array(bytes)]), "file.bin");
  return data;
}

export function postForm(
  { url, headers = {} }: Pick<UploadSender, "url" | "headers">,
  form: IssuedForm,
  bytes: Uint8Array,
): Promise<Response> {
  return fetch(new URL(form.url, url), { method: "POST", headers, body: formDataOf(form.fields, bytes) });
}

/** @throws Error with the answer if one of the three steps fails. */
export async function sendUpload(sender: UploadSender, bytes: Uint8Array, kind: UploadKind = "MODEL"): Promise<Uploaded> {
  const { upload, form, ...refused } = await requestUpload(sender, { kind, byteLength: bytes.length });
  if (upload === undefined) throw new Error(JSON.stringify(refused));
  const answer = await postForm(sender, form, bytes);
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  const { upload: finished, ...failed } = await finishUpload(sender, upload.id);
  if (finished === undefined) throw new Error(JSON.stringify(failed));
  return finished;
}
