/** Exports all rows of a run, an experiment or the workspace: starts the export, waits until it is ready, and downloads it. */
import type { Client } from "../createClient.ts";
import type { Downloaded } from "../files/download.ts";
import { type ExportFieldsFragment, findExport, type StartExportMutationVariables, startExport } from "../generated/operations.ts";
import { PareidoliaError, successOf } from "../pareidoliaError.ts";
import { type JobOptions, requireNotFailed, waitForJob } from "./waitForJob.ts";

export interface ExportOptions extends JobOptions<ExportFieldsFragment> {
  /** Called as the archive arrives. */
  readonly onDownload?: ((received: number, total: number | null) => void) | undefined;
}

/** The export as it is now, and the file. */
export interface ExportedFile extends Downloaded {
  readonly export: ExportFieldsFragment;
}

/** Starts an export, and waits until it is ready. @throws PareidoliaError */
export async function makeExport(
  client: Client,
  input: StartExportMutationVariables["input"],
  options: JobOptions<ExportFieldsFragment> = {},
): Promise<ExportFieldsFragment> {
  const started = successOf((await client.mutate(startExport, { input }, { signal: options.signal })).startExport);
  return waitForExport(client, started.export.id, options);
}

/** Waits until an export is ready. @throws PareidoliaError */
export async function waitForExport(
  client: Client,
  id: string,
  options: JobOptions<ExportFieldsFragment> = {},
): Promise<ExportFieldsFragment> {
  const { signal } = options;
  const read = async (): Promise<ExportFieldsFragment | null> => {
    const { node } = await client.query(findExport, { id }, { signal });
    return node?.__typename === "Export" ? node : null;
  };
  return waitForJob(read, ["SUCCEEDED"], options);
}

/**
 * Downloads an export that is ready, and checks its hash: to a path (in Node) or into a stream.
 * @throws PareidoliaError, JOB_FAILED if the export failed or was cancelled.
 */
export async function downloadExport(
  client: Client,
  made: ExportFieldsFragment,
  destination: string | WritableStream<Uint8Array>,
  { signal, onDownload }: ExportOptions = {},
): Promise<Downloaded> {
  requireNotFailed(made);
  if (made.url === null)
    throw new PareidoliaError("CONFLICT", `The export ${made.key} is not ready yet. Wait until its state is SUCCEEDED.`);
  return client.download(made.url, destination, { sha256: made.sha256, signal, onProgress: onDownload });
}

/** Does all steps: starts the export, waits for it and downloads its archive. @throws PareidoliaError */
export async function exportTo(
  client: Client,
  input: StartExportMutationVariables["input"],
  destination: string | WritableStream<Uint8Array>,
  options: ExportOptions = {},
): Promise<ExportedFile> {
  const made = await makeExport(client, input, options);
  return { ...(await downloadExport(client, made, destination, options)), export: made };
}
