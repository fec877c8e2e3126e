"use client";
/** One result of an attack, on a page of its own. */
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { PerturbationPageDocument } from "../../graphql/generated/graphql.ts";
import { ResultState } from "../result/ResultState.tsx";
import { PerturbationResult } from "./PerturbationResult.tsx";

export function PerturbationPage({ id }: { readonly id: string }) {
  const [{ data: fresh, error }, ask] = useQuery({ query: PerturbationPageDocument, variables: { id } });
  const data = useKept(fresh);
  const askAgain = () => ask({ requestPolicy: "network-only" });
  if (data?.node?.__typename === "Perturbation")
    return <PerturbationResult key={data.node.id} perturbation={data.node} workspace={data.viewer.workspace.name} onScored={askAgain} />;
  return <ResultState noun="perturbation" answered={data !== undefined} error={error} onRetry={askAgain} />;
}
