"use client";
/**
 * Enter that is pressed before the results of the typed text have arrived waits for them, and then opens the first elite, or the selected
 * row if there is none. A row that was selected with the arrow keys since the last character opens at once.
 */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

const arrows: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "Home", "End"]);
const enabled = '[cmdk-item]:not([aria-disabled="true"])';

interface EarlyEnterOptions {
  readonly isSettled: boolean;
  /** Elites are listed first, though what is selected may be a row that was there before them. */
  readonly hasElites: boolean;
  readonly list: RefObject<HTMLElement | null>;
}

export function useEarlyEnter({ isSettled, hasElites, list }: EarlyEnterOptions) {
  const [isWaiting, setWaiting] = useState(false);
  const choseRow = useRef(false);

  useEffect(() => {
    if (!isWaiting || !isSettled) return;
    setWaiting(false);
    const find = (selector: string) => list.current?.querySelector<HTMLElement>(selector);
    const selected = hasElites ? null : find(`${enabled}[aria-selected="true"]`);
    (selected ?? find(enabled))?.click();
  }, [isWaiting, isSettled, hasElites, list]);

  return {
    isWaiting,
    noteKey(event: KeyboardEvent): void {
      if (arrows.has(event.key)) choseRow.current = true;
      if (event.key !== "Enter" || isSettled || choseRow.current || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting(true);
    },
    noteText(): void {
      choseRow.current = false;
      setWaiting(false);
    },
  };
}
