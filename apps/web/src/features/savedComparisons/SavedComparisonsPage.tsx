"use client";
/** The saved comparisons of the workspace, newest first. Each further page starts at the current end of the previous one. */
import { useRef, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type ListedComparisonFragment, SavedComparisonsDocument, type SavedComparisonsQuery } from "../../graphql/generated/graphql.ts";
import { HeldLists, useHeldRows } from "../live/HeldLists.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { WaitingRows } from "../live/WaitingRows.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { Menu } from "../marks/Menu.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./SavedComparisons.module.css";
import { savedComparisonsFile, savedComparisonsQuery } from "./savedComparisonsFile.ts";
import { useSavedComparisonChanges } from "./useSavedComparisonChanges.ts";

export function SavedComparisonsPage() {
  const [more, setMore] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  return (
    <div className="page">
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here="Comparisons" />
      <div className="pageHead">
        <div>
          <h1>Comparisons</h1>
          <p>Runs side by side, as they were when a member saved them.</p>
        </div>
        <div className="pageActions">
          <ButtonLink look="primary" href="/compare">
            Compare runs
          </ButtonLink>
        </div>
      </div>
      <HeldLists list={list} isThere>
        <ListTools
          name="comparisons"
          document={SavedComparisonsDocument}
          variables={{}}
          pageOf={({ savedComparisons }) => savedComparisons}
          columns={savedComparisonsFile}
          query={savedComparisonsQuery}
        >
          <WaitingRows noun="comparison" />
        </ListTools>
        <div ref={list}>
          <ComparisonList after={null} more={more} onMore={() => setMore(more + 1)} />
        </div>
      </HeldLists>
    </div>
  );
}

interface ComparisonListProps {
  readonly after: string | null;
  /** The number of further pages that are open. */
  readonly more: number;
  onMore(): void;
}

const listComparisons = ({ nodes, pageInfo }: SavedComparisonsQuery["savedComparisons"]) => ({
  rows: nodes,
  next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
});
const idOf = ({ id }: { readonly id: string }) => id;

function ComparisonList({ after, more, onMore }: ComparisonListProps) {
  const { data, error, refetch } = useLiveQuery({ query: SavedComparisonsDocument, variables: { after }, poll: useFallbackPoll() });
  useWorkspaceChanges(null, refetch);
  const { remove } = useSavedComparisonChanges(refetch);
  const listed = useHeldRows(data === undefined ? undefined : listComparisons(data.savedComparisons), after ?? "", idOf);
  if (data === undefined || listed === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={5} height={57} />;
  if (data.savedComparisons.totalCount === 0)
    return (
      <EmptyState title="No comparison is saved yet" action={<ButtonLink href="/compare">Compare runs</ButtonLink>}>
        Compare runs and choose “Save comparison” to keep what you see, with your notes, for the workspace.
      </EmptyState>
    );
  const { rows, next } = listed;
  return (
    <>
      <ul className={styles.list}>
        {rows.map((row) => (
          <ComparisonItem key={row.id} row={row} onDelete={() => void remove(row)} />
        ))}
      </ul>
      {next && more > 0 ? <ComparisonList after={next} more={more - 1} onMore={onMore} /> : null}
      {next && more === 0 ? (
        <Button look="quiet" onClick={onMore}>
          Show more
        </Button>
      ) : null}
    </>
  );
}

function ComparisonItem({ row, onDelete }: { readonly row: ListedComparisonFragment; onDelete(): void }) {
  const { key, title, entries, createdAt, createdBy, generation, mayEdit } = row;
  const runs = entries.reduce((sum, entry) => sum + entry.runs.length, 0);
  return (
    <li className={styles.listRow}>
      <span className="n12 muted">{key}</span>
      <span className={styles.listName}>
        <Link className="link" href={`/comparisons/${key}`}>
          {title}
        </Link>
        <span className={`t12 muted ${styles.listEntries}`}>{entries.map(({ name }) => name).join(", ")}</span>
      </span>
      <span className="t12 muted">
        <span className="n12">{formatCount(runs)}</span> {runs === 1 ? "run" : "runs"}
        {generation < 0 ? null : (
          <>
            , gen <span className="n12">{formatCount(generation)}</span>
          </>
        )}
      </span>
      <span className={`t12 muted ${styles.listTime}`}>
        {createdBy?.name ?? "A former member"}, <RelativeTime time={createdAt} />
      </span>
      {mayEdit ? <Menu label={`Actions on ${key}`} items={[{ label: "Delete", onSelect: onDelete }]} /> : <span />}
    </li>
  );
}
