/**
 * Shapes with symbolic sizes. A size known only at run time is a name ("batch") or a product of a number and names ("16*batch"). The
 * spelling is canonical, so sizes are equal exactly when their spellings are.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

interface Monomial {
  readonly factor: number;
  readonly words: readonly string[];
}

function parse(dim: Dim): Monomial {
  if (typeof dim === "number") return { factor: dim, words: [] };
  const [first = "", ...rest] = dim.split("*");
  return /^\d+$/.test(first) ? { factor: Number(first), words: rest } : { factor: 1, words: [first, ...rest] };
}

function print({ factor, words }: Monomial): Dim {
  if (words.length === 0 || factor === 0) return factor;
  return [...(factor === 1 ? [] : [String(factor)]), ...words.toSorted()].join("*");
}

export function product(dims: Shape): Dim {
  const parts = dims.map(parse);
  return print({ factor: parts.reduce((total, part) => total * part.factor, 1), words: parts.flatMap((part) => part.words) });
}

/** `total` / `part`; null if it does not divide. */
export function quotient(total: Dim, part: Dim): Dim | null {
  const whole = parse(total);
  const divisor = parse(part);
  const words = [...whole.words];
  for (const word of divisor.words) {
    const at = words.indexOf(word);
    if (at < 0) return null;
    words.splice(at, 1);
  }
  const factor = whole.factor / divisor.factor;
  return Number.isInteger(factor) ? print({ factor, words }) : null;
}

/** Broadcasting as in NumPy and ONNX: shapes align at their ends, and a size of 1 stretches. Null if two sizes conflict. */
export function broadcast(left: Shape, right: Shape): Shape | null {
  const rank = Math.max(left.length, right.length);
  const result: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a !== b && a !== 1 && b !== 1) return null;
    result.push(a === 1 ? b : a);
  }
  return result;
}

/** Converts a negative axis to one counted from the front. */
export function frontAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
