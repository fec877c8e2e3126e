"use client";
/** The table of experiments. Its pages are polled. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type ExperimentFilter, ExperimentsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import experimentTableStyles from "./ExperimentTable.module.css";
import { ExperimentTableRow } from "./ExperimentTableRow.tsx";

const pollMilliseconds = 5_000;

interface ExperimentListProps {
  readonly filter: ExperimentFilter;
  readonly filtered: boolean;
  onCreate(): void;
}

export function ExperimentList({ filter, filtered, onCreate }: ExperimentListProps) {
  const [more, setMore] = useState(0);
  const { data, error, refetch } = useLiveQuery({
    query: ExperimentsDocument,
    variables: { filter, after: null },
    poll: pollMilliseconds,
  });
  if (!data) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={8} />;
  if (data.experiments.totalCount === 0)
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
        <ExperimentRows filter={filter} after={null} more={more} onMore={() => setMore(more + 1)} />
      </table>
      <p className={`${experimentTableStyles.listCount} t12 muted`}>
        <span className="n12">{formatTotal(data.experiments.totalCount, data.experiments.totalCountIsCapped)}</span>{" "}
        {data.experiments.totalCount === 1 ? "experiment" : "experiments"}
      </p>
    </>
  );
}

interface ExperimentRowsProps {
  readonly filter: ExperimentFilter;
  readonly after: string | null;
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

/** A page and the pages after it. Each starts after the current last row of the previous page, as every change moves an experiment to the top. */
function ExperimentRows({ filter, after, more, onMore }: ExperimentRowsProps) {
  // `ExperimentList` loads and polls the first page.
  const isFirst = after === null;
  const { data } = useLiveQuery({
    query: ExperimentsDocument,
    variables: { filter, after },
    requestPolicy: isFirst ? "cache-first" : "cache-and-network",
    poll: isFirst ? null : pollMilliseconds,
  });
  const page = data?.experiments;
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      <tbody>
        {page?.nodes.map((experiment) => (
          <ExperimentTableRow key={experiment.id} experiment={experiment} />
        ))}
        {next && more === 0 ? (
          <tr>
            <td colSpan={10}>
              <Button look="quiet" onClick={onMore}>
                Show more
              </Button>
            </td>
          </tr>
        ) : null}
      </tbody>
      {next && more > 0 ? <ExperimentRows filter={filter} after={next} more={more - 1} onMore={onMore} /> : null}
    </>
  );
}
