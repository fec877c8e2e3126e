/**
 * Parts a selection in the table of runs: a change affects the selected rows that the table shows, and those that the user has kept after
 * they left it. Others that left it, such as by another search, stay selected for their return, but nothing happens to them unseen.
 */
import { formatCount } from "../marks/numbers.ts";

export interface SelectedRows {
  /** Keys, such as RUN-142. */
  readonly runs: ReadonlySet<string>;
  /** The searches of groups, with their numbers of runs. */
  readonly groups: ReadonlyMap<string, number>;
}

export interface SelectionParts {
  /** In the table, or kept. */
  readonly counted: SelectedRows;
  /** Those of `counted` that are not in the table. */
  readonly kept: SelectedRows;
  /** Rows that have left the table and that the user does not keep. */
  readonly left: SelectedRows;
}

/**
 * @param shown the keys and searches of the rows in the table
 * @param keeps those that the user keeps
 */
export function partSelection({ runs, groups }: SelectedRows, shown: ReadonlySet<string>, keeps: ReadonlySet<string>): SelectionParts {
  const only = (includes: (name: string) => boolean): SelectedRows => ({
    runs: new Set([...runs].filter(includes)),
    groups: new Map([...groups].filter(([search]) => includes(search))),
  });
  return {
    counted: only((name) => shown.has(name) || keeps.has(name)),
    kept: only((name) => !shown.has(name) && keeps.has(name)),
    left: only((name) => !shown.has(name) && !keeps.has(name)),
  };
}

export function countRows({ runs, groups }: SelectedRows): number {
  return runs.size + groups.size;
}

/** Such as "2 runs and 1 group". */
export function nameRows({ runs, groups }: SelectedRows): string {
  const count = (number: number, noun: string) => (number === 0 ? [] : [`${formatCount(number)} ${noun}${number === 1 ? "" : "s"}`]);
  return [...count(runs.size, "run"), ...count(groups.size, "group")].join(" and ");
}
