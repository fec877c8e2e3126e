"use client";
/** The table of experiments, page after page, looked at again every few seconds. */
import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { type ExperimentFilter, ExperimentsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ExperimentTableRow } from "./ExperimentTableRow.tsx";

const pollMilliseconds = 5_000;

interface ExperimentListProps {
  readonly filter: ExperimentFilter;
  readonly filtered: boolean;
  onCreate(): void;
}

export function ExperimentList({ filter, filtered, onCreate }: ExperimentListProps) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [{ data: fresh, error }, refresh] = useQuery({
    query: ExperimentsDocument,
    variables: { filter, after: null },
    requestPolicy: "cache-and-network",
  });
  const data = useKept(fresh);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) refresh({ requestPolicy: "network-only" });
    }, pollMilliseconds);
    return () => clearInterval(timer);
  }, [refresh]);
  if (!data)
    return error ? (
      <RequestError message={error.message} onRetry={() => refresh({ requestPolicy: "network-only" })} />
    ) : (
      <SkeletonLines count={8} />
    );
  if (data.experiments.totalCount === 0)
    return filtered ? (
      <EmptyState title="No experiment fits">Nothing here has that state and those letters in its key or name.</EmptyState>
    ) : (
      <EmptyState title="No experiments yet" action={<Button onClick={onCreate}>New experiment</Button>}>
        An experiment is a question; its runs are the answers, each with its own seed. Archived ones stand under Archived.
      </EmptyState>
    );
  return (
    <>
      <table className="experimentTable">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" className="wide">
              Model
            </th>
            <th scope="col" className="wide">
              Encoding
            </th>
            <th scope="col" className="right wide">
              Runs
            </th>
            <th scope="col">Median confidence</th>
            <th scope="col" className="right wide">
              ≥ .9999
            </th>
            <th scope="col" className="right wide">
              Updated
            </th>
            <th scope="col" className="rowActions">
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        {cursors.map((after, index) => (
          <ExperimentRows
            key={after ?? "first"}
            filter={filter}
            after={after}
            onMore={index === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null}
          />
        ))}
      </table>
      <p className="listCount t12 muted">
        <span className="n12">{data.experiments.totalCount}</span> {data.experiments.totalCount === 1 ? "experiment" : "experiments"}
      </p>
    </>
  );
}

function ExperimentRows({
  filter,
  after,
  onMore,
}: {
  filter: ExperimentFilter;
  after: string | null;
  onMore: ((cursor: string) => void) | null;
}) {
  const [{ data }] = useQuery({ query: ExperimentsDocument, variables: { filter, after } });
  const page = useKept(data)?.experiments;
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <tbody>
      {page?.nodes.map((experiment) => (
        <ExperimentTableRow key={experiment.id} experiment={experiment} />
      ))}
      {next && onMore ? (
        <tr>
          <td colSpan={10}>
            <Button look="quiet" onClick={() => onMore(next)}>
              Show more
            </Button>
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}
