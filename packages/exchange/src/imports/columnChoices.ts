/** The mapping of a table's columns to properties, parameters, metrics and tags, and a member's changes of it. */
import type { ColumnChoice, ColumnRole, MappedColumn } from "./columnRoles.ts";
import { unreadable } from "./foreignData.ts";
import { type ForeignTable, textOf } from "./foreignTable.ts";

/** The columns of the properties that every run has. */
export interface Properties {
  readonly key: string | null;
  readonly name: string | null;
  readonly state: string | null;
  readonly tags: string | null;
  readonly notes: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Seconds. */
  readonly duration: string | null;
}

export interface Column {
  readonly column: string;
  /** Without the prefix that marks parameters or metrics. */
  readonly name: string;
}

export interface Mapping {
  readonly format: "wandb" | "mlflow";
  readonly properties: Properties;
  readonly parameters: readonly Column[];
  readonly metrics: readonly Column[];
  /** Columns of one tag each; the tag is the name, an equals sign and the value. */
  readonly tags: readonly Column[];
  /** Columns of dictionaries: all entries become parameters, or metrics. */
  readonly dictionaries: { readonly parameters: string | null; readonly metrics: string | null };
  readonly unmapped: readonly string[];
  readonly warnings: readonly string[];
}

const roleOfProperty: Readonly<Record<keyof Properties, ColumnRole>> = {
  key: "key",
  name: "name",
  state: "state",
  tags: "tags",
  notes: "notes",
  startedAt: "started",
  endedAt: "ended",
  duration: "duration",
};
const shownRows = 3;

/** @throws AppError CORRUPT_DATA for a column that the table lacks. */
export function chooseColumns(mapping: Mapping, choices: readonly ColumnChoice[], table: ForeignTable): Mapping {
  if (choices.length === 0) return mapping;
  const chosen = new Map(choices.map(({ column, role }) => [column, role]));
  for (const column of chosen.keys()) if (!table.columns.has(column)) throw unreadable(`it has no column ${JSON.stringify(column)}`);
  const named = new Map([...mapping.parameters, ...mapping.metrics, ...mapping.tags].map(({ column, name }) => [column, name]));
  const withRole = (role: ColumnRole): Column[] =>
    [...chosen].flatMap(([column, of]) => (of === role ? [{ column, name: named.get(column) ?? column }] : []));
  const others = (columns: readonly Column[]): Column[] => columns.filter(({ column }) => !chosen.has(column));
  const property = (column: string | null, role: ColumnRole): string | null =>
    withRole(role).at(-1)?.column ?? (column !== null && chosen.has(column) ? null : column);
  const free = (column: string | null): string | null => (column !== null && chosen.has(column) ? null : column);
  const { properties, dictionaries } = mapping;
  return {
    ...mapping,
    properties: {
      ...(Object.fromEntries(Object.entries(properties).map(([name, column]) => [name, free(column)])) as unknown as Properties),
      name: property(properties.name, "name"),
      notes: property(properties.notes, "notes"),
    },
    parameters: [...others(mapping.parameters), ...withRole("parameter")],
    metrics: [...others(mapping.metrics), ...withRole("metric")],
    tags: [...others(mapping.tags), ...withRole("tag")],
    dictionaries: { parameters: free(dictionaries.parameters), metrics: free(dictionaries.metrics) },
    unmapped: [...mapping.unmapped.filter((column) => !chosen.has(column)), ...withRole("ignored").map(({ column }) => column)],
  };
}

/** In the order of the table. */
export function describeColumns(mapping: Mapping, table: ForeignTable): readonly MappedColumn[] {
  const roles = new Map<string, { readonly role: ColumnRole; readonly name: string }>();
  const set = (columns: readonly Column[], role: ColumnRole): void => {
    for (const { column, name } of columns) roles.set(column, { role, name });
  };
  set(mapping.parameters, "parameter");
  set(mapping.metrics, "metric");
  set(mapping.tags, "tag");
  for (const role of ["parameters", "metrics"] as const) {
    const column = mapping.dictionaries[role];
    if (column !== null) roles.set(column, { role, name: column });
  }
  for (const [property, column] of Object.entries(mapping.properties) as [keyof Properties, string | null][])
    if (column !== null) roles.set(column, { role: roleOfProperty[property], name: column });
  return [...table.columns].map(([column, cells]) => ({
    column,
    ...(roles.get(column) ?? { role: "ignored", name: column }),
    first: cells.slice(0, shownRows).map(textOf),
  }));
}
