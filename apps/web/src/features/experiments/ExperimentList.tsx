"use client";
/** The table of experiments: the viewer's pins, then the others. Its pages are read again when something in the workspace changes. */
import { useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type ExperimentFilter, type ExperimentRowFragment, ExperimentsDocument } from "../../graphql/generated/graphql.ts";
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
import { formatTotal } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { mayWrite } from "../tracking/subject.ts";
import experimentTableStyles from "./ExperimentTable.module.css";
import { ExperimentTableRow } from "./ExperimentTableRow.tsx";

const columns = 11;
const idOf = ({ id }: { readonly id: string }) => id;

interface ExperimentListProps {
  readonly filter: ExperimentFilter;
  readonly filtered: boolean;
  onCreate(): void;
}

export function ExperimentList({ filter, filtered, onCreate }: ExperimentListProps) {
  const variables = { filter: { ...filter, pinned: false }, pinnedFilter: { ...filter, pinned: true } };
  const table = useRef<HTMLTableElement>(null);
  const poll = useFallbackPoll();
  const { data, error, refetch } = useLiveQuery({
    query: ExperimentsDocument,
    variables: { ...variables, after: null },
    poll,
  });
  useWorkspaceChanges(null, refetch);
  const writable = mayWrite(data?.viewer.role);
  const selection = useSelection<ExperimentRowFragment>(table, writable);
  const rowProps = { onPinned: refetch, selection: writable ? selection : null };
  if (!data) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={8} />;
  const total = data.pinned.totalCount + data.experiments.totalCount;
  const listed = new Set(data.pinned.nodes.map(({ id }) => id));
  if (total === 0)
    return filtered ? (
      <EmptyState title="No matching experiments">No experiment in this view has the text in its key or name.</EmptyState>
    ) : (
      <EmptyState title="No experiments yet" action={<Button onClick={onCreate}>New experiment</Button>}>
        An experiment groups the runs that answer one question. Archived experiments are listed under “Archived”.
      </EmptyState>
    );
  return (
    <HeldLists list={table} isThere>
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
            <th scope="col">Key</th>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Model
            </th>
            <th scope="col" className={experimentTableStyles.wide}>
              Encoding
            </th>
            <th scope="col" className={`right ${experimentTableStyles.wide}`}>
              Runs
            </th>
            <th scope="col">Median confidence</th>
            <th scope="col" className={experimentTableStyles.wide}>
              Reached
            </th>
            <th scope="col" className={`right ${experimentTableStyles.wide}`}>
              Updated
            </th>
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
      <p className={`${experimentTableStyles.listCount} t12 muted`}>
        <span className="n12">{formatTotal(total, data.experiments.totalCountIsCapped)}</span> {total === 1 ? "experiment" : "experiments"}{" "}
        <WaitingRows noun="experiment" />
      </p>
      {selection.rows.length === 0 ? null : (
        <ExperimentSelectionBar experiments={selection.rows} onClear={selection.clear} onChanged={refetch} />
      )}
    </HeldLists>
  );
}
