/** The headings of the table. A heading of a sortable column orders the rows by it, and reverses the order when it is used again. */
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import { plotTicks, plotWidth, plotX } from "./IntervalPlot.tsx";
import styles from "./RunsTable.module.css";
import type { TableColumn } from "./tableColumns.ts";
import type { Sort } from "./viewState.ts";

interface TableHeadProps {
  readonly columns: readonly TableColumn[];
  readonly isGrouped: boolean;
  readonly sort: Sort;
  onSort(sort: Sort): void;
  /** How many of the shown runs are selected. */
  readonly selectedShare: "none" | "some" | "all";
  onSelectAll(): void;
}

function NinesAxis() {
  return (
    <span className={styles.axis} aria-hidden="true" style={{ width: plotWidth }}>
      <span className={styles.ramp} />
      {plotTicks.map((tick) => (
        <span key={tick} className={styles.axisTick} style={{ left: plotX(tick) }}>
          {formatAxisConfidence(1 - 10 ** -tick)}
        </span>
      ))}
    </span>
  );
}

export function TableHead({ columns, isGrouped, sort, onSort, selectedShare, onSelectAll }: TableHeadProps) {
  const heading = (label: string, description: string, sortField: string | null, isNumber: boolean) => {
    const isSorted = sortField !== null && sort.column === sortField;
    const arrow = sort.direction === "DESC" ? "↓" : "↑";
    if (sortField === null) return <span title={description}>{label}</span>;
    const direction = isSorted ? (sort.direction === "DESC" ? "ASC" : "DESC") : isNumber ? "DESC" : "ASC";
    return (
      <button type="button" title={description} className={styles.sort} onClick={() => onSort({ column: sortField, direction })}>
        {label}
        {isSorted ? <span aria-hidden="true"> {arrow}</span> : null}
      </button>
    );
  };
  const sorted = (sortField: string | null) =>
    sortField !== null && sort.column === sortField ? (sort.direction === "DESC" ? "descending" : "ascending") : undefined;
  const classOf = ({ id, isNumber }: TableColumn) => `${isNumber ? "right" : ""} ${styles[`column-${id}`] ?? styles.wide}`;
  return (
    <thead>
      <tr>
        <th className={styles.check}>
          {isGrouped ? (
            <span className="visuallyHidden">Selected</span>
          ) : (
            <RowCheckbox
              label="Select all shown runs"
              checked={selectedShare === "all"}
              mixed={selectedShare === "some"}
              onToggle={onSelectAll}
            />
          )}
        </th>
        <th scope="col" aria-sort={sorted("run")}>
          {heading("Run", "The run's key", "run", true)}
        </th>
        {isGrouped ? (
          <th scope="col" className={`right ${styles.count}`} aria-sort={sorted("n")}>
            {heading("n", "Number of runs of the group", "n", true)}
          </th>
        ) : null}
        {columns.map((column) => (
          <th key={column.id} scope="col" className={classOf(column)} aria-sort={sorted(column.sortField)}>
            {heading(column.label, column.description, column.sortField, column.isNumber)}
            {column.id === "interval" ? <NinesAxis /> : null}
          </th>
        ))}
      </tr>
    </thead>
  );
}
