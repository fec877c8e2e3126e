"use client";
/** Rows of runs, page by page. Each page starts behind the last row of the page before it, and is read again when a run changes. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  RunsTableDocument,
  type RunsTableQuery,
  type RunsTableQueryVariables,
  type TableRunFragment,
} from "../../graphql/generated/graphql.ts";
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import { useHeldRows } from "../live/HeldLists.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { Avatar } from "../marks/Avatar.tsx";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { Skeleton } from "../marks/Skeleton.tsx";
import { PinButton } from "../tracking/PinButton.tsx";
import type { Sort } from "../views/listSort.ts";
import { runCell } from "./cells.tsx";
import styles from "./RunsTable.module.css";
import { fieldsOf, type TableColumn } from "./tableColumns.ts";
import { rowTarget } from "./useRowKeys.ts";
import { type Selection, useNotedRows } from "./useSelection.ts";
import { rowsOfPage } from "./viewState.ts";

export interface RunRowsProps {
  readonly search: string;
  readonly experimentId: string | null;
  readonly sort: Sort;
  readonly columns: readonly TableColumn[];
  readonly selection: Selection;
  /** Whether the rows are those of a group, below its row. */
  readonly isInGroup: boolean;
  /** Pages that are shown. */
  readonly pages: number;
  onMore(): void;
}

function variablesOf({ search, experimentId, sort, columns }: Pick<RunRowsProps, "search" | "experimentId" | "sort" | "columns">) {
  const variables: RunsTableQueryVariables = {
    search,
    experimentId,
    orderBy: sort,
    columns: [...fieldsOf(columns)],
    first: rowsOfPage,
    after: null,
  };
  return variables;
}

const listRuns = ({ nodes, pageInfo }: RunsTableQuery["runs"]) => ({
  rows: nodes,
  next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
});
const idOfRun = ({ id }: TableRunFragment) => id;

export function RunRows(props: RunRowsProps & { readonly after?: string | null }) {
  const { columns, isInGroup, pages, selection, after = null, onMore } = props;
  const variables = { ...variablesOf(props), after };
  const { data, isPrevious, error, refetch } = useLiveQuery({ query: RunsTableDocument, variables, poll: useFallbackPoll() });
  useWorkspaceChanges(null, refetch);
  const listed = useHeldRows(data === undefined ? undefined : listRuns(data.runs), isPrevious ? null : JSON.stringify(variables), idOfRun);
  useNotedRows(
    selection,
    (listed?.rows ?? []).map(({ key }) => key),
  );
  const width = columns.length + (isInGroup ? 3 : 2);
  if (listed === undefined)
    return (
      <tr>
        <td colSpan={width}>{error ? <RequestError message={error.message} onRetry={refetch} /> : <Skeleton width={320} height={20} />}</td>
      </tr>
    );
  const { rows, next } = listed;
  return (
    <>
      {rows.map((run) => (
        <RunRow key={run.id} run={run} columns={columns} fields={variables.columns} isInGroup={isInGroup} selection={selection} />
      ))}
      {next !== null && pages > 1 ? <RunRows {...props} after={next} pages={pages - 1} /> : null}
      {next !== null && pages <= 1 ? (
        <tr>
          <td colSpan={width}>
            <Button look="quiet" onClick={onMore}>
              Show more
            </Button>
          </td>
        </tr>
      ) : null}
    </>
  );
}

interface RunRowProps {
  readonly run: TableRunFragment;
  readonly columns: readonly TableColumn[];
  readonly fields: readonly string[] | string;
  readonly isInGroup: boolean;
  readonly selection: Selection;
}

function RunRow({ run, columns, fields, isInGroup, selection }: RunRowProps) {
  const values = new Map([fields].flat().map((name, i) => [name, run.cells?.[i]]));
  // A composed name names method and model itself.
  const isNamed = (values.get("name") ?? "") !== "";
  const isSelected = selection.all.runs.has(run.key);
  const classOf = ({ id, isNumber }: TableColumn) => `${isNumber ? "right" : ""} ${styles[`column-${id}`] ?? styles.wide}`;
  return (
    <tr data-run-key={run.key} className={isSelected ? styles.selected : undefined}>
      <td className={styles.check}>
        <RowCheckbox label={`Select ${run.key}`} checked={isSelected} onToggle={(range) => selection.toggleRun(run.key, range)} />
      </td>
      <td>
        <span className={isInGroup ? styles.memberName : styles.runName}>
          <span className={styles.naming}>
            <span className={styles.givenName} title={run.name}>
              {run.name}
            </span>
            <span className={`t12 muted ${styles.origin}`}>
              <Link href={`/runs/${run.key}`} className="n12" {...{ [rowTarget]: "" }}>
                {run.key}
              </Link>{" "}
              {isNamed ? `${run.methodLabel}, ${run.model.name}, ` : null}seed <span className="n12">{run.seed}</span>
            </span>
          </span>
          {run.assignee == null ? null : (
            <span className={styles.assignee} title={`Assigned to ${run.assignee.name}`}>
              <Avatar name={run.assignee.name} />
              <span className="visuallyHidden">Assigned to {run.assignee.name}</span>
            </span>
          )}
          <PinButton subject={run} />
        </span>
      </td>
      {isInGroup ? <td className={styles.count} /> : null}
      {columns.map((column) => (
        <td key={column.id} className={classOf(column)}>
          {runCell(run, column, (field) => values.get(field))}
        </td>
      ))}
    </tr>
  );
}
