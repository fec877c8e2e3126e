"use client";
/** Says how many selected rows have left the table, so that nothing happens to them, and includes them if the user wants to. */
import bulkStyles from "../bulk/Bulk.module.css";
import floatStyles from "../marks/Float.module.css";
import { countRows, nameRows } from "./partSelection.ts";
import type { Selection } from "./useSelection.ts";

export function LeftRows({ selection }: { readonly selection: Selection }) {
  const count = countRows(selection.left);
  if (count === 0) return null;
  return (
    <>
      <span className={`t12 muted ${bulkStyles.left}`} role="status">
        {nameRows(selection.left)} no longer in the table, left out
      </span>
      <button type="button" onClick={selection.keepLeft}>
        {count === 1 ? "Include it" : "Include them"}
      </button>
    </>
  );
}

/** The bar while no selected row is in the table. */
export function LeftRowsBar({ selection }: { readonly selection: Selection }) {
  if (countRows(selection.left) === 0) return null;
  return (
    <div role="toolbar" aria-label="Selected runs" className={`${floatStyles.float} ${bulkStyles.bar}`}>
      <span className={bulkStyles.count}>
        <b>None selected</b>
      </span>
      <LeftRows selection={selection} />
      <span className={bulkStyles.divider} />
      <button type="button" onClick={selection.clear}>
        Clear
      </button>
    </div>
  );
}
