"use client";
/** The table of experiments: the viewer's pins, then the others. Its pages are read again when something in the workspace changes. */
import { joinSearches } from "@pareidolia/search/formatSearch";
import { useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type ExperimentRowFragment, ExperimentsDocument, ExperimentsToDownloadDocument } from "../../graphql/generated/graphql.ts";
import { ExperimentSelectionBar } from "../bulk/ExperimentSelectionBar.tsx";
import { RowCheckbox } from "../bulk/RowCheckbox.tsx";
import { useSelection } from "../bulk/useSelection.ts";
import { HeldLists } from "../live/HeldLists.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { WaitingRows } from "../live/WaitingRows.tsx";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import type { Sort } from "../views/listSort.ts";
import { SortHeading } from "../views/SortHeading.tsx";
import { sortedBy } from "../views/sortedBy.ts";
import experimentTableStyles from "./ExperimentTable.module.css";
import { ExperimentTableRow } from "./ExperimentTableRow.tsx";
import { experimentsFile, experimentsQuery } from "./experimentsFile.ts";

const columns = 11;
const idOf = ({ id }: { readonly id: string }) => id;

interface ExperimentListProps {
  readonly search: string;
  readonly sort: Sort;
  onSort(sort: Sort): void;
  onCreate(): void;
}

export function ExperimentList({ search, sort, onSort, onCreate }: ExperimentListProps) {
  const variables = { search: joinSearches(search, "pinned = false"), pinnedSearch: joinSearches(search, "pinned = true"), orderBy: sort };
  const order = { sort, onSort };
  const table = useRef<HTMLTableElement>(null);
  const poll = useFallbackPoll();
  const { data, error, refetch } = useLiveQuery({
    query: ExperimentsDocument,
    variables: { ...variables, after: null },
    poll,
  });
  useWorkspaceChanges(null, refetch);
  const writable = usePermissions().may("archiveExperiments");
  const selection = useSelection<ExperimentRowFragment>(table, writable);
  const rowProps = { onPinned: refetch, selection: writable ? selection : null };
  if (!data) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={8} />;
  const total = data.pinned.totalCount + data.experiments.totalCount;
  const listed = new Set(data.pinned.nodes.map(({ id }) => id));
  if (total === 0)
    return search !== "" ? (
      <EmptyState title="No experiment matches this search">
        Archived experiments are found by a condition on archived, such as archived = true.
      </EmptyState>
    ) : (
      <EmptyState
        title="No experiments yet"
        action={
          <Button needs="createExperiment" onClick={onCreate}>
            New experiment
          </Button>
        }
      >
        An experiment groups the runs that answer one question. Archived experiments are listed under “Archived”.
      </EmptyState>
    );
  return (
    <HeldLists list={table} isThere>
      <ListTools
        name="experiments"
        document={ExperimentsToDownloadDocument}
        variables={{ search, orderBy: sort }}
        pageOf={({ experiments }) => experiments}
        columns={experimentsFile}
        query={experimentsQuery({ search, sort })}
      >
        <span className="n12">{formatTotal(total, data.experiments.totalCountIsCapped)}</span> {total === 1 ? "experiment" : "experiments"}.{" "}
        {sortedBy(data.pinned.totalCount)} <b>{sort.column}</b> <WaitingRows noun="experiment" />
      </ListTools>
      <table ref={table} className={experimentTableStyles.experimentTable}>
        <thead>
          <tr>
            {writable ? (
              <th scope="col" className={experimentTableStyles.select}>
                <RowCheckbox
                  label="Select all loaded experiments"
                  checked={selection.share === "all"}
                  mixed={selection.share === "some"}
                  onToggle={selection.toggleAll}
                />
              </th>
            ) : null}
            <SortHeading label="Key" field="experiment" isNumber {...order} />
            <SortHeading label="Name" field="name" {...order} />
            <th scope="col">State</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Model
            </th>
            <th scope="col" className={experimentTableStyles.wide}>
              Encoding
            </th>
            <SortHeading label="Runs" field="runs" isNumber className={`right ${experimentTableStyles.wide}`} {...order} />
            <th scope="col">Median confidence</th>
            <SortHeading
              label="Reached"
              description="Orders by the results that meet the criterion of their kind"
              field="reached"
              isNumber
              className={experimentTableStyles.wide ?? ""}
              {...order}
            />
            <SortHeading label="Updated" field="updated" isNumber className={`right ${experimentTableStyles.wide}`} {...order} />
            <th scope="col" className={experimentTableStyles.rowActions}>
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.pinned.nodes.map((experiment) => (
            <ExperimentTableRow key={experiment.id} experiment={experiment} {...rowProps} />
          ))}
        </tbody>
        <PagedRows
          query={ExperimentsDocument}
          variables={variables}
          pageOf={({ experiments }) => experiments}
          columns={columns}
          poll={poll}
          idOf={idOf}
        >
          {(experiment) =>
            listed.has(experiment.id) ? null : <ExperimentTableRow key={experiment.id} experiment={experiment} {...rowProps} />
          }
        </PagedRows>
      </table>
      {selection.rows.length === 0 ? null : (
        <ExperimentSelectionBar experiments={selection.rows} onClear={selection.clear} onChanged={refetch} />
      )}
    </HeldLists>
  );
}
