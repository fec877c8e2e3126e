/**
 * The class whose confidence a search changed, with its confidence twice: during the search, on float pixels, and on the decoded bytes of the
 * stored image. Both scores are of the one class that is named here, so scores of different classes cannot be compared by mistake.
 */
export interface SearchedClass {
  readonly class: number;
  readonly label: string;
  /** 0 to 1. */
  readonly search: number;
  /** 0 to 1. */
  readonly stored: number;
}

/** By how much rounding to bytes changed the confidence in the class. */
export function roundingDifference({ search, stored }: SearchedClass): number {
  return stored - search;
}
