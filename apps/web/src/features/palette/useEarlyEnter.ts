"use client";
/**
 * Enter that is pressed before the results of the typed text have arrived waits for them, and then opens the row that is selected, or the
 * first if none is. A row that was selected with the arrow keys since the last character opens at once.
 */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

const arrows: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "Home", "End"]);
const enabled = '[cmdk-item]:not([aria-disabled="true"])';

export function useEarlyEnter({ isSettled, list }: { readonly isSettled: boolean; readonly list: RefObject<HTMLElement | null> }) {
  const [stage, setStage] = useState<"none" | "waiting" | "opening">("none");
  const choseRow = useRef(false);

  useEffect(() => {
    // The first result is selected in the next render.
    if (stage === "waiting" && isSettled) setStage("opening");
    if (stage !== "opening") return;
    setStage("none");
    const find = (selector: string) => list.current?.querySelector<HTMLElement>(selector);
    (find(`${enabled}[aria-selected="true"]`) ?? find(enabled))?.click();
  }, [stage, isSettled, list]);

  return {
    isWaiting: stage !== "none",
    noteKey(event: KeyboardEvent): void {
      if (arrows.has(event.key)) choseRow.current = true;
      if (event.key !== "Enter" || isSettled || choseRow.current || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      setStage("waiting");
    },
    noteText(): void {
      choseRow.current = false;
      setStage("none");
    },
  };
}
