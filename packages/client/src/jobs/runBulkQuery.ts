/** Reads all rows of a list into a file, whatever their number: starts a bulk query, waits until it is answered, and downloads the file. */
import type { Client } from "../createClient.ts";
import type { Downloaded } from "../files/download.ts";
import {
  type BulkQueryFieldsFragment,
  findBulkQuery,
  type StartBulkQueryMutationVariables,
  startBulkQuery,
} from "../generated/operations.ts";
import { PareidoliaError, successOf } from "../pareidoliaError.ts";
import { type JobOptions, waitForJob } from "./waitForJob.ts";

export interface BulkQueryOptions extends JobOptions<BulkQueryFieldsFragment> {
  /** Called as the file arrives. */
  readonly onDownload?: ((received: number, total: number | null) => void) | undefined;
}

/** The bulk query as it is now, and the file. */
export interface BulkQueryFile extends Downloaded {
  readonly bulkQuery: BulkQueryFieldsFragment;
}

/** Downloads to a path (in Node) or into a stream, and checks the hash. @throws PareidoliaError */
export async function runBulkQuery(
  client: Client,
  input: StartBulkQueryMutationVariables["input"],
  destination: string | WritableStream<Uint8Array>,
  { onDownload, ...options }: BulkQueryOptions = {},
): Promise<BulkQueryFile> {
  const { signal } = options;
  const started = successOf((await client.mutate(startBulkQuery, { input }, { signal })).startBulkQuery);
  const { id } = started.bulkQuery;
  const read = async (): Promise<BulkQueryFieldsFragment | null> => {
    const { node } = await client.query(findBulkQuery, { id }, { signal });
    return node?.__typename === "BulkQuery" ? node : null;
  };
  const bulkQuery = await waitForJob(read, ["SUCCEEDED"], options);
  if (bulkQuery.file === null) throw new PareidoliaError("NOT_FOUND", `The file of ${bulkQuery.key} has expired. Start the query again.`);
  const { url, sha256 } = bulkQuery.file;
  return { ...(await client.download(url, destination, { sha256, signal, onProgress: onDownload })), bulkQuery };
}
