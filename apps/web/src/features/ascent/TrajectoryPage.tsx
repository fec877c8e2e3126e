"use client";
/** One trajectory of an ascent, on a page of its own. */
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { TrajectoryPageDocument } from "../../graphql/generated/graphql.ts";
import { ResultState } from "../result/ResultState.tsx";
import { TrajectoryResult } from "./TrajectoryResult.tsx";

export function TrajectoryPage({ id }: { readonly id: string }) {
  const [{ data: fresh, error }, ask] = useQuery({
    query: TrajectoryPageDocument,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const data = useKept(fresh);
  const askAgain = () => ask({ requestPolicy: "network-only" });
  if (data?.node?.__typename === "Trajectory")
    return <TrajectoryResult key={data.node.id} trajectory={data.node} workspace={data.viewer.workspace.name} onScored={askAgain} />;
  return <ResultState noun="trajectory" answered={data !== undefined} error={error} onRetry={askAgain} />;
}
