"use client";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ChainsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
/** The list of chains, newest first. Each page starts at the current end of the previous page, since a new chain shifts all others. */
import { Link } from "../marks/Link.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./Chains.module.css";

const pollMilliseconds = 5_000;

interface ChainListProps {
  readonly after: string | null;
  /** The number of further pages that are open. */
  readonly more: number;
  onMore(): void;
}

export function ChainList({ after, more, onMore }: ChainListProps) {
  const { data, error, refetch } = useLiveQuery({ query: ChainsDocument, variables: { after }, poll: pollMilliseconds });
  const page = data?.chains;
  if (page === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={3} height={64} />;
  if (page.totalCount === 0)
    return <EmptyState title="No chains yet">Start a chain below. A small chain on MNIST takes minutes.</EmptyState>;
  const next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      <ul className={styles.list}>
        {page.nodes.map(({ id, name, dataset, iterations, run }) => (
          <li key={id} className={styles.row}>
            <Link className="link" href={`/chains/${encodeURIComponent(id)}`}>
              {name}
            </Link>
            <span className="muted">
              {dataset.label}, <span className="n12">{iterations}</span> {iterations === 1 ? "retraining" : "retrainings"}
            </span>
            <span className="n12">{Math.floor(run.progress * 100)}%</span>
            <StateGlyph state={run.state} />
          </li>
        ))}
      </ul>
      {next && more > 0 ? <ChainList after={next} more={more - 1} onMore={onMore} /> : null}
      {next && more === 0 ? (
        <Button look="quiet" onClick={onMore}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
