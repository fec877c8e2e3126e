"use client";
import { runFields } from "@pareidolia/search/fields/runFields";
/** The table of runs of the workspace or of one experiment. The whole view is in the URL, so that Back and a link lead to the same rows. */
import { joinSearches } from "@pareidolia/search/formatSearch";
import { useQueryStates } from "nuqs";
import { useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunTotalsDocument } from "../../graphql/generated/graphql.ts";
import { SelectionBar } from "../bulk/SelectionBar.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount, formatTotal } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import toolStyles from "../marks/ToolButton.module.css";
import { PagePath } from "../shell/PagePath.tsx";
import { mayWrite } from "../tracking/subject.ts";
import { useTrash } from "../trash/useTrash.ts";
import { ColumnsPanel } from "./ColumnsPanel.tsx";
import { readRunsAsCsv } from "./downloadRuns.ts";
import { GroupRows, groupVariables } from "./GroupRows.tsx";
import { groupsQuery, runsQuery } from "./queryTexts.ts";
import { pollMilliseconds, RunRows } from "./RunRows.tsx";
import styles from "./RunsTable.module.css";
import { SearchField } from "./SearchField.tsx";
import { problemOf } from "./searchEditor.ts";
import { TableHead } from "./TableHead.tsx";
import { defaultColumns, fieldsOf, findColumn, tableColumns } from "./tableColumns.ts";
import { useRowKeys } from "./useRowKeys.ts";
import { useSelectedRuns } from "./useSelectedRuns.ts";
import { type Selection, useSelection } from "./useSelection.ts";
import { rowsOfPage, shownRows, viewParsers, viewRules } from "./viewState.ts";

type Panel = "columns" | "group" | "query";

const groupable = runFields.fields
  .filter(({ isGroupable }) => isGroupable)
  .map(({ name, label, description }) => ({ id: name, label, description }));

/** Such as "2 runs and 1 group". */
function selectionNote({ runs, groups }: Selection): string {
  const count = (number: number, noun: string) => `${formatCount(number)} ${noun}${number === 1 ? "" : "s"}`;
  return runs.size === 0 ? `in ${count(groups.size, "group")}` : `${count(runs.size, "run")} and ${count(groups.size, "group")}`;
}

/** @param experimentKey such as EXP-12; null for all runs of the workspace. */
export function RunsPage({ experimentKey }: { readonly experimentKey: string | null }) {
  const client = useClient();
  const [view, setView] = useQueryStates(viewParsers, { history: "push" });
  const [panel, setPanel] = useState<Panel | null>(null);
  const table = useRef<HTMLDivElement>(null);
  const selection = useSelection();
  const selected = useSelectedRuns(selection, experimentKey);
  const { trash } = useTrash("run");
  useRowKeys(table);
  const { q: search, sort, group: groupBy } = view;
  const columns = view.columns.flatMap((id) => findColumn(id) ?? []);
  const isGrouped = groupBy.length > 0;
  const pages = shownRows(view.rows) / rowsOfPage;
  const problem = useMemo(() => problemOf(search, runFields), [search]);
  const { data, error, refetch } = useLiveQuery({
    query: RunTotalsDocument,
    variables: { search, running: joinSearches(search, "state = running"), experimentId: experimentKey },
    poll: pollMilliseconds,
    pause: problem !== null,
  });
  const matching = data?.matching;
  const total = data === undefined ? "" : formatTotal(data.all.totalCount, data.all.totalCountIsCapped);
  const matches = matching === undefined ? "" : formatTotal(matching.totalCount, matching.totalCountIsCapped);
  const list = { search, experimentId: experimentKey, sort, columns };
  const rowProps = {
    ...list,
    selection,
    pages,
    onMore: () => void setView({ rows: shownRows(view.rows) + rowsOfPage }, { scroll: false }),
  };
  const toggle = (next: Panel) => setPanel(panel === next ? null : next);
  const download = () =>
    readRunsAsCsv(client, { ...list, columns: fieldsOf(columns) }).then(
      (text) => downloadFile("runs.csv", text, "text/csv"),
      (problem: Error) => toast.error(problem.message),
    );
  const query = isGrouped ? groupsQuery(groupVariables({ ...list, groupBy })) : runsQuery({ ...list, columns: fieldsOf(columns) });
  const steps = [
    { label: "Experiments", href: "/experiments" },
    ...(experimentKey === null ? [] : [{ label: experimentKey, href: `/experiments/${experimentKey}` }]),
  ];
  return (
    <div className="page">
      <PagePath steps={steps} here="Runs" />
      <div className="pageHead">
        <div>
          <h1>Runs</h1>
          <p>
            {data === undefined ? (
              "\u00a0"
            ) : (
              <>
                <span className="n12">{matches}</span> of <span className="n12">{total}</span> runs match.{" "}
                <span className="n12">{formatCount(data.running.totalCount)}</span> {data.running.totalCount === 1 ? "is" : "are"} running.
              </>
            )}
          </p>
        </div>
        <div className="pageActions">
          <ButtonLink look="primary" href={experimentKey === null ? "/new" : `/experiments/${experimentKey}/new`}>
            New run
          </ButtonLink>
        </div>
      </div>
      <AddressCheck rules={viewRules} names={[]} />
      <SearchField
        value={search}
        registry={runFields}
        label="Search runs"
        placeholder="encoding = cppn AND median > 0.99 AND by = me"
        note={data === undefined ? null : <span className="n12">{`${matches} of ${total}`}</span>}
        onSearch={(text, history) => void setView({ q: text, rows: null }, { history })}
      />
      <div className={styles.bar}>
        <span>
          {isGrouped ? (
            <>
              Grouped by <b>{groupBy.join(", ")}</b>, sorted by <b>{sort.column}</b>
            </>
          ) : (
            <>
              Sorted by <b>{sort.column}</b>
            </>
          )}
        </span>
        <div className={styles.tools} role="toolbar" aria-label="View of the table">
          <button type="button" className={toolStyles.toolButton} aria-expanded={panel === "group"} onClick={() => toggle("group")}>
            Group {isGrouped ? <span className="n12">{groupBy.length}</span> : null}
          </button>
          <button type="button" className={toolStyles.toolButton} aria-expanded={panel === "columns"} onClick={() => toggle("columns")}>
            Columns <span className="n12">{columns.length + 1}</span>
          </button>
          <button type="button" className={toolStyles.toolButton} onClick={() => void download()}>
            CSV
          </button>
          <button type="button" className={toolStyles.toolButton} aria-expanded={panel === "query"} onClick={() => toggle("query")}>
            Query
          </button>
        </div>
      </div>
      {panel === "columns" ? (
        <ColumnsPanel
          title="Columns"
          choices={tableColumns}
          chosen={view.columns}
          most={30}
          onChange={(chosen) => void setView({ columns: [...chosen] })}
          onReset={() => void setView({ columns: [...defaultColumns] })}
        />
      ) : null}
      {panel === "group" ? (
        <ColumnsPanel
          title="Group by"
          choices={groupable}
          chosen={groupBy}
          most={4}
          onChange={(chosen) => void setView({ group: chosen.length === 0 ? null : [...chosen], rows: null })}
        />
      ) : null}
      {panel === "query" ? (
        <div className={styles.query}>
          <CopyButton text={query} />
          <pre tabIndex={0}>{query}</pre>
        </div>
      ) : null}
      {problem !== null ? (
        <EmptyState title="This address has a search with a mistake">Correct it above; the characters at fault are underlined.</EmptyState>
      ) : data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={6} height={42} />
        )
      ) : data.matching.totalCount === 0 ? (
        <EmptyState title={data.all.totalCount === 0 ? "No runs yet" : "No run matches this search"}>
          {data.all.totalCount === 0
            ? "A run is one execution of a method with a seed."
            : "Archived runs are found by a condition on archived, such as archived = true."}
        </EmptyState>
      ) : (
        <>
          <div ref={table} className={styles.scroll}>
            <table className={styles.runsTable}>
              <TableHead columns={columns} isGrouped={isGrouped} sort={sort} onSort={(next) => void setView({ sort: next, rows: null })} />
              <tbody>
                {isGrouped ? <GroupRows {...rowProps} groupBy={groupBy} isInGroup /> : <RunRows {...rowProps} isInGroup={false} />}
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
      {selected === null ? null : (
        <SelectionBar
          runs={selected.runs}
          writable={mayWrite(data?.viewer.role)}
          entries={selected.entries}
          note={selection.groups.size === 0 ? undefined : selectionNote(selection)}
          onClear={selection.clear}
          onChanged={refetch}
          onTrash={() =>
            void trash(selected.runs, refetch).then((moved) => {
              if (!moved) return;
              selection.clear();
              refetch();
            })
          }
        />
      )}
    </div>
  );
}
