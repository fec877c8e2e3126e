"use client";
/** A run's page: asks for it by its key and shows its archive filling. */
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { useSought } from "../../graphql/client/useSought.ts";
import { RunPageDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { RunSkeleton } from "./RunSkeleton.tsx";
import { RunView } from "./RunView.tsx";

export function RunPage({ runKey }: { runKey: string }) {
  const asked = useQuery({ query: RunPageDocument, variables: { id: runKey }, requestPolicy: "cache-and-network" });
  const [{ data: fresh, error }, refetch] = asked;
  const data = useKept(fresh);
  const run = data?.node?.__typename === "Run" ? data.node : null;
  const missing = useSought(asked, run !== null);
  if (run) return <RunView key={run.id} run={run} />;
  return (
    <>
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here={runKey} />
      {missing ? (
        <div className="page">
          <h1>There is no {runKey}</h1>
          <EmptyState title="No run of this workspace has that key" action={<ButtonLink href="/experiments">All experiments</ButtonLink>}>
            Keys count up from RUN-1, in the order in which runs were started. Search with ⌘K if you remember its name.
          </EmptyState>
        </div>
      ) : error ? (
        <div className="page">
          <h1>{runKey}</h1>
          <RequestError message={error.message} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        </div>
      ) : (
        <RunSkeleton runKey={runKey} />
      )}
    </>
  );
}
