/** `pareidolia query`: runs or experiments by a search expression. */
import { experiments } from "@pareidolia/client/operations";
import { csvLine } from "@pareidolia/core/csv";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { type RunsFound, searchRuns } from "../documents.ts";
import { CliError, SearchFailure } from "../failure.ts";
import { formatConfidence } from "../output/numbers.ts";
import { drawTable } from "../output/table.ts";
import { readAll } from "../readAll.ts";

interface SearchOptions {
  readonly of: "runs" | "experiments";
  readonly columns?: readonly string[];
  readonly sort?: Sort;
  readonly limit: number;
  readonly csv?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly direction: "ASC" | "DESC";
}

type Row = Readonly<Record<string, unknown>>;

export function readSort(text: string): Sort {
  const [column = "", direction = "asc"] = text.split(":");
  if (column === "" || !["asc", "desc"].includes(direction)) throw new InvalidArgumentError("Write it like median:desc.");
  return { column, direction: direction === "asc" ? "ASC" : "DESC" };
}

export function readColumns(text: string): readonly string[] {
  return text.split(",").map((name) => name.trim());
}

export function readLimit(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError("Give a whole number from 1, or all.");
  return limit;
}

const runColumns = ["name", "state", "model", "median", "reached", "measure", "evaluations"];
const experimentColumns = ["key", "name", "state", "runs", "models", "updated"] as const;

async function findRuns({ client, terminal }: Context, search: string, options: SearchOptions, columns: readonly string[]): Promise<Row[]> {
  const wanted = columns.filter((column) => column !== "key");
  const first = Math.min(100, options.limit);
  const rows = await readAll(async (after) => {
    // The API wants at least one column; keys come by themselves.
    const asked = wanted.length === 0 ? ["state"] : wanted;
    const variables = { search: search === "" ? null : search, orderBy: options.sort ?? null, columns: asked, first, after };
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
  options: SearchOptions,
  columns: readonly string[],
): Promise<Row[]> {
  const first = Math.min(100, options.limit);
  const rows = await readAll(async (after) => {
    const variables = { search: search === "" ? null : search, orderBy: options.sort ?? null, first, after };
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

async function printRows(context: Context, rows: readonly Row[], columns: readonly string[], options: SearchOptions): Promise<void> {
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

export async function printSearch(context: Context, options: SearchOptions, search = ""): Promise<void> {
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
    .description("List runs or experiments that match a search.")
    .argument("[search]", "search expression; without it, all that are not archived")
    .addOption(new Option("--of <what>", "what to search").choices(["runs", "experiments"]).default("runs"))
    .option("--columns <names>", "columns, separated by commas: any field of the search language", readColumns)
    .option("--sort <column>", "column to sort by, such as median:desc", readSort)
    .option("--limit <count>", "number of rows, or all", readLimit, 50)
    .option("--csv", "print CSV")
    .addHelpText(
      "after",
      examples(
        "query 'encoding = cppn AND median > 0.99'",
        "query 'state = failed' --columns key,name,model,ended --sort ended:desc",
        "query --of experiments 'tag = paper'",
        "query 'tag = paper' --limit all --csv > runs.csv",
        "query 'median > 0.99' --jq '.[].key'",
      ),
    )
    .action(run<SearchOptions>(printSearch));
}
