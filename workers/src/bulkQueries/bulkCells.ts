/** The cells of a bulk query's row in the order of its columns: each value by its path, empty where an object on the way is null. */
import type { Cells, TypedColumn } from "@pareidolia/archive/tables/columns";
import type { Cell } from "@pareidolia/core/csv";
import type { BulkColumn } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";

type Row = Readonly<Record<string, unknown>>;

/** Column names are paths with dots. */
export function columnsOf(columns: readonly BulkColumn[]): readonly TypedColumn[] {
  return columns.map(({ path, type }) => ({ name: path.join("."), description: "", type, nullable: true }));
}

export function cellsOf(columns: readonly BulkColumn[], row: Row): Cells {
  return columns.map(({ path, type }): Cell => {
    const value = path.reduce<unknown>((object, key) => (object as Row | null | undefined)?.[key], row) ?? null;
    return type === "json" && value !== null ? JSON.stringify(value) : (value as Cell);
  });
}
