"use client";
/** The page of a run of a public or unlisted experiment. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SharedRunDocument } from "../../graphql/generated/graphql.ts";
import { LinkedPlace } from "./LinkedPlace.tsx";
import { pollOf } from "./pollOf.ts";
import { SharedRunView } from "./SharedRunView.tsx";
import { SharedState } from "./SharedState.tsx";
import { publicPlace } from "./sharedAddresses.ts";
import { SharedPlaceContext } from "./sharedPlace.ts";
import { sharedRunOf } from "./sharedRun.ts";

interface LoadedRunProps {
  readonly runId: string;
  /** Null if a link opens the experiment. */
  readonly experimentId: string | null;
  readonly visibility: "PUBLIC" | "UNLISTED";
}

function LoadedRun({ runId, experimentId, visibility }: LoadedRunProps) {
  const expected = { experimentId, visibility };
  const { data, error, notFound, refetch } = useLiveQuery({
    query: SharedRunDocument,
    variables: { id: runId },
    isFound: (found) => sharedRunOf(found, expected) !== null,
    poll: (last) => {
      const run = sharedRunOf(last, expected);
      return pollOf(run === null ? null : [run]);
    },
  });
  const run = sharedRunOf(data, expected);
  if (run === null || notFound) return <SharedState notFound={notFound} message={error?.message} onRetry={refetch} />;
  return <SharedRunView run={run} />;
}

export function PublicRunPage({ experimentId, runId }: { readonly experimentId: string; readonly runId: string }) {
  return (
    <SharedPlaceContext value={publicPlace(experimentId)}>
      <LoadedRun runId={runId} experimentId={experimentId} visibility="PUBLIC" />
    </SharedPlaceContext>
  );
}

export function LinkedRunPage({ token, runId }: { readonly token: string; readonly runId: string }) {
  return (
    <LinkedPlace token={token}>
      <LoadedRun runId={runId} experimentId={null} visibility="UNLISTED" />
    </LinkedPlace>
  );
}
