/** `pareidolia query`: runs or experiments by a search expression, or any GraphQL document. */
import { readFile } from "node:fs/promises";
import { PareidoliaError } from "@pareidolia/client/errors";
import { experiments } from "@pareidolia/client/operations";
import { readDocument } from "@pareidolia/client/readDocument";
import { csvLine } from "@pareidolia/core/csv";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { type RunsFound, searchRuns } from "../documents.ts";
import { CliError, DocumentFailure, SearchFailure } from "../failure.ts";
import { formatConfidence } from "../output/numbers.ts";
import { drawTable } from "../output/table.ts";
import { readAll } from "../readAll.ts";
import { readVariables } from "../readVariables.ts";

interface QueryOptions {
  readonly of: "runs" | "experiments";
  readonly columns?: readonly string[];
  readonly sort?: Sort;
  readonly limit: number;
  readonly csv?: boolean;
  readonly graphql?: string;
  readonly variables?: string;
  readonly operation?: string;
}

interface Sort {
  readonly column: string;
  readonly direction: "ASC" | "DESC";
}

type Row = Readonly<Record<string, unknown>>;

function readSort(text: string): Sort {
  const [column = "", direction = "asc"] = text.split(":");
  if (column === "" || !["asc", "desc"].includes(direction)) throw new InvalidArgumentError("Write it like median:desc.");
  return { column, direction: direction === "asc" ? "ASC" : "DESC" };
}

export function readLimit(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError("Give a whole number from 1, or all.");
  return limit;
}

const runColumns = ["name", "state", "model", "median", "reached", "measure", "evaluations"];
const experimentColumns = ["key", "name", "state", "runs", "models", "updated"] as const;

async function findRuns({ client, terminal }: Context, search: string, options: QueryOptions, columns: readonly string[]): Promise<Row[]> {
  const wanted = columns.filter((column) => column !== "key");
  const first = Math.min(100, options.limit);
  const rows = await readAll(async (after) => {
    // The API wants at least one column; keys come by themselves.
    const asked = wanted.length === 0 ? ["state"] : wanted;
    const variables = { search: search === "" ? null : search, sort: options.sort ?? null, columns: asked, first, after };
    return (await client.query<RunsFound>(searchRuns, variables, { signal: terminal.signal })).runs;
  }, options.limit);
  return rows.map(({ key, cells }) => {
    const found = new Map<string, unknown>(wanted.map((column, index) => [column, cells?.[index] ?? null]));
    return Object.fromEntries(columns.map((column) => [column, column === "key" ? key : found.get(column)]));
  });
}

async function findExperiments(
  { client, terminal }: Context,
  search: string,
  options: QueryOptions,
  columns: readonly string[],
): Promise<Row[]> {
  const first = Math.min(100, options.limit);
  const rows = await readAll(async (after) => {
    const variables = { search: search === "" ? null : search, sort: options.sort ?? null, first, after };
    return (await client.query(experiments, variables, { signal: terminal.signal })).experiments;
  }, options.limit);
  return rows.map((experiment) => {
    const known: Row = {
      key: experiment.key,
      name: experiment.name,
      description: experiment.description,
      state: experiment.state,
      runs: experiment.runCount,
      models: experiment.modelNames,
      visibility: experiment.visibility,
      archived: experiment.archivedAt,
      created: experiment.createdAt,
      updated: experiment.updatedAt,
      tags: experiment.tags.map(({ name }) => name),
    };
    const unknown = columns.find((column) => !(column in known));
    if (unknown !== undefined)
      throw new CliError("usage", `Experiments have no column ${unknown}. Choose one of ${Object.keys(known).join(", ")}.`);
    return Object.fromEntries(columns.map((column) => [column, known[column]]));
  });
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Confidences keep their nines; other numbers are rounded to four digits after the point. */
function shown(column: string, value: unknown): string {
  if (typeof value !== "number" || Number.isInteger(value)) return plain(value) || "-";
  return /median|confidence/.test(column) && value < 1 ? formatConfidence(value) : String(Number(value.toFixed(4)));
}

async function printRows(context: Context, rows: readonly Row[], columns: readonly string[], options: QueryOptions): Promise<void> {
  if (options.csv === true) {
    context.write([columns, ...rows.map((row) => columns.map((column) => plain(row[column])))].map(csvLine).join(""));
    return;
  }
  const isNumber = (column: string): boolean => rows.some((row) => typeof row[column] === "number");
  await context.print({
    json: rows,
    text: () =>
      rows.length === 0
        ? "Nothing matches.\n"
        : drawTable(
            rows,
            columns.map((column) => ({ title: column, value: (row: Row) => shown(column, row[column]), isNumber: isNumber(column) })),
            context.tableWidth,
          ),
  });
}

async function readText(context: Context, file: string): Promise<string> {
  return file === "-" ? context.terminal.readInput() : readFile(file, "utf8");
}

async function sendDocument(context: Context, file: string, options: QueryOptions): Promise<void> {
  const document = await readText(context, file);
  const { kinds } = readDocument(document);
  if (options.operation === undefined && kinds.length > 1)
    throw new CliError("usage", "The document has several operations. Name one with --operation.");
  if (kinds.length === 1 && kinds[0] === "subscription")
    throw new CliError("usage", "Subscriptions cannot be sent. Follow runs and sweeps with `pareidolia watch`.");
  const operation = options.operation === undefined ? {} : { operationName: options.operation };
  const sent = { signal: context.terminal.signal, ...operation };
  // The client sends both alike, but repeats only queries.
  const send = kinds.includes("mutation") ? context.client.mutate : context.client.query;
  const variables = await readVariables(options.variables);
  const print = (data: unknown) => context.print({ json: data, text: () => `${JSON.stringify(data, null, 2)}\n` });
  const data = await send(document, variables, sent).catch(async (error: unknown) => {
    if (error instanceof PareidoliaError && error.data !== null) await print(error.data);
    throw new DocumentFailure(error);
  });
  await print(data);
}

async function query(context: Context, options: QueryOptions, search = ""): Promise<void> {
  if (options.graphql !== undefined) {
    if (search !== "") throw new CliError("usage", "Give a search expression or --graphql, not both.");
    return sendDocument(context, options.graphql, options);
  }
  const columns = options.columns ?? (options.of === "runs" ? ["key", ...runColumns] : experimentColumns);
  const find = options.of === "runs" ? findRuns : findExperiments;
  try {
    await printRows(context, await find(context, search, options, columns), columns, options);
  } catch (error) {
    throw new SearchFailure(search, error);
  }
}

export function addQuery(program: Command, { run }: CommandHost): void {
  program
    .command("query")
    .description("List runs or experiments that match a search, or send a GraphQL document.")
    .argument("[search]", "search expression; without it, all that are not archived")
    .addOption(new Option("--of <what>", "what to search").choices(["runs", "experiments"]).default("runs"))
    .option("--columns <names>", "columns, separated by commas: any field of the search language", (text) =>
      text.split(",").map((name) => name.trim()),
    )
    .option("--sort <column>", "column to sort by, such as median:desc", readSort)
    .option("--limit <count>", "number of rows, or all", readLimit, 50)
    .option("--csv", "print CSV")
    .option("--graphql <file>", "send the GraphQL document in a file; - for standard input")
    .option("--variables <json>", "variables of the document: JSON, or @FILE")
    .option("--operation <name>", "operation of the document, if it has several")
    .addHelpText(
      "after",
      examples(
        "query 'encoding = cppn AND median > 0.99'",
        "query 'state = failed' --columns key,name,model,ended --sort ended:desc",
        "query --of experiments 'tag = paper'",
        "query 'tag = paper' --limit all --csv > runs.csv",
        `query --graphql document.graphql --variables '{"id":"RUN-142"}'`,
        "query 'median > 0.99' --jq '.[].key'",
      ),
    )
    .action(run<QueryOptions>(query));
}
