/** `pareidolia bulk document.graphql`: all rows of one list, without page limits, as a file whose hash is checked. */
import { readFile } from "node:fs/promises";
import { successOf } from "@pareidolia/client/errors";
import { waitForJob } from "@pareidolia/client/jobs/waitForJob";
import { type Command, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { type BulkFound, type BulkQueries, type BulkQuery, bulkQueries, bulkQuery, type Payload, startBulkQuery } from "../documents.ts";
import { CliError } from "../failure.ts";
import { withProgress } from "../followWork.ts";
import { formatBytes, formatCount } from "../output/numbers.ts";
import { readAll } from "../readAll.ts";
import { readVariables } from "../readVariables.ts";
import { fileNameOf } from "../serverNames.ts";
import { withoutUndefined } from "./runInput.ts";

interface BulkOptions {
  readonly variables?: string;
  readonly format: Format;
  readonly name?: string;
  readonly out?: string;
  readonly wait: boolean;
}

const formats = ["jsonl", "csv", "parquet"] as const;
type Format = (typeof formats)[number];

async function readBulk({ client, terminal }: Context, reference: string): Promise<BulkQuery | null> {
  const { node } = await client.query<BulkFound>(bulkQuery, { id: reference }, { signal: terminal.signal });
  return node?.key === undefined ? null : node;
}

async function start(context: Context, options: BulkOptions, file: string): Promise<BulkQuery> {
  const { client, terminal } = context;
  const query = file === "-" ? await terminal.readInput() : await readFile(file, "utf8");
  const variables = await readVariables(options.variables);
  const input = withoutUndefined({ query, variables, format: options.format.toUpperCase(), name: options.name });
  type Started = { readonly startBulkQuery: Payload<{ readonly bulkQuery: BulkQuery }> };
  return successOf((await client.mutate<Started>(startBulkQuery, { input }, { signal: terminal.signal })).startBulkQuery).bulkQuery;
}

/** By its key, such as BULK-3, or a new one of a document. */
async function openBulk(context: Context, options: BulkOptions, reference: string): Promise<BulkQuery> {
  if (!/^BULK-\d+$/i.test(reference)) return start(context, options, reference);
  const { client, terminal } = context;
  const all = await readAll(
    async (after) => (await client.query<BulkQueries>(bulkQueries, { after }, { signal: terminal.signal })).bulkQueries,
  );
  const found = all.find(({ key }) => key === reference.toUpperCase());
  if (found === undefined) throw new CliError("notFound", `There is no ${reference}: it is not yours, or was deleted after seven days.`);
  return found;
}

async function bulk(context: Context, options: BulkOptions, reference = ""): Promise<void> {
  const { client, terminal } = context;
  const opened = await openBulk(context, options, reference);
  if (!options.wait)
    return context.print({
      json: { id: opened.id, key: opened.key, state: opened.state },
      text: () => `${opened.key} is ${opened.state.toLowerCase()}. Download it later with \`pareidolia bulk ${opened.key}\`.\n`,
    });
  const { bulk: made } = await withProgress(context, `Reading ${opened.key}`, (bar) =>
    waitForJob(
      async () => {
        const read = await readBulk(context, opened.id);
        return read === null ? null : { state: read.state, failure: read.failure, done: read.rows, total: null, bulk: read };
      },
      ["SUCCEEDED"],
      { signal: terminal.signal, onProgress: ({ done }) => bar.show(null, `${formatCount(done)} rows`) },
    ),
  );
  if (made.file === null) throw new CliError("failedWork", `${made.key} has no file. Start it again.`);
  const { url, sha256 } = made.file;
  const file = options.out ?? `${fileNameOf(made.key)}.${made.format.toLowerCase()}`;
  const { byteLength } = await withProgress(context, `Downloading ${made.key}`, (bar) =>
    client.download(url, file, {
      sha256,
      signal: terminal.signal,
      onProgress: (received, total) => bar.show(total === null ? null : received / total, formatBytes(received)),
    }),
  );
  await context.print({
    json: { key: made.key, file, rows: made.rows, byteLength, sha256 },
    text: () => `${file} has ${formatCount(made.rows)} rows in ${formatBytes(byteLength)}; its hash is right.\n`,
  });
}

export function addBulk(program: Command, { run }: CommandHost): void {
  program
    .command("bulk")
    .description("Read all rows of one list into a file, without page limits.")
    .argument("<document>", "file with a GraphQL query of one list, - for standard input, or a bulk query such as BULK-3")
    .option("--variables <json>", "variables of the document: JSON, or @FILE")
    .addOption(new Option("--format <format>", "format of the file").choices(formats).default("jsonl"))
    .option("--name <name>", "what it is for")
    .option("--out <file>", "file to write; default: the key with the format")
    .option("--no-wait", "start it and end")
    .addHelpText("after", examples("bulk runs.graphql --out runs.jsonl", "bulk runs.graphql --format parquet --no-wait", "bulk BULK-3"))
    .action(run<BulkOptions>(bulk));
}
