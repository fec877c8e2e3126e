/** Finds the known name that was probably meant by a mistyped one. */

/** Insertions, deletions, substitutions and swaps of neighbours (Damerau 1964, "A technique for computer detection and correction"). */
export function editDistance(a: string, b: string): number {
  let earlier: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(substituted, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (earlier[j - 2] as number) + 1);
      row.push(least);
    }
    earlier = last;
    last = row;
  }
  return last[b.length] as number;
}

/** Null if no name is close enough: up to a third of the letters may differ, and one always may. */
export function nearestName(given: string, names: readonly string[]): string | null {
  const lower = given.toLowerCase();
  const most = Math.max(1, Math.floor(lower.length / 3));
  let nearest: string | null = null;
  let least = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - lower.length) >= least) continue;
    const distance = editDistance(lower, name.toLowerCase());
    if (distance < least) [nearest, least] = [name, distance];
  }
  return nearest;
}
