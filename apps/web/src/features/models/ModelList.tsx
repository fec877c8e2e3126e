"use client";
/** Models as cards, the first registered first, page after page. While one of a page is being checked, that page is asked for again. */
import { useQuery } from "urql";
import { useAskUntilAnswered } from "../../graphql/client/useAskUntilAnswered.ts";
import { useKept } from "../../graphql/client/useKept.ts";
import { useLookAgain } from "../../graphql/client/useLookAgain.ts";
import { ModelsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ModelCard } from "./ModelCard.tsx";
import styles from "./Models.module.css";
import { useHashTarget } from "./useHashTarget.ts";

const checkingMilliseconds = 1_500;
/** A page that did not come is asked for again. */
const failedMilliseconds = 5_000;

interface ModelListProps {
  readonly after: string | null;
  /** How many further pages are open. */
  readonly more: number;
  onMore(): void;
}

export function ModelList({ after, more, onMore }: ModelListProps) {
  const asked = useQuery({ query: ModelsDocument, variables: { after }, requestPolicy: "cache-and-network" });
  const [{ data, error }, ask] = asked;
  const page = useKept(data)?.models;
  const checking = page?.nodes.some(({ state }) => state === "CHECKING") ?? false;
  useLookAgain(asked, checking ? checkingMilliseconds : null);
  useAskUntilAnswered(asked, failedMilliseconds);
  useHashTarget(
    page?.nodes.map(({ id }) => id),
    page?.pageInfo.hasNextPage === true && more === 0 ? onMore : null,
  );
  if (page === undefined)
    return (
      <div className={styles.whole}>
        {error ? (
          <RequestError message={error.message} onRetry={() => ask({ requestPolicy: "network-only" })} />
        ) : (
          <SkeletonLines count={4} height={64} />
        )}
      </div>
    );
  if (page.totalCount === 0)
    return (
      <div className={styles.whole}>
        <EmptyState title="No model is registered">A start seeds those of the zoo.</EmptyState>
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
        <div className={styles.whole}>
          <Button look="quiet" onClick={onMore}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}
