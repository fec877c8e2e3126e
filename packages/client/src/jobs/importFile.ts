/** Imports a file of results: uploads it, waits for its preview, and writes its runs once the caller agrees. */
import type { Client } from "../createClient.ts";
import type { UploadSource } from "../files/upload.ts";
import {
  findImport,
  type ImportFieldsFragment,
  previewImport,
  type StartImportMutationVariables,
  startImport,
} from "../generated/operations.ts";
import { PareidoliaError, successOf } from "../pareidoliaError.ts";
import { type JobOptions, waitForJob } from "./waitForJob.ts";

export interface ImportOptions extends JobOptions<ImportFieldsFragment>, Omit<StartImportMutationVariables["input"], "importId"> {
  /** Default: the name of the file. */
  readonly fileName?: string | undefined;
  /** For a large file: called with the share that has arrived, from 0 to 1. */
  readonly onUpload?: ((share: number) => void) | undefined;
  /** Decides from the preview whether to import the file. Default: always. */
  readonly accept?: ((preview: ImportFieldsFragment) => boolean | Promise<boolean>) | undefined;
}

/** Returns the finished import. @throws PareidoliaError, REFUSED if `accept` returned false: then nothing but the preview was stored. */
export async function importFile(
  client: Client,
  file: UploadSource,
  { fileName, accept, signal, onProgress, onUpload, ...target }: ImportOptions = {},
): Promise<ImportFieldsFragment> {
  const upload = await client.upload(file, { kind: "IMPORT", fileName, signal, onProgress: onUpload });
  const previewed = successOf((await client.mutate(previewImport, { input: { uploadId: upload.id } }, { signal })).previewImport);
  const { id } = previewed.import;
  const read = async (): Promise<ImportFieldsFragment | null> => {
    const { node } = await client.query(findImport, { id }, { signal });
    return node?.__typename === "Import" ? node : null;
  };
  const preview = await waitForJob(read, ["READY"], { signal, onProgress });
  if (accept !== undefined && !(await accept(preview)))
    throw new PareidoliaError("REFUSED", "The file was not imported, because its preview was not accepted.");
  // The same request again does nothing.
  const sent = await client.mutate(startImport, { input: { importId: id, ...target } }, { signal, mayHappenTwice: true });
  successOf(sent.startImport);
  return waitForJob(read, ["SUCCEEDED"], { signal, onProgress });
}
