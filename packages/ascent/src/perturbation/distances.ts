/** Distances between two stored images, in grey levels over all values. */
export interface Distances {
  readonly linf: number;
  readonly l2: number;
  readonly meanAbsolute: number;
}

/** Number of values that differ. */
export function countDifferent(first: Uint8Array, second: Uint8Array): number {
  return first.reduce((count, value, at) => count + (value === second[at] ? 0 : 1), 0);
}

export function distancesBetween(first: Uint8Array, second: Uint8Array): Distances {
  let largest = 0;
  let square = 0;
  let sum = 0;
  for (let i = 0; i < first.length; i++) {
    const difference = Math.abs((first[i] as number) - (second[i] as number));
    largest = Math.max(largest, difference);
    square += difference * difference;
    sum += difference;
  }
  return { linf: largest, l2: Math.sqrt(square), meanAbsolute: first.length === 0 ? 0 : sum / first.length };
}
