"use client";
/**
 * Keeps the rows of a list in place while someone reads it, and says how many wait. `HeldLists` surrounds the list and the note;
 * `useHeldRows` is for each of its pages.
 */
import { createContext, type ReactNode, type RefObject, useCallback, useContext, useEffect, useId, useMemo, useState } from "react";
import { useOwnChange } from "../marks/ownChanges.ts";
import { type Held, holdRows, type Listed } from "./heldRows.ts";
import { useReading } from "./useReading.ts";

type Waiting = Pick<Held<unknown>, "newCount" | "hasMoved">;

interface HeldListsContext {
  readonly isHeld: boolean;
  /** Increases when the waiting rows are to be shown. */
  readonly release: number;
  readonly waiting: ReadonlyMap<string, Waiting>;
  report(page: string, waiting: Waiting | null): void;
  show(): void;
}

const Context = createContext<HeldListsContext | null>(null);

interface HeldListsProps {
  readonly list: RefObject<HTMLElement | null>;
  /** Whether the list's element is there. */
  readonly isThere: boolean;
  readonly children: ReactNode;
}

export function HeldLists({ list, isThere, children }: HeldListsProps) {
  const isReading = useReading(list, isThere);
  const hasJustChanged = useOwnChange();
  const isHeld = isReading && !hasJustChanged;
  const [release, setRelease] = useState(0);
  const [waiting, setWaiting] = useState<ReadonlyMap<string, Waiting>>(new Map());
  const report = useCallback((page: string, next: Waiting | null) => {
    setWaiting((last) => {
      const changed = new Map(last);
      if (next === null) changed.delete(page);
      else changed.set(page, next);
      return changed;
    });
  }, []);
  const value = useMemo(
    () => ({ isHeld, release, waiting, report, show: () => setRelease((last) => last + 1) }),
    [isHeld, release, waiting, report],
  );
  return <Context value={value}>{children}</Context>;
}

interface ShownRows<Row> {
  readonly view: string;
  readonly release: number;
  readonly listed: Listed<Row>;
}

/**
 * @param view names what the page lists: its query's variables. Rows of another view are never held; null while the present rows are still
 * those of the previous view.
 * @param idOf names a row, always the same function; null holds nothing.
 */
export function useHeldRows<Row>(
  present: Listed<Row> | undefined,
  view: string | null,
  idOf: ((row: Row) => string) | null,
): Listed<Row> | undefined {
  const context = useContext(Context);
  const page = useId();
  const [last, setLast] = useState<ShownRows<Row> | null>(null);
  const { isHeld, release, report } = context ?? { isHeld: false, release: 0, report: null };
  const isSame = isHeld && last?.view === view && last.release === release;
  const held = present !== undefined && idOf !== null && isSame ? holdRows(last.listed, present, idOf) : null;
  const shown = held?.shown ?? present;
  if (
    present !== undefined &&
    held === null &&
    idOf !== null &&
    view !== null &&
    (last?.listed.rows !== present.rows || last.view !== view || last.release !== release)
  )
    setLast({ view, release, listed: present });
  const newCount = held?.newCount ?? 0;
  const hasMoved = held?.hasMoved ?? false;
  useEffect(() => {
    if (newCount === 0 && !hasMoved) return;
    report?.(page, { newCount, hasMoved });
    return () => report?.(page, null);
  }, [report, page, newCount, hasMoved]);
  return shown;
}

/** How many new rows wait, and whether the order has changed; null if the list is as shown. */
export function useWaitingRows(): { readonly newCount: number; show(): void } | null {
  const context = useContext(Context);
  if (context === null || context.waiting.size === 0) return null;
  // Each page also counts rows that other pages have pushed to it, so only the first page's are new.
  const [first] = context.waiting.values();
  return { newCount: first?.newCount ?? 0, show: context.show };
}
