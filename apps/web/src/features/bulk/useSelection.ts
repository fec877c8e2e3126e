"use client";
/**
 * Selects rows of a list by pointer and keyboard: a checkbox, Shift for a range, X for the row with the focus or under the pointer, Ctrl or
 * Command with A for all loaded rows. Rows carry `data-row-id`, and note what the actions on a selection need of them.
 */
import { type RefObject, useCallback, useState } from "react";
import { useShortcut } from "../marks/useShortcut.ts";
import { onCheckboxes } from "./onCheckboxes.ts";
import { nothingSelected, selectAll, selectedOf, toggleRow } from "./rangeSelection.ts";

export interface Selection<Row> {
  readonly rows: readonly Row[];
  /** Of the selected rows among those in the list. */
  readonly share: "none" | "some" | "all";
  has(id: string): boolean;
  toggle(id: string, range: boolean): void;
  toggleAll(): void;
  clear(): void;
  /** Called by each row of the list with its data, and with null when it leaves the list. */
  note(id: string, row: Row | null): void;
}

/** @param enabled false for people who may change no row. */
export function useSelection<Row extends { readonly id: string }>(list: RefObject<HTMLElement | null>, enabled: boolean): Selection<Row> {
  const [selection, setSelection] = useState(nothingSelected);
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Row>>(new Map());
  const selected = enabled ? selectedOf(selection, [...loaded.values()]) : [];
  const order = () =>
    [...(list.current?.querySelectorAll<HTMLElement>("[data-row-id]") ?? [])].flatMap(({ dataset }) => dataset["rowId"] ?? []);
  const toggle = (id: string, range: boolean) => setSelection((last) => toggleRow(last, order(), id, range));
  const toggleAll = () => setSelection(selected.length === loaded.size ? nothingSelected : selectAll(order()));
  const note = useCallback((id: string, row: Row | null) => {
    setLoaded((last) => {
      const next = new Map(last);
      if (row === null) next.delete(id);
      else next.set(id, row);
      return next;
    });
  }, []);
  const keys = { enabled: enabled && loaded.size > 0, ...onCheckboxes };
  useShortcut(
    "x,shift+x",
    (event) => {
      const row =
        document.activeElement?.closest<HTMLElement>("[data-row-id]") ?? document.querySelector<HTMLElement>("[data-row-id]:hover");
      const id = row?.dataset["rowId"];
      if (id !== undefined) toggle(id, event.shiftKey);
    },
    keys,
  );
  useShortcut("mod+a", toggleAll, { ...keys, preventDefault: true });
  return {
    rows: selected,
    share: selected.length === 0 ? "none" : selected.length === loaded.size ? "all" : "some",
    has: (id) => selection.ids.has(id),
    toggle,
    toggleAll,
    clear: () => setSelection(nothingSelected),
    note,
  };
}
