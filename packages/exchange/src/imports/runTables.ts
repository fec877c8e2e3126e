/** Tables of runs by Weights & Biases and MLflow: a run for each row, with parameters, metrics, tags, state and times. */
import type { Parameters, ParameterValue } from "@pareidolia/core/parameterSpec";
import { type Column, chooseColumns, describeColumns, type Mapping, type Properties } from "./columnChoices.ts";
import type { ColumnChoice } from "./columnRoles.ts";
import {
  type EndedState,
  type ForeignData,
  type ForeignRun,
  importLimits,
  noImages,
  quote,
  type Skipped,
  unreadable,
} from "./foreignData.ts";
import { dateOf, type ForeignCell, type ForeignTable, isEmpty, numberOf, textOf } from "./foreignTable.ts";
import { type Literal, readLiteral } from "./pythonLiteral.ts";

const states: Readonly<Record<string, EndedState>> = {
  finished: "SUCCEEDED",
  failed: "FAILED",
  crashed: "FAILED",
  killed: "CANCELLED",
  preempted: "CANCELLED",
};

/** Whether the columns are those of a table of runs. */
export function findRunTable(table: ForeignTable): "wandb" | "mlflow" | null {
  const has = (...names: readonly string[]): boolean => names.every((name) => table.columns.has(name));
  const hasPrefix = (prefix: string): boolean => [...table.columns.keys()].some((name) => name.startsWith(prefix));
  if (has("run_id") && (has("status") || hasPrefix("params.") || hasPrefix("metrics."))) return "mlflow";
  if (has("Run ID", "Status") || has("Run ID", "Source Name")) return "mlflow";
  if (has("Name", "State") || has("ID", "State") || has("Name", "Runtime") || has("summary", "config")) return "wandb";
  return null;
}

/** @throws AppError CORRUPT_DATA for a table without rows, and for a choice of a column that it lacks. */
export function readRunTable(table: ForeignTable, format: "wandb" | "mlflow", choices: readonly ColumnChoice[] = []): ForeignData {
  if (table.rows === 0) throw unreadable("the table has no rows");
  if (table.rows > importLimits.runs) throw unreadable(`it has ${table.rows} runs; the limit is ${importLimits.runs}`);
  const mapping = chooseColumns(format === "mlflow" ? mapMlflow(table) : mapWandb(table), choices, table);
  const skipped: Skipped[] = [];
  const warnings = [...mapping.warnings];
  const runs: ForeignRun[] = [];
  const keys = new Set<string>();
  let unfinished = 0;
  for (let row = 0; row < table.rows; row++) {
    const run = readRow(table, mapping, row, skipped);
    if (keys.has(run.sourceKey)) {
      skipped.push({ what: `row ${row + 1}`, reason: `the run ${quote(run.sourceKey)} occurs twice` });
      continue;
    }
    keys.add(run.sourceKey);
    if (/^(running|scheduled|pending)$/i.test(run.sourceState)) unfinished++;
    runs.push(run);
  }
  if (unfinished > 0) warnings.push(`${unfinished} runs had not ended when the table was saved. They are imported as cancelled.`);
  return { format, runs, warnings, skipped, unmapped: mapping.unmapped, columns: describeColumns(mapping, table) };
}

function readRow(table: ForeignTable, mapping: Mapping, row: number, skipped: Skipped[]): ForeignRun {
  const { properties } = mapping;
  const cell = (column: string | null): ForeignCell => (column === null ? null : (table.columns.get(column)?.[row] ?? null));
  const sourceState = isEmpty(cell(properties.state)) ? "" : textOf(cell(properties.state)).slice(0, 40);
  const name = textOf(cell(properties.name)).trim();
  const key = textOf(cell(properties.key)).trim() || name || `row ${row + 1}`;
  const parameters = new Map<string, ParameterValue>();
  const metrics = new Map<string, number>();
  for (const { column, name: of } of mapping.parameters) addParameter(parameters, of, cell(column));
  for (const { column, name: of } of mapping.metrics) {
    const value = numberOf(cell(column));
    if (value !== null) metrics.set(of, value);
    else if (!isEmpty(cell(column)))
      skipped.push({ what: `${quote(of)} of row ${row + 1}`, reason: `${quote(textOf(cell(column)))} is not a number` });
  }
  for (const [of, value] of entriesOf(cell(mapping.dictionaries.parameters))) addParameter(parameters, of, value);
  for (const [of, value] of entriesOf(cell(mapping.dictionaries.metrics))) {
    const number = numberOf(value);
    if (number !== null) metrics.set(of, number);
  }
  if (parameters.size > importLimits.parameters || metrics.size > importLimits.metrics)
    throw unreadable(`row ${row + 1} has more than ${importLimits.parameters} parameters or ${importLimits.metrics} metrics`);
  const startedAt = dateOf(cell(properties.startedAt));
  const seconds = numberOf(cell(properties.duration));
  const endedAt =
    dateOf(cell(properties.endedAt)) ??
    (startedAt !== null && seconds !== null && seconds >= 0 && seconds < 1e9 ? new Date(startedAt.getTime() + seconds * 1000) : null);
  return {
    sourceKey: key.slice(0, 200),
    name: (name || key).slice(0, 100),
    state: states[sourceState.toLowerCase()] ?? (sourceState === "" ? "SUCCEEDED" : "CANCELLED"),
    sourceState,
    parameters: Object.fromEntries(parameters) as Parameters,
    metrics: Object.fromEntries(metrics),
    tags: [
      ...tagsOf(cell(properties.tags)),
      ...mapping.tags.flatMap(({ column, name: of }) => (isEmpty(cell(column)) ? [] : [`${of}=${textOf(cell(column))}`])),
    ],
    notes: isEmpty(cell(properties.notes)) ? "" : textOf(cell(properties.notes)).slice(0, 10_000),
    startedAt,
    endedAt: startedAt !== null && endedAt !== null && endedAt < startedAt ? null : endedAt,
    curve: [],
    imageCount: 0,
    images: noImages,
  };
}

function addParameter(parameters: Map<string, ParameterValue>, name: string, cell: ForeignCell): void {
  if (isEmpty(cell)) return;
  const number = typeof cell === "boolean" ? null : numberOf(cell);
  if (number !== null) parameters.set(name, number);
  else if (typeof cell === "boolean") parameters.set(name, cell);
  else if (/^(true|false)$/i.test(textOf(cell))) parameters.set(name, textOf(cell).toLowerCase() === "true");
  else parameters.set(name, textOf(cell).slice(0, 1_000));
}

/** The entries of a dictionary in JSON or Python's syntax; nested ones with dots. W&B's own names begin with an underscore. */
function entriesOf(cell: ForeignCell): readonly (readonly [string, ForeignCell])[] {
  if (isEmpty(cell)) return [];
  const entries: (readonly [string, ForeignCell])[] = [];
  const visit = (prefix: string, value: Literal): void => {
    if (value instanceof Map) for (const [name, item] of value) visit(prefix === "" ? name : `${prefix}.${name}`, item);
    else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") entries.push([prefix, value]);
  };
  visit("", readLiteral(textOf(cell)));
  return entries.filter(([name]) => name !== "" && !name.startsWith("_"));
}

/** A list in JSON or Python's syntax, or words between commas. */
function tagsOf(cell: ForeignCell): readonly string[] {
  if (isEmpty(cell)) return [];
  const text = textOf(cell).trim();
  if (!text.startsWith("[") && !text.startsWith("("))
    return text
      .split(/[,;]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
  const value = readLiteral(text);
  return Array.isArray(value) ? value.filter((tag): tag is string => typeof tag === "string") : [];
}

function firstOf(table: ForeignTable, ...names: readonly string[]): string | null {
  return names.find((name) => table.columns.has(name)) ?? null;
}

/** `mlflow.search_runs()` as a data frame, or the CSV file that MLflow's page downloads. */
function mapMlflow(table: ForeignTable): Mapping {
  const properties: Properties = {
    key: firstOf(table, "run_id", "Run ID"),
    name: firstOf(table, "tags.mlflow.runName", "run_name", "Name", "Run Name"),
    state: firstOf(table, "status", "Status"),
    tags: null,
    notes: firstOf(table, "tags.mlflow.note.content"),
    startedAt: firstOf(table, "start_time", "Start Time"),
    endedAt: firstOf(table, "end_time", "End Time"),
    duration: null,
  };
  const used = new Set<string | null>(Object.values(properties));
  const rest = [...table.columns.keys()].filter((name) => !used.has(name));
  const withPrefix = (prefix: string): readonly Column[] =>
    rest.filter((name) => name.startsWith(prefix)).map((column) => ({ column, name: column.slice(prefix.length) }));
  const [parameters, metrics] = [withPrefix("params."), withPrefix("metrics.")];
  // MLflow's own tags describe the machine and the user.
  const tags = withPrefix("tags.").filter(({ name }) => !name.startsWith("mlflow."));
  const dictionaries = { parameters: null, metrics: null };
  if (table.columns.has("run_id")) {
    const mapped = new Set([...parameters, ...metrics, ...tags].map(({ column }) => column));
    return {
      format: "mlflow",
      properties,
      parameters,
      metrics,
      tags,
      dictionaries,
      unmapped: rest.filter((name) => !mapped.has(name)),
      warnings: [],
    };
  }
  const own = ["Duration", "Source Type", "Source Name", "User", "Experiment ID", "Experiment Name", "Version", "Models", "Dataset"];
  const free = rest.filter((name) => !own.includes(name));
  return {
    format: "mlflow",
    properties,
    tags: [],
    dictionaries,
    unmapped: rest.filter((name) => own.includes(name)),
    ...divide(table, free),
  };
}

/** The table that W&B's page downloads, or name, config and summary as W&B's documentation exports them. */
function mapWandb(table: ForeignTable): Mapping {
  const properties: Properties = {
    key: firstOf(table, "ID", "id", "run_id"),
    name: firstOf(table, "Name", "name"),
    state: firstOf(table, "State", "state"),
    tags: firstOf(table, "Tags", "tags"),
    notes: firstOf(table, "Notes", "notes"),
    startedAt: firstOf(table, "Created", "created_at"),
    endedAt: null,
    duration: firstOf(table, "Runtime", "runtime"),
  };
  const used = new Set<string | null>(Object.values(properties));
  const rest = [...table.columns.keys()].filter((name) => !used.has(name));
  if (table.columns.has("config") && table.columns.has("summary")) {
    const unmapped = rest.filter((name) => name !== "config" && name !== "summary");
    return {
      format: "wandb",
      properties,
      parameters: [],
      metrics: [],
      tags: [],
      dictionaries: { parameters: "config", metrics: "summary" },
      unmapped,
      warnings: [],
    };
  }
  const own = ["User", "Sweep", "Updated", "End Time", "Hostname", "Job Type", "Group", "GPU Type", "GPU Count", "Git Commit", "column 1"];
  const isOwn = (name: string): boolean => own.includes(name) || name.startsWith("_") || /__MIN$|__MAX$/.test(name);
  const free = rest.filter((name) => !isOwn(name));
  return {
    format: "wandb",
    properties,
    tags: [],
    dictionaries: { parameters: null, metrics: null },
    unmapped: rest.filter(isOwn),
    ...divide(table, free),
  };
}

const likeMetric =
  /(^|[^a-z])(loss|acc|accuracy|error|score|f1|auc|precision|recall|reward|fitness|median|mean|best|coverage|perplexity|bleu|iou|map|r2|mse|mae|rmse|confidence|fooling)([^a-z]|$)|^(train|val|valid|validation|test|eval)[/_.]/i;

/**
 * Neither page marks which columns are parameters: those with a prefix, else numbers with the name of a usual metric, are metrics, and the
 * rest are parameters.
 */
function divide(table: ForeignTable, columns: readonly string[]): Pick<Mapping, "parameters" | "metrics" | "warnings"> {
  const parameters: Column[] = [];
  const metrics: Column[] = [];
  let guessed = 0;
  for (const column of columns) {
    const [, prefix, name] = /^(config|summary)[./](.+)$/s.exec(column) ?? [];
    const cells = (table.columns.get(column) ?? []).filter((cell) => !isEmpty(cell));
    if (cells.length === 0) continue;
    const isNumber = cells.every((cell) => typeof cell !== "boolean" && numberOf(cell) !== null);
    const isMetric = prefix === undefined ? isNumber && likeMetric.test(column) : prefix === "summary" && isNumber;
    if (prefix === undefined) guessed++;
    (isMetric ? metrics : parameters).push({ column, name: name ?? column });
  }
  const warning = `The table does not say which of its columns are metrics. Of ${guessed} columns, numbers with the name of a usual metric are read as metrics, and the others as parameters.`;
  return { parameters, metrics, warnings: guessed === 0 ? [] : [warning] };
}
