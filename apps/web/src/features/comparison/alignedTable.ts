/** The settings and the images of a few entries stand in the same columns; those of many need their width. */
import type { CSSProperties } from "react";
import styles from "./Comparison.module.css";

const mostAligned = 4;
/** In pixels: a label, and an image of 84 with its confidence. */
const labelWidth = 104;
const entryWidth = 168;

interface TableLook {
  readonly className: string;
  readonly style: CSSProperties;
}

export function alignedTable(own: string | undefined, entries: number): TableLook {
  if (entries > mostAligned) return { className: own ?? "", style: {} };
  return { className: `${own ?? ""} ${styles.aligned ?? ""}`, style: { minWidth: labelWidth + entries * entryWidth } };
}
