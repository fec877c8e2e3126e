"use client";
/** The runs and groups that are selected in the table, for actions on all of them. A group stands for all of its runs, shown or not. */
import { useCallback, useMemo, useState } from "react";

export interface Selection {
  /** Keys, such as RUN-142. */
  readonly runs: ReadonlySet<string>;
  /** The searches of groups, with their numbers of runs. */
  readonly groups: ReadonlyMap<string, number>;
  /** Of the selected runs and of all runs of the selected groups. */
  readonly count: number;
  toggleRun(key: string): void;
  toggleGroup(search: string, runCount: number): void;
  clear(): void;
}

export function useSelection(): Selection {
  const [runs, setRuns] = useState<ReadonlySet<string>>(new Set());
  const [groups, setGroups] = useState<ReadonlyMap<string, number>>(new Map());
  const toggleRun = useCallback(
    (key: string) =>
      setRuns((before) => {
        const after = new Set(before);
        if (!after.delete(key)) after.add(key);
        return after;
      }),
    [],
  );
  const toggleGroup = useCallback(
    (search: string, runCount: number) =>
      setGroups((before) => {
        const after = new Map(before);
        if (!after.delete(search)) after.set(search, runCount);
        return after;
      }),
    [],
  );
  const clear = useCallback(() => {
    setRuns(new Set());
    setGroups(new Map());
  }, []);
  const count = runs.size + [...groups.values()].reduce((sum, runCount) => sum + runCount, 0);
  return useMemo(() => ({ runs, groups, count, toggleRun, toggleGroup, clear }), [runs, groups, count, toggleRun, toggleGroup, clear]);
}
