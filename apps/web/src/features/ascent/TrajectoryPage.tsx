"use client";
/** The page of one trajectory of an ascent. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TrajectoryPageDocument } from "../../graphql/generated/graphql.ts";
import { ResultState } from "../result/ResultState.tsx";
import { TrajectoryResult } from "./TrajectoryResult.tsx";

export function TrajectoryPage({ id }: { readonly id: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: TrajectoryPageDocument,
    variables: { id },
    isFound: ({ node }) => node?.__typename === "Trajectory",
  });
  if (data?.node?.__typename === "Trajectory") return <TrajectoryResult key={data.node.id} trajectory={data.node} onScored={refetch} />;
  return <ResultState noun="trajectory" notFound={notFound} error={error} onRetry={refetch} />;
}
