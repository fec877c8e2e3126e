/** Calls of the statements that search runs and experiments, with every field and operator. */
import type { PageRequest } from "@pareidolia/persistence/database/keyset";
import { openScope } from "@pareidolia/persistence/scope/openScope";
import { experimentSqlOf } from "@pareidolia/persistence/search/experimentColumns";
import type { FieldSql, SearchReader } from "@pareidolia/persistence/search/fieldSql";
import { runSqlOf } from "@pareidolia/persistence/search/runColumns";
import { countRunGroups, type GroupSort, listRunGroups } from "@pareidolia/persistence/search/runGroups";
import * as experimentSearch from "@pareidolia/persistence/search/searchExperiments";
import * as runSearch from "@pareidolia/persistence/search/searchRuns";
import type { CheckedSearch } from "@pareidolia/search/checkedSearch";
import { checkSearch, operatorsOf } from "@pareidolia/search/checkSearch";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import type { FieldRegistry, SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";
import type { StatementCase } from "./statementCase.ts";

const reader: SearchReader = { scope: openScope("workspace"), userId: "user", readsRecognition: true };

/** A value that the field permits. */
function sampleValue({ type, values }: SearchField): string {
  if (type === "number") return "1";
  if (type === "date") return "2026-11-01";
  if (type === "flag") return "true";
  return values[0]?.name ?? "x";
}

/** One condition for each operator of the field, and for no value. */
export function conditionsOn(field: SearchField): string[] {
  const value = sampleValue(field);
  const conditions = operatorsOf[field.type].map(
    (operator) => `${field.name} ${operator} ${operator === "IN" ? `(${value}, ${value})` : value}`,
  );
  if (field.type === "date") conditions.push(`${field.name} <= -1d`, `${field.name} > -1d`);
  if (field.type === "flag") conditions.push(`${field.name} = false`);
  if (field.type === "person") conditions.push(`${field.name} = me`);
  return field.mayBeMissing || field.type === "text" ? [...conditions, `${field.name} = none`] : conditions;
}

/** @throws Error for a search with a problem. */
function searchOf(text: string, registry: FieldRegistry): CheckedSearch {
  const { value, problem } = checkSearch(text, { registry, now: 0 });
  if (value == null) throw new Error(`${text}: ${problem?.message}`);
  return value;
}

const pageAfter = (positions: readonly string[]): PageRequest => ({ limit: 10, backward: false, after: positions, before: null });
const three = pageAfter(["1", "1", "x"]);
const two = pageAfter(["1", "x"]);
const pageOf = ({ mayBeMissing }: SearchField) => (mayBeMissing ? three : two);

const sorted = ({ fields }: FieldRegistry) => fields.filter(({ isSortable }) => isSortable);
const seed = runFields.find("seed") as SearchField;
const median = runFields.find("median") as SearchField;
const sqlOfAll = (fields: readonly SearchField[], sqlOf: (field: SearchField, reader: SearchReader) => FieldSql) =>
  fields.filter((field) => field.isSortable && sqlOf(field, reader).value !== null);

const groupSorts: readonly GroupSort[] = [
  { by: "measure", index: 0 },
  { by: "key", index: 0 },
  { by: "key", index: 1 },
  { by: "runCount" },
  { by: "foolingCount" },
  { by: "updatedAt" },
];
const grouping = { reader, filter: {}, search: null, groupBy: [seed, runFields.find("preset") as SearchField], measures: [median, seed] };

export const searchStatements: readonly StatementCase[] = [
  ...runFields.fields.flatMap(conditionsOn).map(
    (text): StatementCase => ({
      call: (connection) =>
        runSearch.countSearchedRuns({ connection, most: 10 }, { reader, filter: {}, search: searchOf(text, runFields) }),
    }),
  ),
  ...experimentFields.fields.flatMap(conditionsOn).map(
    (text): StatementCase => ({
      call: (connection) =>
        experimentSearch.countSearchedExperiments(
          { connection, most: 10 },
          { reader, filter: {}, search: searchOf(text, experimentFields) },
        ),
    }),
  ),
  ...sqlOfAll(sorted(runFields), runSqlOf).flatMap((field) =>
    (["ASC", "DESC"] as const).map(
      (direction): StatementCase => ({
        call: (connection) =>
          runSearch.listSearchedRuns(connection, {
            reader,
            filter: {},
            search: searchOf("NOT x AND (y OR archived = true)", runFields),
            order: { field, direction },
            page: pageOf(field),
          }),
      }),
    ),
  ),
  ...sqlOfAll(sorted(experimentFields), experimentSqlOf).map(
    (field): StatementCase => ({
      call: (connection) =>
        experimentSearch.listSearchedExperiments(connection, {
          reader,
          filter: {},
          search: searchOf("x", experimentFields),
          order: { field, direction: "ASC" },
          page: pageOf(field),
        }),
    }),
  ),
  ...groupSorts.map(
    (sort): StatementCase => ({
      call: (connection) =>
        listRunGroups(connection, {
          ...grouping,
          order: { sort, direction: "DESC" },
          page: sort.by === "measure" || sort.by === "key" ? three : two,
        }),
    }),
  ),
  { call: (connection) => countRunGroups({ connection, most: 10 }, { ...grouping, measures: [] }) },
  { call: (connection) => runSearch.findRunCells(connection, { reader, runIds: ["a"], fields: runFields.fields }) },
  {
    call: (connection) =>
      runSearch.findRunCells(connection, { reader: { ...reader, readsRecognition: false }, runIds: ["a"], fields: runFields.fields }),
  },
  ...["tag", "model"].map(
    (name): StatementCase => ({
      call: (connection) => runSearch.listRunValues(connection, { reader, field: runFields.find(name) as SearchField, pattern: "%x%" }),
    }),
  ),
];
