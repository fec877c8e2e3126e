"use client";
/** A button that appears while new rows or another order wait for the end of the reading. */
import toolStyles from "../marks/ToolButton.module.css";
import { useWaitingRows } from "./HeldLists.tsx";

/** @param noun such as "run". */
export function WaitingRows({ noun }: { readonly noun: string }) {
  const waiting = useWaitingRows();
  return (
    <span role="status">
      {waiting === null ? null : (
        <button type="button" className={toolStyles.toolButton} onClick={waiting.show} title="The list updates itself when you leave it.">
          {waiting.newCount === 0 ? "Show the new order" : `${waiting.newCount} new ${noun}${waiting.newCount === 1 ? "" : "s"}`}
        </button>
      )}
    </span>
  );
}
