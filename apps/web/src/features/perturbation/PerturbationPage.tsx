"use client";
/** The page of one result of an attack. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PerturbationPageDocument } from "../../graphql/generated/graphql.ts";
import { ResultState } from "../result/ResultState.tsx";
import { PerturbationResult } from "./PerturbationResult.tsx";

export function PerturbationPage({ id }: { readonly id: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: PerturbationPageDocument,
    variables: { id },
    requestPolicy: "cache-first",
    isFound: ({ node }) => node?.__typename === "Perturbation",
  });
  if (data?.node?.__typename === "Perturbation")
    return <PerturbationResult key={data.node.id} perturbation={data.node} onScored={refetch} />;
  return <ResultState noun="perturbation" notFound={notFound} error={error} onRetry={refetch} />;
}
