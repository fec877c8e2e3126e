"use client";
/**
 * The table of runs of the workspace or of one experiment, with its views, search, columns, groups and selection. All of it but the
 * selection is in the URL, so that Back and a link lead to the same rows.
 */
import { runFields } from "@pareidolia/search/fields/runFields";
import { joinSearches } from "@pareidolia/search/formatSearch";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunTotalsDocument, SearchProblemDocument } from "../../graphql/generated/graphql.ts";
import { SelectionBar } from "../bulk/SelectionBar.tsx";
import { HeldLists } from "../live/HeldLists.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { WaitingRows } from "../live/WaitingRows.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import listStyles from "../marks/ListTools.module.css";
import { formatTotal } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import toolStyles from "../marks/ToolButton.module.css";
import { QueryButton } from "../queries/QueryButton.tsx";
import { namesStoredFields, readStoredProblem } from "../search/findStoredProblem.ts";
import { SearchField } from "../search/SearchField.tsx";
import { problemOf } from "../search/searchEditor.ts";
import { useTrash } from "../trash/useTrash.ts";
import { sortedBy } from "../views/sortedBy.ts";
import { useViewChanges } from "../views/useViewChanges.ts";
import { ViewTabs } from "../views/ViewTabs.tsx";
import { readRunsAsCsv } from "./downloadRuns.ts";
import { GroupRows, groupSort, groupVariables } from "./GroupRows.tsx";
import { LeftRows, LeftRowsBar } from "./LeftRows.tsx";
import { countRows, nameRows } from "./partSelection.ts";
import { groupsQuery, runsQuery } from "./queryTexts.ts";
import { RunColumnsPanel } from "./RunColumnsPanel.tsx";
import { RunCount } from "./RunCount.tsx";
import { RunRows } from "./RunRows.tsx";
import styles from "./RunsTable.module.css";
import { TableHead } from "./TableHead.tsx";
import { defaultColumns, fieldsOf, showsPeople, tableColumns } from "./tableColumns.ts";
import { useRowKeys } from "./useRowKeys.ts";
import { useRunsView } from "./useRunsView.ts";
import { useSelectedRuns } from "./useSelectedRuns.ts";
import { type Selection, useSelection } from "./useSelection.ts";
import { activeRuns, rowsOfPage, runViews, shownRows, viewRules } from "./viewState.ts";

type Panel = "columns" | "group";

const groupable = runFields.fields
  .filter(({ isGroupable }) => isGroupable)
  .map(({ name, label, description }) => ({ id: name, label, description }));

/** What the number of selected runs hides: groups, and rows that are no longer in the table. */
function selectionNote({ counted, kept }: Selection): string | undefined {
  const parts = [
    ...(counted.groups.size === 0 ? [] : [counted.runs.size === 0 ? `in ${nameRows(counted)}` : nameRows(counted)]),
    ...(countRows(kept) === 0 ? [] : [`with ${nameRows(kept)} not in the table`]),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}

interface RunsTableProps {
  /** Such as EXP-12; null for all runs of the workspace. */
  readonly experimentKey: string | null;
  /** Whether the experiment is locked, so that its runs cannot be trashed. */
  readonly locked?: boolean;
  /** Shown instead of the table if there is no run. */
  readonly empty: ReactNode;
  /** The heading, with the sentence that says how many runs match. */
  head(summary: ReactNode): ReactNode;
}

export function RunsTable({ experimentKey, locked = false, empty, head }: RunsTableProps) {
  const client = useClient();
  const { view, state, columns, listView, change, show } = useRunsView();
  const [panel, setPanel] = useState<Panel | null>(null);
  const table = useRef<HTMLDivElement>(null);
  const selection = useSelection(() => shownKeys(table.current));
  const [version, setVersion] = useState(0);
  const selected = useSelectedRuns(selection.counted, experimentKey, version);
  const { trash } = useTrash("run");
  const { q: search, sort, group: groupBy } = view;
  const changes = useViewChanges("RUNS", listView.refetch);
  const isGrouped = groupBy.length > 0;
  useRowKeys(table, isGrouped ? null : selection.selectShown);
  const order = isGrouped ? groupSort(sort, groupBy, columns) : sort;
  const pages = shownRows(view.rows) / rowsOfPage;
  const problem = useMemo(() => problemOf(search, runFields), [search]);
  const pinned = joinSearches(search, "pinned = true");
  const isNaming = problem === null && namesStoredFields(search, runFields);
  const named = useLiveQuery({ query: SearchProblemDocument, variables: { search }, pause: !isNaming, keepPrevious: false });
  const refused = useMemo(() => readStoredProblem(named.data), [named.data]);
  const isChecking = isNaming && named.data === undefined && named.error === undefined;
  const isWaiting = problem !== null || refused !== null || isChecking || listView.isOpening;
  const { data, error, refetch } = useLiveQuery({
    query: RunTotalsDocument,
    variables: { search, active: joinSearches(search, activeRuns), pinned, experimentId: experimentKey },
    poll: useFallbackPoll(),
    pause: isWaiting,
  });
  useWorkspaceChanges(null, () => {
    if (!isWaiting) refetch();
    // An import may have brought the name.
    if (refused !== null) named.refetch();
  });
  const { open } = listView;
  const stored = open?.problem;
  const knownProblem = useMemo(
    () =>
      refused !== null
        ? { search, problem: refused }
        : open != null && stored != null
          ? { search: open.search, problem: { ...stored, hint: stored.hint ?? null } }
          : null,
    [open, stored, refused, search],
  );
  const matching = data?.matching;
  const total = data === undefined ? "" : formatTotal(data.all.totalCount, data.all.totalCountIsCapped);
  const matches = matching === undefined ? "" : formatTotal(matching.totalCount, matching.totalCountIsCapped);
  const list = { search, experimentId: experimentKey, sort, columns };
  const rowProps = {
    ...list,
    selection,
    pages,
    onMore: () => void change({ rows: shownRows(view.rows) + rowsOfPage }, { scroll: false }),
  };
  const toggle = (next: Panel) => setPanel(panel === next ? null : next);
  const listed = { ...list, columns: fieldsOf(columns), people: showsPeople(columns) };
  const download = () =>
    readRunsAsCsv(client, listed).then(
      (text) => downloadFile("runs.csv", text, "text/csv"),
      (problem: Error) => toast.error(problem.message),
    );
  const { orderBy, ...grouped } = groupVariables({ ...list, groupBy });
  const query = isGrouped ? groupsQuery({ ...grouped, sort: orderBy }) : runsQuery(listed);
  return (
    <>
      {head(
        data === undefined ? (
          "\u00a0"
        ) : (
          <>
            <span className="n12">{matches}</span> of <span className="n12">{total}</span> runs match.{" "}
            <span className="n12">{formatTotal(data.active.totalCount, data.active.totalCountIsCapped)}</span> of them{" "}
            {data.active.totalCount === 1 ? "is" : "are"} active: running or queued.
          </>
        ),
      )}
      <AddressCheck rules={viewRules} names={[]} otherProblems={listView.problems} />
      <ViewTabs
        view={listView}
        builtIn={runViews}
        state={state}
        changes={changes}
        count={(text, isShown) =>
          isShown && matching !== undefined ? (
            <span className="n12">{matches}</span>
          ) : (
            <RunCount search={text} experimentId={experimentKey} />
          )
        }
        onSaved={(key) => show(key, state, "push")}
      />
      <SearchField
        value={search}
        registry={runFields}
        label="Search runs"
        placeholder="encoding = cppn AND median > 0.99 AND by = me"
        note={data === undefined ? null : <span className="n12">{`${matches} of ${total}`}</span>}
        known={knownProblem}
        onSearch={(text, history) => void change({ q: text, rows: null }, { history })}
      />
      <HeldLists list={table} isThere={problem === null && data !== undefined && data.matching.totalCount > 0}>
        <div className={listStyles.bar}>
          <span>
            {isGrouped ? (
              <>
                Grouped by <b>{groupBy.join(", ")}</b>, sorted by <b>{order.column === "n" ? "number of runs" : order.column}</b>
              </>
            ) : (
              <>
                {sortedBy(data?.pinned.totalCount ?? 0)} <b>{sort.column}</b>
              </>
            )}{" "}
            <WaitingRows noun={isGrouped ? "group" : "run"} />
          </span>
          <div className={listStyles.tools} role="toolbar" aria-label="View of the table">
            <button type="button" className={toolStyles.toolButton} aria-expanded={panel === "group"} onClick={() => toggle("group")}>
              Group {isGrouped ? <span className="n12">{groupBy.length}</span> : null}
            </button>
            <button type="button" className={toolStyles.toolButton} aria-expanded={panel === "columns"} onClick={() => toggle("columns")}>
              Columns <span className="n12">{columns.length + 1}</span>
            </button>
            <button type="button" className={toolStyles.toolButton} onClick={() => void download()}>
              CSV
            </button>
            <QueryButton query={query} />
          </div>
        </div>
        {panel === "columns" ? (
          <RunColumnsPanel
            title="Columns"
            choices={tableColumns}
            chosen={view.columns}
            most={30}
            onChange={(chosen) => void change({ columns: [...chosen] })}
            onReset={() => void change({ columns: [...defaultColumns] })}
          />
        ) : null}
        {panel === "group" ? (
          <RunColumnsPanel
            title="Group by"
            choices={groupable}
            chosen={groupBy}
            most={4}
            onChange={(chosen) => void change({ group: chosen.length === 0 ? null : [...chosen], rows: null })}
          />
        ) : null}
        {problem !== null || refused !== null ? (
          <EmptyState title="Invalid search">Correct it above; the characters at fault are underlined.</EmptyState>
        ) : data === undefined ? (
          error ? (
            <RequestError message={error.message} onRetry={refetch} />
          ) : (
            <SkeletonLines count={6} height={42} />
          )
        ) : data.matching.totalCount === 0 ? (
          data.all.totalCount === 0 ? (
            empty
          ) : (
            <EmptyState title="No run matches this search">
              Archived runs are found by a condition on archived, such as archived = true.
            </EmptyState>
          )
        ) : (
          <>
            <div ref={table} className={styles.scroll}>
              <table className={styles.runsTable}>
                <TableHead
                  columns={columns}
                  isGrouped={isGrouped}
                  sort={order}
                  onSort={(next) => void change({ sort: next, rows: null })}
                  selectedShare={selection.share}
                  onSelectAll={selection.selectShown}
                />
                <tbody>
                  {isGrouped ? (
                    <GroupRows {...rowProps} groupBy={groupBy} isInGroup />
                  ) : data.pinned.totalCount === 0 ? (
                    <RunRows {...rowProps} isInGroup={false} />
                  ) : (
                    <>
                      <RunRows {...rowProps} search={pinned} isInGroup={false} />
                      <RunRows {...rowProps} search={joinSearches(search, "pinned = false")} isInGroup={false} />
                    </>
                  )}
                </tbody>
              </table>
            </div>
            <p className={styles.foot}>
              <span>
                {isGrouped
                  ? "Mean, SD and interval are of nines, −log10(1 − p), over every run of the group, shown or not. Squares are runs."
                  : "Rows without a value are last."}
              </span>
            </p>
          </>
        )}
      </HeldLists>
      {selected === null ? (
        <LeftRowsBar selection={selection} />
      ) : (
        <SelectionBar
          runs={selected.runs}
          entries={selected.entries}
          note={selectionNote(selection)}
          leftOut={<LeftRows selection={selection} />}
          isLoading={!selected.isCurrent}
          onClear={selection.clear}
          onChanged={() => {
            refetch();
            setVersion((last) => last + 1);
          }}
          {...(locked
            ? {}
            : {
                onTrash: () =>
                  void trash(selected.runs, refetch).then((moved) => {
                    if (!moved) return;
                    selection.clear();
                    // A row with the focus would keep the list, and so the rows that have left it, in place.
                    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
                    refetch();
                  }),
              })}
        />
      )}
    </>
  );
}

/** The keys of the runs in the table, in its order. */
function shownKeys(table: HTMLElement | null): readonly string[] {
  return [...(table?.querySelectorAll<HTMLElement>("[data-run-key]") ?? [])].flatMap(({ dataset }) => dataset["runKey"] ?? []);
}
