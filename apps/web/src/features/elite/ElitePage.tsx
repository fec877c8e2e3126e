"use client";
/** An elite's page: its image, the model's output, its ancestry and its genome. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { EliteDocument, type EliteQuery } from "../../graphql/generated/graphql.ts";
import { ResultState } from "../result/ResultState.tsx";
import { EliteView } from "./EliteView.tsx";
import type { LoadedElite } from "./loadedElite.ts";

/** The generated type of other nodes declares every property as never, so `in` alone does not narrow the type. */
function isElite(node: EliteQuery["node"]): node is LoadedElite {
  return node !== null && node !== undefined && "niche" in node;
}

export function ElitePage({ id }: { readonly id: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: EliteDocument,
    variables: { id },
    requestPolicy: "cache-first",
    isFound: ({ node }) => isElite(node),
  });
  const node = data?.node ?? null;
  if (isElite(node)) return <EliteView key={node.id} elite={node} onScored={refetch} />;
  return <ResultState noun="elite" notFound={notFound} error={error} onRetry={refetch} />;
}
