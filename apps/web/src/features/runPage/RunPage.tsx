"use client";
/** A run's page: loads the run by its key and shows the view of its kind. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RunPageDocument } from "../../graphql/generated/graphql.ts";
import { isRun } from "../../graphql/runTypes.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Keys } from "../marks/Keys.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { useTrackedSubject } from "../tracking/useTrackedSubject.ts";
import { InTrash } from "../trash/InTrash.tsx";
import { RunSkeleton } from "./RunSkeleton.tsx";
import { RunView } from "./RunView.tsx";

/** A run may be created after its page was opened, so the page keeps retrying. */
const retryMilliseconds = 4_000;

export function RunPage({ runKey }: { runKey: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: RunPageDocument,
    variables: { id: runKey },
    isFound: ({ node }) => isRun(node),
    retryAfter: retryMilliseconds,
  });
  const run = isRun(data?.node) ? data.node : null;
  // What members have written is part of the head: with it, nothing moves once the page is shown.
  const { isLoading } = useTrackedSubject(run?.id ?? null);
  if (run && !isLoading) return <RunView key={run.id} run={run} />;
  return (
    <>
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here={runKey} />
      {notFound ? (
        <div className="page">
          <InTrash subjectKey={runKey} missing={<MissingRun runKey={runKey} />} onRestored={refetch} />
        </div>
      ) : error ? (
        <div className="page">
          <h1>{runKey}</h1>
          <RequestError message={error.message} onRetry={refetch} />
        </div>
      ) : (
        <RunSkeleton runKey={runKey} />
      )}
    </>
  );
}

function MissingRun({ runKey }: { readonly runKey: string }) {
  return (
    <>
      <h1>There is no {runKey}</h1>
      <EmptyState title="No run in this workspace has this key" action={<ButtonLink href="/experiments">All experiments</ButtonLink>}>
        Runs are numbered from RUN-1 in the order in which they were started. Press <Keys shortcut="mod+K" /> to search by name.
      </EmptyState>
    </>
  );
}
