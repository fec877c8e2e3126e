/** Calls of the statements that search runs and experiments, with every field and operator. */

import { experimentSqlOf } from "@pareidolia/persistence/lab/search/experimentColumns";
import type { FieldSql, SearchReader } from "@pareidolia/persistence/lab/search/fieldSql";
import { listExperimentValues, listImageValues, listRunValues } from "@pareidolia/persistence/lab/search/listValues";
import { findRecordedNames, listRecordedNames } from "@pareidolia/persistence/lab/search/recordedNames";
import { runSqlOf } from "@pareidolia/persistence/lab/search/runColumns";
import { countRunGroups, type GroupSort, listRunGroups } from "@pareidolia/persistence/lab/search/runGroups";
import * as experimentSearch from "@pareidolia/persistence/lab/search/searchExperiments";
import * as imageSearch from "@pareidolia/persistence/lab/search/searchImages";
import * as runSearch from "@pareidolia/persistence/lab/search/searchRuns";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { CheckedSearch } from "@pareidolia/search/checkedSearch";
import { checkSearch, operatorsOf } from "@pareidolia/search/checkSearch";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import type { FieldRegistry, SearchField } from "@pareidolia/search/fields/field";
import { imageFields } from "@pareidolia/search/fields/imageFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { writeValue } from "@pareidolia/search/formatSearch";
import type { StatementCase } from "./statementCase.ts";

const reader: SearchReader = { scope: openScope("workspace"), userId: "user", readsRecognition: true };

/** A value that the field permits. */
function sampleValue({ type, values }: SearchField): string {
  if (type === "number" || type === "mixed") return "1";
  if (type === "date") return "2026-11-01";
  if (type === "flag") return "true";
  return writeValue(values[0]?.name ?? "x");
}

/** One condition for each operator of the field, and for no value. */
export function conditionsOn(field: SearchField): string[] {
  const value = sampleValue(field);
  const conditions = operatorsOf[field.type].map(
    (operator) => `${field.name} ${operator} ${operator === "IN" ? `(${value}, ${value})` : value}`,
  );
  if (field.type === "date") conditions.push(`${field.name} <= -1d`, `${field.name} > -1d`);
  if (field.type === "flag") conditions.push(`${field.name} = false`);
  if (field.type === "mixed")
    conditions.push(`${field.name} = x`, `${field.name} ~ x`, `${field.name} = false`, `${field.name} IN (1, x, true)`);
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
const four = pageAfter(["1", "1", "x", "x"]);
const two = pageAfter(["1", "x"]);
const pageOf = ({ mayBeMissing, type }: SearchField) => (type === "mixed" ? four : mayBeMissing ? three : two);

const sorted = ({ fields }: FieldRegistry) => fields.filter(({ isSortable }) => isSortable);
const isOfPeople = ({ name }: SearchField) => ["recognised", "votes"].includes(name);
const foundImage = {
  figures: Array.from({ length: 4 }, () => ({ ids: ["a"], images: 1 })),
  count: 1,
  modelId: "a",
  class: 1,
  method: "cppn",
  id: "a",
  createdAt: new Date(0),
  image: { sha256: "a", createdAt: "2026-01-01" },
};
const created = imageFields.find("created") as SearchField;
const seed = runFields.find("seed") as SearchField;
const median = runFields.find("median") as SearchField;
const sqlOfAll = (fields: readonly SearchField[], sqlOf: (field: SearchField, reader: SearchReader) => FieldSql) =>
  fields.filter((field) => field.isSortable && sqlOf(field, reader).value !== null);

/** Recorded fields stand beside those of the registry. */
const recorded = ["param.lr", "metric.accuracy"].map((name) => runFields.find(name) as SearchField);
const allRunFields = [...runFields.fields, ...recorded];

const groupSorts: readonly GroupSort[] = [
  { by: "measure", index: 0 },
  { by: "key", index: 0 },
  { by: "key", index: 1 },
  { by: "key", index: 2 },
  { by: "runCount" },
  { by: "foolingCount" },
  { by: "updatedAt" },
];
const grouping = {
  reader,
  filter: {},
  search: null,
  groupBy: [seed, runFields.find("preset") as SearchField, ...recorded, runFields.find("archived") as SearchField],
  measures: [median, seed, ...recorded, runFields.find("bounds") as SearchField],
};

export const searchStatements: readonly StatementCase[] = [
  ...allRunFields.flatMap(conditionsOn).map(
    (text): StatementCase => ({
      call: (connection) =>
        runSearch.countSearchedRuns({ connection, most: 10 }, { reader, filter: {}, search: searchOf(text, runFields) }),
    }),
  ),
  ...experimentFields.fields.flatMap(conditionsOn).map(
    (text): StatementCase => ({
      call: (connection) =>
        experimentSearch.countSearchedExperiments({ connection, most: 10 }, { reader, search: searchOf(text, experimentFields) }),
    }),
  ),
  ...sqlOfAll(sorted({ ...runFields, fields: allRunFields }), runSqlOf).flatMap((field) =>
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
          search: searchOf("x", experimentFields),
          order: { field, direction: "ASC" },
          page: pageOf(field),
        }),
    }),
  ),
  ...[...imageFields.fields.flatMap(conditionsOn), "word", "reached = true confidence > 0", "class = x encoding = cppn"].flatMap((text) =>
    sorted(imageFields).map(
      (field): StatementCase => ({
        call: async (connection) => {
          const list = { reader, search: searchOf(text, imageFields), order: { field, direction: "DESC" as const } };
          await imageSearch.listSearchedImages(connection, { ...list, page: isOfPeople(field) ? pageAfter(["1", "x", "x"]) : two });
          await imageSearch.countSearchedImages({ connection, most: 10 }, list);
        },
      }),
    ),
  ),
  // Rows of every read, so that lists start at few runs and classes.
  ...["tag = x", "replaced = true AND tag = x", "word"].map(
    (text): StatementCase => ({
      rows: [foundImage],
      call: (connection) =>
        imageSearch.listSearchedImages(connection, {
          reader,
          search: searchOf(text, imageFields),
          order: { field: created, direction: "DESC" },
          page: two,
        }),
    }),
  ),
  {
    call: (connection) =>
      imageSearch.listSearchedImages(connection, {
        reader: { ...reader, readsRecognition: false },
        search: searchOf("votes = 1 OR recognised = 1", imageFields),
        order: { field: created, direction: "DESC" },
        page: two,
      }),
  },
  {
    call: (connection) =>
      imageSearch.countSearchedImages({ connection, most: 10 }, { reader, search: null, order: { field: created, direction: "DESC" } }),
  },
  {
    call: (connection) =>
      imageSearch.listSearchedImages(connection, {
        reader,
        search: null,
        eliteIds: ["a"],
        order: { field: created, direction: "DESC" },
        page: two,
      }),
  },
  ...["class", "tag", "confidence"].map(
    (name): StatementCase => ({
      call: (connection) => listImageValues(connection, { reader, field: imageFields.find(name) as SearchField, pattern: "%x%" }),
    }),
  ),
  ...groupSorts.map(
    (sort): StatementCase => ({
      call: (connection) =>
        listRunGroups(connection, {
          ...grouping,
          order: { sort, direction: "DESC" },
          page: sort.by === "key" && sort.index === 2 ? four : sort.by === "measure" || sort.by === "key" ? three : two,
        }),
    }),
  ),
  {
    call: (connection) =>
      listRunGroups(connection, { ...grouping, measures: [], order: { sort: { by: "runCount" }, direction: "DESC" }, page: two }),
  },
  { call: (connection) => countRunGroups({ connection, most: 10 }, grouping) },
  { call: (connection) => runSearch.findRunCells(connection, { reader, runIds: ["a"], fields: allRunFields }) },
  {
    call: (connection) =>
      runSearch.findRunCells(connection, { reader: { ...reader, readsRecognition: false }, runIds: ["a"], fields: runFields.fields }),
  },
  ...["tag", "model", "experiment", "by", "param.lr", "metric.accuracy"].map(
    (name): StatementCase => ({
      call: (connection) => listRunValues(connection, { reader, field: runFields.find(name) as SearchField, pattern: "%x%" }),
    }),
  ),
  ...["tag", "model", "name", "state", "by"].map(
    (name): StatementCase => ({
      call: (connection) => listExperimentValues(connection, { reader, field: experimentFields.find(name) as SearchField, pattern: "%x%" }),
    }),
  ),
  { call: (connection) => listRecordedNames(connection, { scope: reader.scope, pattern: "%x%", except: ["mutationRate"], most: 10 }) },
  { call: (connection) => findRecordedNames(connection, { scope: reader.scope, parameters: ["lr"], metrics: ["accuracy"] }) },
];
