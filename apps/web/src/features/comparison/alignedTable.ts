/** The settings and the images of a few entries stand in the same columns; those of many need their width. */
import type { CSSProperties } from "react";
import styles from "./Comparison.module.css";

const maxAligned = 4;

interface TableLook {
  readonly className: string;
  readonly style: CSSProperties & { readonly "--entries"?: number };
}

export function alignedTable(own: string | undefined, entries: number): TableLook {
  if (entries > maxAligned) return { className: own ?? "", style: {} };
  return { className: `${own ?? ""} ${styles.aligned ?? ""}`, style: { "--entries": entries } };
}
