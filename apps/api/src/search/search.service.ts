/** Lists the fields and values of the search language, and groups runs. */
import { createHash } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { ninesRange } from "@pareidolia/core/nines";
import { meanInterval, unlimited, type ValueRange } from "@pareidolia/perception/intervals/meanInterval";
import { listExperimentValues, listImageValues, listRunValues } from "@pareidolia/persistence/lab/search/listValues";
import { listRecordedNames } from "@pareidolia/persistence/lab/search/recordedNames";
import {
  countRunGroups,
  type GroupKey,
  type GroupOrder,
  type GroupSort,
  groupPositionTypes,
  listRunGroups,
  type MeasureSummary,
  type RunGrouping,
  type RunGroupRecord,
} from "@pareidolia/persistence/lab/search/runGroups";
import { type Cell, findRunCells } from "@pareidolia/persistence/lab/search/searchRuns";
import { containing } from "@pareidolia/persistence/server/database/containing";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { checkSearch, operatorsOf } from "@pareidolia/search/checkSearch";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import type { FieldRegistry, SearchField } from "@pareidolia/search/fields/field";
import { imageFields } from "@pareidolia/search/fields/imageFields";
import { recordedNames } from "@pareidolia/search/fields/recordedFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { writeValue } from "@pareidolia/search/formatSearch";
import type { SearchProblem } from "@pareidolia/search/searchTree";
import { writeFieldValue } from "@pareidolia/search/writeFieldValue";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { endsOf } from "../intervalEnds.ts";
import { kindMeasureOf } from "../outcome/kindMeasure.type.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import { cursorShapeOf } from "../pagination/cursor.ts";
import { counterOf, counterOfAll, counterOfPage } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { RunFilter } from "../run/run.input.ts";
import { checkText } from "../text.ts";
import { readColumn, readerOf, readSearchText, refuseUnstorable } from "./readSearch.ts";
import { findUnknownFields, refuseUnknownFields } from "./refuseUnknownFields.ts";
import type { ColumnOrderInput, SearchSubject } from "./search.input.ts";
import type { RunGroupMeasureType, RunGroupType, SearchFieldType } from "./search.type.ts";

const maxGroupColumns = 4;
const maxMeasures = 8;
const maxColumns = 40;
const maxRecordedFields = 200;

/** Of a mixed column, the numbers are summarised. */
const isSummarised = ({ type }: SearchField) => type === "number" || type === "mixed";

/** Columns as one text: their names may have commas. */
const listKey = (columns: readonly string[]): string => JSON.stringify(columns);

const registries: Readonly<Record<SearchSubject, FieldRegistry>> = { runs: runFields, experiments: experimentFields, images: imageFields };

const valueLists = { runs: listRunValues, experiments: listExperimentValues, images: listImageValues } as const;

/** Sort columns of groups that are not columns of runs. */
const groupFigures: Readonly<Record<string, GroupSort>> = {
  n: { by: "runCount" },
  reached: { by: "foolingCount" },
  updated: { by: "updatedAt" },
};

export type RunGroupRow = Omit<RunGroupType, "bestRun"> & { readonly bestRunId: string };

export interface CellsOfRun {
  readonly runId: string;
  readonly columns: readonly string[];
}

export interface GroupArguments extends ConnectionArguments {
  readonly search?: string | null | undefined;
  readonly filter?: RunFilter | null | undefined;
  readonly groupBy: readonly string[];
  readonly measures: readonly string[];
  readonly orderBy?: ColumnOrderInput | null | undefined;
}

export class SearchService {
  readonly #options: { readonly database: Database; readonly experiments: ExperimentService };

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService }) {
    this.#options = options;
  }

  listFields(actor: Actor, subject: SearchSubject): SearchFieldType[] {
    policy.requireInWorkspace(actor, "search:read");
    return registries[subject].fields.map((field) => ({ ...field, operators: operatorsOf[field.type] }));
  }

  /** @throws AppError INVALID_INPUT for a text that cannot be stored. */
  async findProblem(actor: Actor, subject: SearchSubject, text: string): Promise<SearchProblem | null> {
    policy.requireInWorkspace(actor, "search:read");
    const registry = registries[subject];
    refuseUnstorable(text);
    const { problem } = checkSearch(text, { registry, now: Date.now() });
    if (problem !== undefined || registry.noun !== "runs") return problem ?? null;
    const [unknown] = await findUnknownFields(this.#options.database.connection, policy.scope(actor, "search:read"), [text]);
    return unknown ?? null;
  }

  /** @throws AppError INVALID_INPUT for a text that is too long. */
  async listRecordedFields(actor: Actor, text: string): Promise<SearchFieldType[]> {
    policy.requireInWorkspace(actor, "search:read");
    const part = checkText(text, { field: "text", label: "The text", longest: 100 });
    const rows = await listRecordedNames(this.#options.database.connection, {
      scope: policy.scope(actor, "search:read"),
      pattern: containing(part),
      except: runFields.fields.flatMap(({ parameter }) => parameter ?? []),
      most: maxRecordedFields,
    });
    return rows.flatMap(({ source, name, runCount }) => {
      const field = runFields.find(recordedNames[source](name));
      return field === null ? [] : [{ ...field, operators: operatorsOf[field.type], runCount }];
    });
  }

  /** @throws AppError INVALID_INPUT for an unknown field. */
  async listValues(actor: Actor, subject: SearchSubject, { name, text }: { readonly name: string; readonly text: string }) {
    policy.requireInWorkspace(actor, "search:read");
    const field = readColumn(name, { registry: registries[subject], field: "field", verb: "listed by", allows: () => true });
    const part = checkText(text, { field: "text", label: "The text", longest: 100 });
    const request = { reader: readerOf(actor), field, pattern: containing(part) };
    const rows = await valueLists[subject](this.#options.database.connection, request);
    const spoken = new Map<unknown, string>(field.values.map(({ value, name: known }) => [value, known]));
    return rows.map(({ value, count }) => {
      const said = spoken.get(value) ?? value;
      return { value: String(said), written: writeFieldValue(field, said), count };
    });
  }

  /** @throws AppError INVALID_INPUT naming the column. */
  readColumns(names: readonly string[]): readonly SearchField[] {
    if (names.length === 0 || names.length > maxColumns)
      throw new AppError("INVALID_INPUT", `Name 1 to ${maxColumns} columns.`, { field: "columns" });
    const options = { registry: runFields, verb: "shown with", allows: () => true };
    return names.map((name, i) => readColumn(name, { ...options, field: `columns.${i}` }));
  }

  /** The cells of each run, in the order of its columns; null for a run of another workspace. One statement for each list of columns. */
  async loadCells(actor: Actor, requests: readonly CellsOfRun[]): Promise<(readonly Cell[] | null)[]> {
    policy.requireInWorkspace(actor, "search:read");
    const reader = readerOf(actor);
    const lists = new Map(requests.map(({ columns }) => [listKey(columns), columns]));
    const found = await Promise.all(
      [...lists].map(async ([key, columns]) => {
        const runIds = requests.flatMap((request) => (listKey(request.columns) === key ? [request.runId] : []));
        const rows = await findRunCells(this.#options.database.connection, { reader, runIds, fields: this.readColumns(columns) });
        return rows.map((row, i) => [`${key} ${runIds[i]}`, row] as const);
      }),
    );
    const cells = new Map(found.flat());
    return requests.map(({ columns, runId }) => cells.get(`${listKey(columns)} ${runId}`) ?? null);
  }

  /** @throws AppError INVALID_INPUT naming the argument. */
  async listGroups(actor: Actor, args: GroupArguments): Promise<Connection<RunGroupRow>> {
    policy.requireInWorkspace(actor, "search:read");
    const { database, experiments } = this.#options;
    const experiment =
      args.filter?.experimentId == null
        ? undefined
        : await experiments.getByReference(actor, args.filter.experimentId, "filter.experimentId");
    if (args.groupBy.length === 0 || args.groupBy.length > maxGroupColumns)
      throw new AppError("INVALID_INPUT", `Group by 1 to ${maxGroupColumns} columns.`, { field: "groupBy" });
    if (args.measures.length > maxMeasures)
      throw new AppError("INVALID_INPUT", `Summarise at most ${maxMeasures} columns.`, { field: "measures" });
    const column = (field: string, verb: string, allows: (column: SearchField) => boolean) => (name: string, i: number) =>
      readColumn(name, { registry: runFields, field: `${field}.${i}`, verb, allows });
    const reader = readerOf(actor);
    const checked = readSearchText(args.search, runFields);
    await refuseUnknownFields(database.connection, reader.scope, { text: args.search });
    const grouping: RunGrouping = {
      reader,
      filter: { experimentId: experiment?.id },
      search: checked,
      groupBy: args.groupBy.map(column("groupBy", "grouped by", ({ isGroupable }) => isGroupable)),
      measures: args.measures.map(column("measures", "summarised by", isSummarised)),
    };
    const order = readOrder(args.orderBy, grouping);
    const names = [...grouping.groupBy, ...grouping.measures].map(({ name }) => name);
    const { sort } = order;
    const orderName = `${sort.by}.${"index" in sort ? sort.index : ""}.${order.direction}`;
    const shape = cursorShapeOf(
      `runGroups.${createHash("sha256").update(listKey(names)).digest("base64url")}.${orderName}`,
      groupPositionTypes(order, grouping),
    );
    const page = await listRunGroups(database.connection, { ...grouping, order, page: readPage(args, shape) });
    const { totalCount } = page;
    const counted = counterOf(database, (request) => countRunGroups(request, grouping));
    return toConnection(
      { ...page, rows: page.rows.map(({ node, position }) => ({ position, node: toGroup(node, grouping) })) },
      shape,
      totalCount === null ? counterOfPage(page, counted) : counterOfAll(async () => totalCount),
    );
  }
}

/** By a measure or a grouping column if it is one, otherwise by a figure of the group. @throws AppError INVALID_INPUT naming `orderBy.column`. */
function readOrder(sort: ColumnOrderInput | null | undefined, { groupBy, measures }: RunGrouping): GroupOrder {
  if (sort == null) return { sort: { by: "runCount" }, direction: "DESC" };
  const { direction } = sort;
  const name = runFields.find(sort.column)?.name ?? sort.column;
  const measure = measures.findIndex((field) => field.name === name);
  if (measure >= 0) return { sort: { by: "measure", index: measure }, direction };
  const key = groupBy.findIndex((field) => field.name === name);
  if (key >= 0) return { sort: { by: "key", index: key }, direction };
  const figure = groupFigures[name];
  if (figure !== undefined) return { sort: figure, direction };
  const known = [...measures, ...groupBy].map((field) => field.name);
  const message = `Groups can be sorted by ${[...known, ...Object.keys(groupFigures)].join(", ")}.`;
  throw new AppError("INVALID_INPUT", message, { field: "orderBy.column" });
}

/** What the mean of a field's values can be in a group. The mean number of results is at most the mean number of possible ones. */
function rangeOf(
  { scale, range }: SearchField,
  { count }: MeasureSummary,
  group: Pick<RunGroupRecord, "runCount" | "resultCount">,
): ValueRange {
  if (scale === "confidence") return ninesRange;
  if (range === undefined) return unlimited;
  if (range.highest !== "results") return { ...range, highest: range.highest };
  const highest = count === group.runCount ? group.resultCount / group.runCount : null;
  return { lowest: range.lowest, highest, isShare: highest !== null };
}

function toMeasure(summary: MeasureSummary, field: SearchField, group: RunGroupRecord): RunGroupMeasureType {
  const { count, mean, deviation } = summary;
  const measure = { ...summary, column: field.name, isInNines: field.scale === "confidence" };
  if (mean === null) return { ...measure, low: null, high: null, intervalReason: "No run of the group has a value." };
  return { ...measure, ...endsOf(meanInterval({ count, mean, deviation: deviation ?? 0 }, rangeOf(field, summary, group))) };
}

function labelOf(key: GroupKey, { values, prefix = "" }: SearchField): string {
  if (key === null) return "none";
  const known = values.find(({ value }) => value === key);
  return known === undefined ? `${prefix}${key}` : (known.description ?? known.name);
}

function toGroup(record: RunGroupRecord, { groupBy, measures: measured }: RunGrouping): RunGroupRow {
  const { keys, measures, outcomes, ...group } = record;
  const conditions = groupBy.map((field, i) => {
    const key = keys[i] ?? null;
    const spoken = field.values.find(({ value }) => value === key)?.name ?? key;
    return `${writeValue(field.name)} = ${spoken === null || spoken === "" ? "none" : writeFieldValue(field, spoken)}`;
  });
  return {
    ...group,
    keys: groupBy.map((field, i) => ({ column: field.name, value: keys[i] ?? null, label: labelOf(keys[i] ?? null, field) })),
    search: conditions.join(" AND "),
    outcomes: outcomes.map((outcome) => ({ ...outcome, ...kindMeasureOf(outcome.kind) })),
    measures: measured.map((field, i) => toMeasure(measures[i] as MeasureSummary, field, record)),
  };
}
