"use client";
/** The page of an unlisted experiment. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SharedExperimentDocument } from "../../graphql/generated/graphql.ts";
import { LinkedPlace } from "./LinkedPlace.tsx";
import { pollOf } from "./pollOf.ts";
import { SharedState } from "./SharedState.tsx";
import { SharedView } from "./SharedView.tsx";

export function SharedExperimentPage({ token }: { readonly token: string }) {
  return (
    <LinkedPlace token={token}>
      <LinkedExperiment />
    </LinkedPlace>
  );
}

function LinkedExperiment() {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: SharedExperimentDocument,
    isFound: ({ sharedExperiment }) => sharedExperiment != null,
    poll: (last) => pollOf(last?.sharedExperiment?.runs.nodes),
  });
  const experiment = data?.sharedExperiment ?? null;
  if (experiment === null || notFound) return <SharedState notFound={notFound} message={error?.message} onRetry={refetch} />;
  return <SharedView experiment={experiment} />;
}
