"use client";
/** Rows of groups. The row of a group opens the rows of its runs; its figures are of all its runs, open or not. */
import { joinSearches } from "@pareidolia/search/formatSearch";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunGroupsDocument, type RunGroupsQuery, type TableGroupFragment } from "../../graphql/generated/graphql.ts";
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import { useHeldRows } from "../live/HeldLists.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Skeleton } from "../marks/Skeleton.tsx";
import type { Sort } from "../views/listSort.ts";
import { groupCell } from "./cells.tsx";
import { RunRows, type RunRowsProps } from "./RunRows.tsx";
import styles from "./RunsTable.module.css";
import { measuresOf, type TableColumn } from "./tableColumns.ts";
import { rowTarget } from "./useRowKeys.ts";
import { useNotedRows } from "./useSelection.ts";
import { rowsOfPage } from "./viewState.ts";

interface GroupRowsProps extends RunRowsProps {
  readonly groupBy: readonly string[];
  readonly after?: string | null;
}

/** The order of groups: by a column that groups have, otherwise by their size. */
export function groupSort(sort: Sort, groupBy: readonly string[], columns: readonly TableColumn[]): Sort {
  const known = [...groupBy, ...measuresOf(columns), "n", "reached", "updated"];
  return known.includes(sort.column) ? sort : { column: "n", direction: "DESC" };
}

export function groupVariables({
  search,
  experimentId,
  groupBy,
  columns,
  sort,
}: Pick<GroupRowsProps, "search" | "experimentId" | "groupBy" | "columns" | "sort">) {
  return {
    search,
    experimentId,
    groupBy: [...groupBy],
    measures: [...measuresOf(columns)],
    orderBy: groupSort(sort, groupBy, columns),
    first: rowsOfPage,
    after: null as string | null,
  };
}

const listGroups = ({ nodes, pageInfo }: RunGroupsQuery["runGroups"]) => ({
  rows: nodes,
  next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
});
const idOfGroup = ({ search }: TableGroupFragment) => search;

export function GroupRows(props: GroupRowsProps) {
  const { columns, pages, search, selection, after = null, onMore } = props;
  const variables = { ...groupVariables(props), after };
  const { data, isPrevious, error, refetch } = useLiveQuery({ query: RunGroupsDocument, variables, poll: useFallbackPoll() });
  useWorkspaceChanges(null, refetch);
  const listed = useHeldRows(
    data === undefined ? undefined : listGroups(data.runGroups),
    isPrevious ? null : JSON.stringify(variables),
    idOfGroup,
  );
  useNotedRows(
    selection,
    (listed?.rows ?? []).map((group) => joinSearches(search, group.search)),
  );
  const width = columns.length + 3;
  if (listed === undefined)
    return (
      <tr>
        <td colSpan={width}>{error ? <RequestError message={error.message} onRetry={refetch} /> : <Skeleton width={320} height={20} />}</td>
      </tr>
    );
  const { rows, next } = listed;
  return (
    <>
      {rows.map((group) => (
        <GroupRow key={group.search} {...props} group={group} />
      ))}
      {next !== null && pages > 1 ? <GroupRows {...props} after={next} pages={pages - 1} /> : null}
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

function GroupRow({ group, ...props }: GroupRowsProps & { readonly group: TableGroupFragment }) {
  const [isOpen, setOpen] = useState(false);
  const [pages, setPages] = useState(1);
  const { columns, selection, search } = props;
  const label = group.keys.map((key) => key.label).join(", ");
  // The group of the listed runs only: others of its values do not match the table's search.
  const listed = joinSearches(search, group.search);
  const isSelected = selection.all.groups.has(listed);
  const classOf = ({ id, isNumber }: TableColumn) => `${isNumber ? "right" : ""} ${styles[`column-${id}`] ?? styles.wide}`;
  return (
    <>
      <tr className={`${styles.group} ${isSelected ? styles.selected : ""}`}>
        <td className={styles.check}>
          <RowCheckbox
            label={`Select the ${group.runCount} runs of ${label}`}
            checked={isSelected}
            onToggle={() => selection.toggleGroup(listed, group.runCount)}
          />
        </td>
        <td>
          <button
            type="button"
            className={styles.groupName}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            {...{ [rowTarget]: "" }}
          >
            <svg width="10" height="10" viewBox="0 0 10 10" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
              <path d={isOpen ? "M1.5 3l3.5 4 3.5-4" : "M3 1.5l4 3.5-4 3.5"} />
            </svg>
            <b>{label}</b>
          </button>
        </td>
        <td className={`right n12 ${styles.count}`}>{group.runCount}</td>
        {columns.map((column) => (
          <td key={column.id} className={classOf(column)}>
            {groupCell(group, column)}
          </td>
        ))}
      </tr>
      {isOpen ? <RunRows {...props} search={listed} isInGroup pages={pages} onMore={() => setPages(pages + 1)} /> : null}
    </>
  );
}
