"use client";
/** Models as cards, oldest first, in pages. A page is polled while one of its models is being checked. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ModelsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ModelCard } from "./ModelCard.tsx";
import styles from "./Models.module.css";
import { useHashTarget } from "./useHashTarget.ts";

const checkingMilliseconds = 1_500;
const retryMilliseconds = 5_000;

interface ModelListProps {
  readonly after: string | null;
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

export function ModelList({ after, more, onMore }: ModelListProps) {
  const { data, error, refetch } = useLiveQuery({
    query: ModelsDocument,
    variables: { after },
    poll: (last) => (last?.models.nodes.some(({ state }) => state === "CHECKING") ? checkingMilliseconds : null),
    retryAfter: retryMilliseconds,
  });
  const page = data?.models;
  useHashTarget(
    page?.nodes.map(({ id }) => id),
    page?.pageInfo.hasNextPage === true && more === 0 ? onMore : null,
  );
  if (page === undefined)
    return (
      <div className={styles.fullRow}>
        {error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={4} height={64} />}
      </div>
    );
  if (page.totalCount === 0)
    return (
      <div className={styles.fullRow}>
        <EmptyState title="No models">The zoo’s models are registered at startup.</EmptyState>
      </div>
    );
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      {page.nodes.map((model) => (
        <ModelCard key={model.id} model={model} />
      ))}
      {next && more > 0 ? <ModelList after={next} more={more - 1} onMore={onMore} /> : null}
      {next && more === 0 ? (
        <div className={styles.fullRow}>
          <Button look="quiet" onClick={onMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}
