"use client";
/** The runs and groups that are selected in the table, for actions on all of them. A group stands for all of its runs, shown or not. */
import { useCallback, useMemo, useRef, useState } from "react";
import { nothingSelected, type RangeSelection, selectAll, toggleRow } from "../bulk/rangeSelection.ts";

export interface Selection {
  /** Keys, such as RUN-142. */
  readonly runs: ReadonlySet<string>;
  /** The searches of groups, with their numbers of runs. */
  readonly groups: ReadonlyMap<string, number>;
  /** Of the selected runs and of all runs of the selected groups. */
  readonly count: number;
  /** With `range`, all runs from the last one to this one. */
  toggleRun(key: string, range: boolean): void;
  /** Selects all runs that the table shows, or none if they are selected. */
  selectShown(): void;
  toggleGroup(search: string, runCount: number): void;
  clear(): void;
}

/** @param shownKeys the keys of the runs in the table, in its order. */
export function useSelection(shownKeys: () => readonly string[]): Selection {
  const [selected, setSelected] = useState<RangeSelection>(nothingSelected);
  const shown = useRef(shownKeys);
  shown.current = shownKeys;
  const runs = selected.ids;
  const [groups, setGroups] = useState<ReadonlyMap<string, number>>(new Map());
  const toggleRun = useCallback(
    (key: string, range: boolean) => setSelected((before) => toggleRow(before, shown.current(), key, range)),
    [],
  );
  const selectShown = useCallback(
    () =>
      setSelected((before) => {
        const keys = shown.current();
        return keys.every((key) => before.ids.has(key)) ? nothingSelected : selectAll(keys);
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
    setSelected(nothingSelected);
    setGroups(new Map());
  }, []);
  const count = runs.size + [...groups.values()].reduce((sum, runCount) => sum + runCount, 0);
  return useMemo(
    () => ({ runs, groups, count, toggleRun, selectShown, toggleGroup, clear }),
    [runs, groups, count, toggleRun, selectShown, toggleGroup, clear],
  );
}
