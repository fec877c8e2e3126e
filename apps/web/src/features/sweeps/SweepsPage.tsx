"use client";
/** The list of sweeps, newest first. Each further page starts at the current end of the previous one. */
import { useRef, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SweepsDocument, type SweepsQuery } from "../../graphql/generated/graphql.ts";
import { HeldLists, useHeldRows } from "../live/HeldLists.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { WaitingRows } from "../live/WaitingRows.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Sweeps.module.css";
import { countEnded } from "./sweepOnPage.ts";
import { sweepsFile, sweepsQuery } from "./sweepsFile.ts";

export function SweepsPage() {
  const [more, setMore] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here="Sweeps" />
      <div className="pageHead">
        <div>
          <h1>Sweeps</h1>
          <p>Runs over values of parameters, each with several seeds.</p>
        </div>
        <div className="pageActions">
          <ButtonLink look="primary" href="/new?sweep=on">
            New sweep
          </ButtonLink>
        </div>
      </div>
      <HeldLists list={list} isThere>
        <ListTools
          name="sweeps"
          document={SweepsDocument}
          variables={{}}
          pageOf={({ sweeps }) => sweeps}
          columns={sweepsFile}
          query={sweepsQuery}
        >
          <WaitingRows noun="sweep" />
        </ListTools>
        <div ref={list}>
          <SweepList after={null} more={more} onMore={() => setMore(more + 1)} />
        </div>
      </HeldLists>
    </div>
  );
}

interface SweepListProps {
  readonly after: string | null;
  /** The number of further pages that are open. */
  readonly more: number;
  onMore(): void;
}

const listSweeps = ({ nodes, pageInfo }: SweepsQuery["sweeps"]) => ({
  rows: nodes,
  next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
});
const idOf = ({ id }: { readonly id: string }) => id;

function SweepList({ after, more, onMore }: SweepListProps) {
  const { data, error, refetch } = useLiveQuery({ query: SweepsDocument, variables: { after }, poll: useFallbackPoll() });
  useWorkspaceChanges(null, refetch);
  const listed = useHeldRows(data === undefined ? undefined : listSweeps(data.sweeps), after ?? "", idOf);
  const page = data?.sweeps;
  if (page === undefined || listed === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={5} height={57} />;
  if (page.totalCount === 0)
    return (
      <EmptyState title="No sweeps yet" action={<ButtonLink href="/new?sweep=on">New sweep</ButtonLink>}>
        Turn on “Sweep” in the form for a new run, and type several values for a parameter.
      </EmptyState>
    );
  const { rows, next } = listed;
  return (
    <>
      <ul className={styles.list}>
        {rows.map(({ id, key, name, state, kindLabel, runCount, pointCount, createdAt, experiment, progress }) => (
          <li key={id} className={styles.listRow}>
            <span className="n12 muted">{key}</span>
            <span className={styles.listName}>
              <Link className="link" href={`/sweeps/${key}`}>
                {name}
              </Link>
              <span className="t12 muted">
                {kindLabel} in <span className="n12">{experiment.key}</span>, {formatCount(pointCount)}{" "}
                {pointCount === 1 ? "point" : "points"}
              </span>
            </span>
            <span className={styles.listProgress}>
              <ProgressTrack share={runCount === 0 ? 0 : countEnded(progress) / runCount} />
              <span className="n12">
                {formatCount(countEnded(progress))} <span className="muted">/ {formatCount(runCount)}</span>
              </span>
            </span>
            <StateGlyph state={state} />
            <span className={`t12 muted ${styles.listTime}`}>
              <RelativeTime time={createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {next && more > 0 ? <SweepList after={next} more={more - 1} onMore={onMore} /> : null}
      {next && more === 0 ? (
        <Button look="quiet" onClick={onMore}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
