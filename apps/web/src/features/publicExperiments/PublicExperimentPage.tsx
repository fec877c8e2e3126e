"use client";
/** The page of a public experiment. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PublicExperimentDocument, type PublicExperimentQuery } from "../../graphql/generated/graphql.ts";
import { pollOf } from "./pollOf.ts";
import { SharedState } from "./SharedState.tsx";
import { SharedView } from "./SharedView.tsx";
import { publicPlace } from "./sharedAddresses.ts";
import { SharedPlaceContext } from "./sharedPlace.ts";

/** A member reads the experiment also after it is private again, but this is the page that visitors see. */
const publicOf = (data: PublicExperimentQuery | undefined) =>
  data?.node?.__typename === "Experiment" && data.node.visibility === "PUBLIC" ? data.node : null;

export function PublicExperimentPage({ id }: { readonly id: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: PublicExperimentDocument,
    variables: { id },
    isFound: (found) => publicOf(found) !== null,
    poll: (last) => pollOf(publicOf(last)?.runs.nodes),
  });
  const experiment = publicOf(data);
  if (experiment === null || notFound) return <SharedState notFound={notFound} message={error?.message} onRetry={refetch} />;
  return (
    <SharedPlaceContext value={publicPlace(id)}>
      <SharedView experiment={experiment} />
    </SharedPlaceContext>
  );
}
