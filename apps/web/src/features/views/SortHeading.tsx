/** The heading of a column. That of a sortable column orders the rows by it, and reverses the order when it is used again. */
import type { ReactNode } from "react";
import type { Sort } from "./listSort.ts";
import styles from "./SortHeading.module.css";

interface SortHeadingProps {
  readonly label: string;
  readonly description?: string;
  /** The field by which it orders the rows; null if it does not. */
  readonly field: string | null;
  /** Numbers and times start with the highest. */
  readonly isNumber?: boolean;
  readonly sort: Sort;
  readonly className?: string;
  /** Below the label. */
  readonly children?: ReactNode;
  onSort(sort: Sort): void;
}

export function SortHeading({ label, description, field, isNumber = false, sort, className, children, onSort }: SortHeadingProps) {
  const isSorted = field !== null && sort.column === field;
  const isDescending = sort.direction === "DESC";
  const next = isSorted ? (isDescending ? "ASC" : "DESC") : isNumber ? "DESC" : "ASC";
  return (
    <th scope="col" className={className} aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : undefined}>
      {field === null ? (
        <span title={description}>{label}</span>
      ) : (
        <button type="button" title={description} className={styles.sort} onClick={() => onSort({ column: field, direction: next })}>
          {label}
          {isSorted ? <span aria-hidden="true"> {isDescending ? "↓" : "↑"}</span> : null}
        </button>
      )}
      {children}
    </th>
  );
}
