"use client";
/**
 * Selects rows of a list by pointer and keyboard: a checkbox, Shift for a range, X for the row with the focus or under the pointer, Ctrl or
 * Command with A for all loaded rows. Rows carry `data-row-id`.
 */
import { useState } from "react";
import { useShortcut } from "../marks/useShortcut.ts";
import { nothingSelected, selectAll, selectedOf, toggleRow } from "./rangeSelection.ts";

export interface Selection<Row> {
  readonly rows: readonly Row[];
  has(id: string): boolean;
  toggle(id: string, range: boolean): void;
  toggleAll(): void;
  clear(): void;
}

function rowAtHand(): string | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row-id]");
  return (focused ?? document.querySelector<HTMLElement>("[data-row-id]:hover"))?.dataset["rowId"];
}

/** @param rows the loaded rows, in their order; `enabled` is false for people who may change none. */
export function useSelection<Row extends { readonly id: string }>(rows: readonly Row[], enabled: boolean): Selection<Row> {
  const [selection, setSelection] = useState(nothingSelected);
  const order = rows.map(({ id }) => id);
  const selected = enabled ? selectedOf(selection, rows) : [];
  const toggle = (id: string, range: boolean) => setSelection(toggleRow(selection, order, id, range));
  const options = { enabled: enabled && rows.length > 0 };
  useShortcut(
    "x,shift+x",
    (event) => {
      const id = rowAtHand();
      if (id !== undefined) toggle(id, event.shiftKey);
    },
    // The focused element is a checkbox after a click.
    {
      ...options,
      enableOnFormTags: ["INPUT"],
      ignoreEventWhen: ({ target }) => target instanceof HTMLInputElement && target.type !== "checkbox",
    },
  );
  useShortcut("mod+a", () => setSelection(selectAll(order)), {
    ...options,
    preventDefault: true,
    enableOnFormTags: ["INPUT"],
    ignoreEventWhen: ({ target }) => target instanceof HTMLInputElement && target.type !== "checkbox",
  });
  return {
    rows: selected,
    has: (id) => selection.ids.has(id),
    toggle,
    toggleAll: () => setSelection(selected.length === rows.length ? nothingSelected : selectAll(order)),
    clear: () => setSelection(nothingSelected),
  };
}
