"use client";
/** Keys of the table: j and k focus the next and the previous row, x selects it, Shift+X a range, Ctrl or Command with A all, Enter opens it. */
import type { RefObject } from "react";
import { onCheckboxes } from "../bulk/onCheckboxes.ts";
import { useShortcut } from "../marks/useShortcut.ts";

/** Marks the link or button that opens a row. */
export const rowTarget = "data-row-target";

/** @param selectShown null where rows are not selected together. */
export function useRowKeys(table: RefObject<HTMLElement | null>, selectShown: (() => void) | null): void {
  const move = (step: 1 | -1) => {
    const targets = [...(table.current?.querySelectorAll<HTMLElement>(`[${rowTarget}]`) ?? [])];
    const current = targets.findIndex((target) => target.closest("tr")?.contains(document.activeElement));
    const next = current < 0 ? (step === 1 ? 0 : targets.length - 1) : current + step;
    targets[Math.min(targets.length - 1, Math.max(0, next))]?.focus();
  };
  useShortcut("j", () => move(1), { preventDefault: true, ...onCheckboxes });
  useShortcut("k", () => move(-1), { preventDefault: true, ...onCheckboxes });
  useShortcut(
    "x,shift+x",
    ({ shiftKey }) => {
      const row = document.activeElement?.closest("tr") ?? table.current?.querySelector("tbody tr:hover");
      if (!row || !table.current?.contains(row)) return;
      row
        .querySelector<HTMLInputElement>('input[type="checkbox"]')
        ?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
    },
    onCheckboxes,
  );
  useShortcut("mod+a", () => selectShown?.(), { enabled: selectShown !== null, preventDefault: true, ...onCheckboxes });
}
