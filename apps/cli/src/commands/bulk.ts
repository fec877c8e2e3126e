/** `pareidolia bulk document.graphql`: all rows of one list, without page limits, as a file whose hash is checked. */

import { readFile } from "node:fs/promises";
import { successOf } from "@pareidolia/client/errors";
import { waitForJob } from "@pareidolia/client/jobs/waitForJob";
import {
  type BulkQueryFieldsFragment,
  bulkQueries,
  findBulkQuery,
  type StartBulkQueryMutationVariables,
  startBulkQuery,
} from "@pareidolia/client/operations";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { type Command, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { withProgress } from "../followWork.ts";
import { formatCount } from "../output/numbers.ts";
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

async function readBulk({ client, terminal }: Context, id: string): Promise<BulkQueryFieldsFragment | null> {
  const { node } = await client.query(findBulkQuery, { id }, { signal: terminal.signal });
  return node?.__typename === "BulkQuery" ? node : null;
}

async function start(context: Context, options: BulkOptions, file: string): Promise<BulkQueryFieldsFragment> {
  const { client, terminal } = context;
  const query = file === "-" ? await terminal.readInput() : await readFile(file, "utf8");
  const variables = await readVariables(options.variables);
  const given = withoutUndefined({ query, variables, format: options.format.toUpperCase(), name: options.name });
  const input = given as StartBulkQueryMutationVariables["input"];
  return successOf((await client.mutate(startBulkQuery, { input }, { signal: terminal.signal })).startBulkQuery).bulkQuery;
}

/** By its key, such as BULK-3, or a new one of a document. */
async function openBulk(context: Context, options: BulkOptions, reference: string): Promise<BulkQueryFieldsFragment> {
  if (!/^BULK-\d+$/i.test(reference)) return start(context, options, reference);
  const { client, terminal } = context;
  const all = await readAll(
    async (after) => (await client.query(bulkQueries, { first: 100, after }, { signal: terminal.signal })).bulkQueries,
  );
  const found = all.find(({ key }) => key === reference.toUpperCase());
  if (found === undefined) throw new CliError("notFound", `You have no bulk query ${reference}. Files are deleted after seven days.`);
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
  const made = await withProgress(context, `Reading ${opened.key}`, (bar) =>
    waitForJob(() => readBulk(context, opened.id), ["SUCCEEDED"], {
      signal: terminal.signal,
      onProgress: ({ rows }) => bar.show(null, `${formatCount(rows)} rows`),
    }),
  );
  if (made.file === null) throw new CliError("failedWork", `${made.key} has no file. Start it again.`);
  const { url, sha256 } = made.file;
  const file = options.out ?? `${fileNameOf(made.key)}.${made.format.toLowerCase()}`;
  const { byteLength } = await withProgress(context, `Downloading ${made.key}`, (bar) =>
    client.download(url, file, {
      sha256,
      signal: terminal.signal,
      onProgress: (received, total) => bar.show(total === null ? null : received / total, formatByteSize(received)),
    }),
  );
  await context.print({
    json: { key: made.key, file, rows: made.rows, byteLength, sha256 },
    text: () => `${file} has ${formatCount(made.rows)} rows in ${formatByteSize(byteLength)}; its hash matches.\n`,
  });
}

export function addBulk(program: Command, { run }: CommandHost): void {
  program
    .command("bulk")
    .description("Read all rows of one list into a file, without page limits.")
    .argument("<document>", "file with a GraphQL query of one list, - for standard input, or a bulk query such as BULK-3")
    .option("--variables <json>", "variables of the document: JSON, or @FILE")
    .addOption(new Option("--format <format>", "format of the file").choices(formats).default("jsonl"))
    .option("--name <name>", "name of the bulk query; default: its key")
    .option("--out <file>", "file to write; default: the key with the format")
    .option("--no-wait", "start it and exit")
    .addHelpText("after", examples("bulk runs.graphql --out runs.jsonl", "bulk runs.graphql --format parquet --no-wait", "bulk BULK-3"))
    .action(run<BulkOptions>(bulk));
}
