/**
 * Merges two changes of one JSON document: what only one side changed is taken from that side; what both changed, from `mine`. Lists and
 * values are taken whole.
 */
type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isFields(a) || !isFields(b)) return Object.is(a, b);
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
}

/** Parts that are changed as a whole: half of one kind of rule and half of another would be neither. */
function isWhole(value: Fields): boolean {
  return "kind" in value;
}

function mergeValues(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isSame(mine, base)) return theirs;
  if (isSame(theirs, base) || !isFields(base) || !isFields(mine) || !isFields(theirs)) return mine;
  if (isWhole(mine)) return mine;
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const merged: Record<string, unknown> = {};
  for (const name of names) {
    const isRemoved = (side: Fields, other: Fields): boolean => !(name in side) && name in base && isSame(other[name], base[name]);
    if (isRemoved(mine, theirs) || isRemoved(theirs, mine)) continue;
    merged[name] = mergeValues(base[name], mine[name], theirs[name]);
  }
  return merged;
}

/** @param base the document that both changed. */
export function mergeDocuments<T extends object>(base: T, mine: T, theirs: T): T {
  return mergeValues(base, mine, theirs) as T;
}
