/** Validates what a view stores: its search, columns, grouping and order. */
import { AppError } from "@pareidolia/core/appError";
import type { ViewList, ViewState } from "@pareidolia/persistence/lab/views/readViews";
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import type { FieldRegistry } from "@pareidolia/search/fields/field";
import { imageFields } from "@pareidolia/search/fields/imageFields";
import { runFields } from "@pareidolia/search/fields/runFields";
import { readColumn, readSearchText } from "../search/readSearch.ts";
import type { ViewStateInput } from "./view.input.ts";

const maxColumns = 40;
const maxGroupColumns = 4;

export const registryOfList: Readonly<Record<ViewList, FieldRegistry>> = {
  RUNS: runFields,
  EXPERIMENTS: experimentFields,
  IMAGES: imageFields,
};

/** Lists also have columns that are not fields, such as images, so apart from recorded fields only a name's syntax is checked. */
function readColumnName(name: string, field: string, registry: FieldRegistry): string {
  if (/^-?[a-zA-Z][\w.]{0,59}$/.test(name) || registry.find(name.replace(/^-/, ""))?.isRecorded === true) return name;
  throw new AppError("INVALID_INPUT", "This is not a column name.", { field });
}

/** @throws AppError INVALID_INPUT naming a field under `field`, with the place of a problem in the search. */
export function readViewState({ search, columns, groupBy, sort }: ViewStateInput, list: ViewList, field: string): ViewState {
  const registry = registryOfList[list];
  readSearchText(search, registry, `${field}.search`);
  if (columns.length > maxColumns)
    throw new AppError("INVALID_INPUT", `A view has at most ${maxColumns} columns.`, { field: `${field}.columns` });
  if (groupBy.length > maxGroupColumns)
    throw new AppError("INVALID_INPUT", `Group by at most ${maxGroupColumns} columns.`, { field: `${field}.groupBy` });
  return {
    search: search.trim(),
    columns: columns.map((name, i) => readColumnName(name, `${field}.columns.${i}`, registry)),
    groupBy: groupBy.map(
      (name, i) =>
        readColumn(name, { registry, field: `${field}.groupBy.${i}`, verb: "grouped by", allows: ({ isGroupable }) => isGroupable }).name,
    ),
    sort: readColumnName(sort, `${field}.sort`, registry),
  };
}
