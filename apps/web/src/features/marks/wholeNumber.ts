/** Whole numbers from 0 as an address writes them: digits and nothing else, few enough to be exact. */
export function isWholeNumber(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

/** Whether it names one of `count` things that are numbered from 0. */
export function isIndexOf(text: string, count: number): boolean {
  return isWholeNumber(text) && Number(text) < count;
}
