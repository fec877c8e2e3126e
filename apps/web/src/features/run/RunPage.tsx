"use client";
/** A run's page: finds it by its key and shows its archive filling. */
import { useQuery } from "urql";
import { useAskUntilAnswered } from "../../graphql/client/useAskUntilAnswered.ts";
import { useKept } from "../../graphql/client/useKept.ts";
import { RunPageDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { RunSkeleton } from "./RunSkeleton.tsx";
import { RunView } from "./RunView.tsx";
import { useFindRun } from "./useFindRun.ts";

/** What could not be loaded is asked for again: a page shown from the cache misses what happened while nobody looked. */
const failedMilliseconds = 4_000;

export function RunPage({ runKey }: { runKey: string }) {
  const [found, lookAgain] = useFindRun(runKey);
  const asked = useQuery({
    query: RunPageDocument,
    variables: { id: found.status === "found" ? found.id : "" },
    pause: found.status !== "found",
    requestPolicy: "cache-and-network",
  });
  const [{ data: fresh, error }, refetch] = asked;
  const data = useKept(fresh);
  useAskUntilAnswered(asked, failedMilliseconds);
  const run = data?.node?.__typename === "Run" ? data.node : null;
  if (run) return <RunView key={run.id} run={run} />;
  return (
    <>
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here={runKey} />
      {found.status === "missing" || (data && !run) ? (
        <div className="page">
          <h1>There is no {runKey}</h1>
          <EmptyState title="No run of this workspace has that key" action={<ButtonLink href="/experiments">All experiments</ButtonLink>}>
            Keys count up from RUN-1, in the order in which runs were started. Search with ⌘K if you remember its name.
          </EmptyState>
        </div>
      ) : found.status === "failed" || error ? (
        <div className="page">
          <h1>{runKey}</h1>
          <RequestError
            message={found.status === "failed" ? found.message : (error?.message ?? "")}
            onRetry={() => (found.status === "failed" ? lookAgain() : refetch({ requestPolicy: "network-only" }))}
          />
        </div>
      ) : (
        <RunSkeleton runKey={runKey} />
      )}
    </>
  );
}
