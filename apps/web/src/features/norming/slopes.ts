/**
 * The chart of votes in a norming room: a row for each choice, and a line for each voter from the blind vote to the second one. Positions
 * are in CSS pixels.
 */

export interface SlopeVote {
  readonly member: string;
  readonly round: number;
  /** Null for "nothing I recognise". */
  readonly choice: { readonly label: number; readonly name: string } | null;
}

export interface SlopeRow {
  /** Null for "nothing I recognise". */
  readonly label: number | null;
  readonly name: string;
  readonly blind: number;
  readonly again: number;
}

export interface SlopeLine {
  readonly member: string;
  /** Index of the row and the vertical position of the blind vote. */
  readonly from: { readonly row: number; readonly y: number };
  /** Null before the second vote. */
  readonly to: { readonly row: number; readonly y: number } | null;
  readonly moved: boolean;
}

export const rowHeight = 46;
const widestGap = 9;
/** Between the first or last dot of a row and the row's edge. */
const rowMargin = 5;

export const nothingName = "nothing I recognise";

/** Most blind votes first, then most second votes, then by name; "nothing I recognise" is last. */
export function slopeRows(votes: readonly SlopeVote[]): readonly SlopeRow[] {
  const rows = new Map<number | null, { name: string; blind: number; again: number }>();
  for (const { round, choice } of votes) {
    const label = choice?.label ?? null;
    const row = rows.get(label) ?? { name: choice?.name ?? nothingName, blind: 0, again: 0 };
    rows.set(label, row);
    if (round === 1) row.blind += 1;
    else row.again += 1;
  }
  return [...rows]
    .map(([label, row]) => ({ label, ...row }))
    .sort(
      (a, b) =>
        Number(a.label === null) - Number(b.label === null) || b.blind - a.blind || b.again - a.again || a.name.localeCompare(b.name),
    );
}

/** Dots of a row are spread around its middle. Those of the second round are in the order of where they come from, so lines cross less. */
export function slopeLines(votes: readonly SlopeVote[], rows: readonly SlopeRow[]): readonly SlopeLine[] {
  const rowOf = new Map(rows.map(({ label }, index) => [label, index]));
  const choices = new Map<string, { first?: number; second?: number }>();
  for (const { member, round, choice } of votes) {
    const of = choices.get(member) ?? {};
    choices.set(member, of);
    const row = rowOf.get(choice?.label ?? null);
    if (row !== undefined) of[round === 1 ? "first" : "second"] = row;
  }
  const members = [...choices].flatMap(([member, { first, second }]) => (first === undefined ? [] : [{ member, first, second }]));
  members.sort((a, b) => a.first - b.first || (a.second ?? 0) - (b.second ?? 0) || a.member.localeCompare(b.member));
  const yOf = (row: number, slot: number, count: number): number => {
    const gap = count < 2 ? 0 : Math.min(widestGap, (rowHeight - 2 * rowMargin) / (count - 1));
    return (row + 0.5) * rowHeight + (slot - (count - 1) / 2) * gap;
  };
  return members.map(({ member, first, second }) => {
    const before = members.filter((other) => other.first === first);
    const after = members.filter((other) => second !== undefined && other.second === second);
    const indexOf = (list: typeof members): number => list.findIndex((other) => other.member === member);
    return {
      member,
      from: { row: first, y: yOf(first, indexOf(before), before.length) },
      to: second === undefined ? null : { row: second, y: yOf(second, indexOf(after), after.length) },
      moved: second !== undefined && second !== first,
    };
  });
}

const words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const inWords = (count: number): string => words[count] ?? String(count);

/** "three of eight changed their vote"; null before a second vote. */
export function describeMoves(lines: readonly SlopeLine[]): string | null {
  const again = lines.filter(({ to }) => to !== null);
  if (again.length === 0) return null;
  const moved = again.filter((line) => line.moved).length;
  return `${inWords(moved)} of ${inWords(again.length)} changed their vote`;
}
