/** A list's rows with the viewer's pins first, each row once: a row that was just pinned may still be among the others. */
export function pinnedFirst<Row extends { readonly id: string; readonly pinned: boolean }>(
  pinned: readonly Row[],
  others: readonly Row[],
): Row[] {
  const rows = [...new Map([...pinned, ...others].map((row) => [row.id, row])).values()];
  return [...rows.filter((row) => row.pinned), ...rows.filter((row) => !row.pinned)];
}
