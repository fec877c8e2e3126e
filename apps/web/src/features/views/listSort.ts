/** The order of a list, as the address and stored views write it: `median` is ascending, `-median` descending. */
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
