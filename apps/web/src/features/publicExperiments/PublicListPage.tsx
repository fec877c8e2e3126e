"use client";
/** The list of public experiments, latest published first. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PublicExperimentsDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { listImages } from "../run/listImages.ts";
import styles from "./Public.module.css";
import { formatDay } from "./sharedText.ts";

export function PublicListPage() {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <>
      <h1 className={styles.title}>Public experiments</h1>
      <p className={styles.lead}>Fooling images: networks label them with near certainty, and people do not recognise them.</p>
      {cursors.map((after, index) => (
        <ListPart key={after} after={after} isLast={index === cursors.length - 1} onMore={(next) => setCursors([...cursors, next])} />
      ))}
    </>
  );
}

interface ListPartProps {
  readonly after: string | null;
  readonly isLast: boolean;
  onMore(after: string): void;
}

function ListPart({ after, isLast, onMore }: ListPartProps) {
  const { data, error, refetch } = useLiveQuery({ query: PublicExperimentsDocument, variables: { after } });
  if (!data)
    return error ? <RequestError message={error.message} onRetry={refetch} forVisitors /> : <SkeletonLines count={4} height={96} />;
  const { nodes, pageInfo } = data.publicExperiments;
  const next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  if (nodes.length === 0 && after === null)
    return (
      <EmptyState title="No experiment is public yet">
        An owner of a workspace makes an experiment public on the experiment’s page.
      </EmptyState>
    );
  return (
    <>
      <ul className={styles.list}>
        {nodes.map((experiment) => (
          <li key={experiment.id}>
            <div>
              <h2>
                <Link className={styles.listName} href={`/public/${experiment.id}`}>
                  {experiment.name}
                </Link>
              </h2>
              <p className="t12 muted" suppressHydrationWarning>
                {experiment.workspaceName}
                {experiment.publishedAt == null ? "" : `, ${formatDay(experiment.publishedAt)}`}
              </p>
              {experiment.description === "" ? null : <p className={`second ${styles.summary}`}>{experiment.description}</p>}
            </div>
            <ThumbnailStrip images={experiment.runs.nodes.flatMap(listImages)} className={styles.thumbnails} />
            <p className="t12 muted">
              <span className="n12">{formatCount(experiment.runCount)}</span> {experiment.runCount === 1 ? "run" : "runs"}
              {experiment.modelNames.length === 0 ? "" : `, ${experiment.modelNames.join(", ")}`}
            </p>
          </li>
        ))}
      </ul>
      {isLast && next ? (
        <Button look="quiet" onClick={() => onMore(next)}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
