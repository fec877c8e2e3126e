/** The headings of the table of runs. */
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import { formatAxisConfidence } from "../marks/confidence.ts";
import type { Sort } from "../views/listSort.ts";
import { SortHeading } from "../views/SortHeading.tsx";
import { plotTicks, plotWidth, plotX } from "./IntervalPlot.tsx";
import styles from "./RunsTable.module.css";
import type { TableColumn } from "./tableColumns.ts";

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
  const order = { sort, onSort };
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
        <SortHeading label="Run" description="The run's key" field="run" isNumber {...order} />
        {isGrouped ? (
          <SortHeading
            label="n"
            description="Number of runs of the group"
            field="n"
            isNumber
            className={`right ${styles.count}`}
            {...order}
          />
        ) : null}
        {columns.map((column) => (
          <SortHeading
            key={column.id}
            label={column.label}
            description={column.description}
            field={column.sortField}
            isNumber={column.isNumber}
            className={classOf(column)}
            {...order}
          >
            {column.id === "interval" ? <NinesAxis /> : null}
          </SortHeading>
        ))}
      </tr>
    </thead>
  );
}
