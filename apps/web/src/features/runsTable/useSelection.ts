"use client";
/**
 * The runs and groups that are selected in the table, for actions on all of them. A group stands for all of its runs, shown or not. Rows
 * that have left the table count only if the user keeps them.
 */
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { nothingSelected, type RangeSelection, toggleRow } from "../bulk/rangeSelection.ts";
import { partSelection, type SelectedRows, type SelectionParts } from "./partSelection.ts";

export interface Selection extends SelectionParts {
  /** With those that have left the table. */
  readonly all: SelectedRows;
  /** Of the runs in the table, how many are selected. */
  readonly share: "none" | "some" | "all";
  /** With `range`, all runs from the last one to this one. */
  toggleRun(key: string, range: boolean): void;
  /** Selects all runs that the table shows as well, or deselects them if all are selected. */
  selectShown(): void;
  toggleGroup(search: string, runCount: number): void;
  /** Counts the selected rows that have left the table. */
  keepLeft(): void;
  clear(): void;
  /** Called by each page of the table with the keys or searches of its rows, and with none when it goes. */
  noteRows(page: string, names: readonly string[]): void;
}

/** Tells the selection which rows a page of the table shows. */
export function useNotedRows({ noteRows }: Selection, names: readonly string[]): void {
  const page = useId();
  const text = JSON.stringify(names);
  useEffect(() => {
    noteRows(page, JSON.parse(text) as string[]);
    return () => noteRows(page, []);
  }, [noteRows, page, text]);
}

/** @param shownKeys the keys of the runs in the table, in its order. */
export function useSelection(shownKeys: () => readonly string[]): Selection {
  const [selected, setSelected] = useState<RangeSelection>(nothingSelected);
  const [groups, setGroups] = useState<ReadonlyMap<string, number>>(new Map());
  const [keeps, setKeeps] = useState<ReadonlySet<string>>(new Set());
  const [pages, setPages] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  const shown = useRef(shownKeys);
  shown.current = shownKeys;
  const all = useMemo(() => ({ runs: selected.ids, groups }), [selected, groups]);
  const names = useMemo(() => new Set([...pages.values()].flat()), [pages]);
  const deselected = [...keeps].filter((name) => !selected.ids.has(name) && !groups.has(name));
  if (deselected.length > 0) setKeeps(new Set([...keeps].filter((name) => !deselected.includes(name))));
  const parts = useMemo(() => partSelection(all, names, keeps), [all, names, keeps]);
  const toggleRun = useCallback(
    (key: string, range: boolean) => setSelected((before) => toggleRow(before, shown.current(), key, range)),
    [],
  );
  const selectShown = useCallback(
    () =>
      setSelected((before) => {
        const keys = shown.current();
        const ids = new Set(before.ids);
        const selects = !keys.every((key) => ids.has(key));
        for (const key of keys)
          if (selects) ids.add(key);
          else ids.delete(key);
        return { ids, anchor: keys.at(-1) ?? null };
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
  const { left } = parts;
  const keepLeft = useCallback(() => setKeeps((before) => new Set([...before, ...left.runs, ...left.groups.keys()])), [left]);
  const clear = useCallback(() => {
    setSelected(nothingSelected);
    setGroups(new Map());
    setKeeps(new Set());
  }, []);
  const noteRows = useCallback((page: string, rows: readonly string[]) => {
    setPages((before) => {
      const after = new Map(before);
      if (rows.length === 0) after.delete(page);
      else after.set(page, rows);
      return after;
    });
  }, []);
  const inTable = [...selected.ids].filter((key) => names.has(key)).length;
  const share = inTable === 0 ? "none" : inTable === names.size ? "all" : "some";
  return useMemo(
    () => ({ ...parts, all, share, toggleRun, selectShown, toggleGroup, keepLeft, clear, noteRows }),
    [parts, all, share, toggleRun, selectShown, toggleGroup, keepLeft, clear, noteRows],
  );
}
