/** Which rows of a list are selected, in the list's order, as a pure value. */
export interface RangeSelection {
  readonly ids: ReadonlySet<string>;
  /** The row that was last selected or deselected, from which a range starts. */
  readonly anchor: string | null;
}

export const nothingSelected: RangeSelection = { ids: new Set(), anchor: null };

/** Selects a row or deselects it. With `range`, all rows from the anchor to it get its new state. */
export function toggleRow(selection: RangeSelection, order: readonly string[], id: string, range: boolean): RangeSelection {
  const selects = !selection.ids.has(id);
  const [from, to] = [order.indexOf(selection.anchor ?? ""), order.indexOf(id)];
  const affected = range && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
  const ids = new Set(selection.ids);
  for (const each of affected)
    if (selects) ids.add(each);
    else ids.delete(each);
  return { ids, anchor: id };
}

export function selectAll(order: readonly string[]): RangeSelection {
  return { ids: new Set(order), anchor: order.at(-1) ?? null };
}

/** Without rows that have left the list. */
export function selectedOf<Row extends { readonly id: string }>(selection: RangeSelection, rows: readonly Row[]): Row[] {
  return rows.filter(({ id }) => selection.ids.has(id));
}
