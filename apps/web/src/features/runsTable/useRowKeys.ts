"use client";
/** Keys of the table: j and k focus the next and the previous row, x selects it, Enter opens it. */
import type { RefObject } from "react";
import { useShortcut } from "../marks/useShortcut.ts";

/** Marks the link or button that opens a row. */
export const rowTarget = "data-row-target";

export function useRowKeys(table: RefObject<HTMLElement | null>): void {
  const move = (step: 1 | -1) => {
    const targets = [...(table.current?.querySelectorAll<HTMLElement>(`[${rowTarget}]`) ?? [])];
    const current = targets.findIndex((target) => target.closest("tr")?.contains(document.activeElement));
    const next = current < 0 ? (step === 1 ? 0 : targets.length - 1) : current + step;
    targets[Math.min(targets.length - 1, Math.max(0, next))]?.focus();
  };
  useShortcut("j", () => move(1), { preventDefault: true });
  useShortcut("k", () => move(-1), { preventDefault: true });
  useShortcut("x", () => {
    const row = document.activeElement?.closest("tr");
    if (row && table.current?.contains(row)) row.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
  });
}
