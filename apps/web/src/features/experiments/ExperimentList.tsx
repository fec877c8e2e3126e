"use client";
/** The table of experiments: the viewer's pins, then the others. Its pages are polled, and read again when members change something. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type ExperimentFilter, ExperimentsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { useWorkspaceChanges } from "../tracking/useWorkspaceChanges.ts";
import experimentTableStyles from "./ExperimentTable.module.css";
import { ExperimentTableRow } from "./ExperimentTableRow.tsx";

const pollMilliseconds = 5_000;
const columns = 10;

interface ExperimentListProps {
  readonly filter: ExperimentFilter;
  readonly filtered: boolean;
  onCreate(): void;
}

export function ExperimentList({ filter, filtered, onCreate }: ExperimentListProps) {
  const variables = { filter: { ...filter, pinned: false }, pinnedFilter: { ...filter, pinned: true } };
  const { data, error, refetch } = useLiveQuery({
    query: ExperimentsDocument,
    variables: { ...variables, after: null },
    poll: pollMilliseconds,
  });
  useWorkspaceChanges(null, refetch);
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
    <>
      <table className={experimentTableStyles.experimentTable}>
        <thead>
          <tr>
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
            <ExperimentTableRow key={experiment.id} experiment={experiment} onPinned={refetch} />
          ))}
        </tbody>
        <PagedRows
          query={ExperimentsDocument}
          variables={variables}
          pageOf={({ experiments }) => experiments}
          columns={columns}
          poll={pollMilliseconds}
        >
          {(experiment) =>
            listed.has(experiment.id) ? null : <ExperimentTableRow key={experiment.id} experiment={experiment} onPinned={refetch} />
          }
        </PagedRows>
      </table>
      <p className={`${experimentTableStyles.listCount} t12 muted`}>
        <span className="n12">{formatTotal(total, data.experiments.totalCountIsCapped)}</span> {total === 1 ? "experiment" : "experiments"}
      </p>
    </>
  );
}
