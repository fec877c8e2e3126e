/** The order of a list, as the address and stored views write it: `median` is ascending, `-median` descending. */
import type { FieldRegistry } from "@pareidolia/search/fields/field";
import { createParser } from "nuqs";

export interface Sort {
  readonly column: string;
  readonly direction: "ASC" | "DESC";
}

export const writeSort = ({ column, direction }: Sort): string => (direction === "DESC" ? `-${column}` : column);

/** @param columnOf the name of the column that the list orders by; null for one that it does not know. */
export function readSort(text: string, columnOf: (name: string) => string | null): Sort | null {
  const isDescending = text.startsWith("-");
  const column = columnOf(isDescending ? text.slice(1) : text);
  return column === null ? null : { column, direction: isDescending ? "DESC" : "ASC" };
}

/** Reads an order by a sortable field. */
export const sortReaderOf =
  (fields: FieldRegistry) =>
  (text: string): Sort | null =>
    readSort(text, (name) => {
      const field = fields.find(name);
      return field?.isSortable === true ? field.name : null;
    });

/** The parameter of the address. */
export const sortParserOf = (parse: (text: string) => Sort | null, usual: Sort) =>
  createParser({ parse, serialize: writeSort, eq: (one: Sort, other: Sort) => writeSort(one) === writeSort(other) }).withDefault(usual);
