/**
 * How often a voter saw the image of each trial on this device. A reload or an undo shows a brief image again, and who saw it twice saw it
 * for longer than planned, so each vote says so.
 */

/** The browser's storage; null if it forbids storage, and each page then counts from 1. */
type CountStorage = Pick<Storage, "getItem" | "setItem"> | null;

function readCounts(storage: CountStorage, key: string): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(key) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Record<string, number>) : {};
  } catch {
    return {};
  }
}

/**
 * @param voter The voter's workspace, study and pseudonym.
 * @param more 1 once the image of a presentation appears; 0 to read the number.
 * @returns the number of presentations of the trial.
 */
export function countPresentation(storage: CountStorage, voter: string, trial: number, more: 0 | 1): number {
  const key = `pareidolia.shown.${voter}`;
  const counts = readCounts(storage, key);
  const count = (Number.isSafeInteger(counts[trial]) ? (counts[trial] as number) : 0) + more;
  try {
    storage?.setItem(key, JSON.stringify({ ...counts, [trial]: count }));
  } catch {
    // The storage is full.
  }
  return count;
}
