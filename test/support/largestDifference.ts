/** Compares two documents of the same shape, number by number. */

export interface Difference {
  readonly largest: number;
  /** How many numbers were compared. */
  readonly numbers: number;
}

/** @throws Error naming the first place where one has a value and the other something else than a number. */
export function largestDifference(one: unknown, other: unknown, path = "document"): Difference {
  if (typeof one === "number" && typeof other === "number") return { largest: Math.abs(one - other), numbers: 1 };
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    if (one !== other) throw new Error(`${path} is ${JSON.stringify(one)} in one and ${JSON.stringify(other)} in the other.`);
    return { largest: 0, numbers: 0 };
  }
  const names = [one, other].map((part) => Object.keys(part).toSorted().join(", "));
  if (names[0] !== names[1]) throw new Error(`${path} has the parts ${names[0]} in one and ${names[1]} in the other.`);
  return Object.entries(one).reduce<Difference>(
    (sum, [name, value]) => {
      const { largest, numbers } = largestDifference(value, (other as Record<string, unknown>)[name], `${path}.${name}`);
      return { largest: Math.max(sum.largest, largest), numbers: sum.numbers + numbers };
    },
    { largest: 0, numbers: 0 },
  );
}
