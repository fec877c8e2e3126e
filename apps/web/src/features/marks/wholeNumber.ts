/** Whether a URL parameter is a whole number from 0: only digits, and few enough for an exact number. */
export function isWholeNumber(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

/** Whether it is the index of one of `count` items, from 0. */
export function isIndexOf(text: string, count: number): boolean {
  return isWholeNumber(text) && Number(text) < count;
}
