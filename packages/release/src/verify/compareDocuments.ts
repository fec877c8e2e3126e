/** The first difference between a published document and the recomputed one. */

export const tolerance = 1e-9;

export interface Comparison {
  /** Numbers that were compared. */
  readonly numbers: number;
  /** A sentence; null if the documents are the same. */
  readonly difference: string | null;
}

/** Numbers may differ by 1e-9, or by this share of numbers above 1. Fields that only one document has are differences. */
export function compareDocuments(published: unknown, recomputed: unknown): Comparison {
  let numbers = 0;
  const show = (value: unknown): string => (value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing").slice(0, 120));
  const differ = (path: string, one: unknown, other: unknown): string => `${path}: published ${show(one)}, recomputed ${show(other)}`;
  // A stack instead of recursion: a hostile document may be nested deeply.
  const stack: { readonly path: string; readonly one: unknown; readonly other: unknown }[] = [
    { path: "", one: published, other: recomputed },
  ];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { path, one, other } = next;
    if (typeof one === "number" && typeof other === "number") {
      numbers++;
      const allowed = tolerance * Math.max(1, Math.abs(one), Math.abs(other));
      if (!(Math.abs(one - other) <= allowed)) return { numbers, difference: differ(path, one, other) };
      continue;
    }
    if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
      if (one !== other) return { numbers, difference: differ(path, one, other) };
      continue;
    }
    if (Array.isArray(one) !== Array.isArray(other)) return { numbers, difference: differ(path, one, other) };
    const isList = Array.isArray(one);
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    // In order of the document, since the last on the stack comes first.
    for (const name of names.reverse()) {
      const of = (document: object): unknown =>
        Object.hasOwn(document, name) ? (document as Readonly<Record<string, unknown>>)[name] : undefined;
      stack.push({ path: isList ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`, one: of(one), other: of(other) });
    }
  }
  return { numbers, difference: null };
}
