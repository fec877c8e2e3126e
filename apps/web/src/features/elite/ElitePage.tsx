"use client";
/** One elite: the plaque, the two answers face to face, where it came from, and the genome behind it. */
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { EliteDocument, type EliteQuery } from "../../graphql/generated/graphql.ts";
import { ResultState } from "../result/ResultState.tsx";
import { EliteView } from "./EliteView.tsx";
import type { LoadedElite } from "./loadedElite.ts";

/** The generated type of "any other node" has every property as never, so "in" alone does not narrow it. */
function isElite(node: EliteQuery["node"]): node is LoadedElite {
  return node !== null && node !== undefined && "niche" in node;
}

export function ElitePage({ id }: { readonly id: string }) {
  const [{ data: fresh, error }, ask] = useQuery({ query: EliteDocument, variables: { id } });
  const data = useKept(fresh);
  const node = data?.node ?? null;
  const askAgain = () => ask({ requestPolicy: "network-only" });
  if (isElite(node) && data !== undefined)
    return <EliteView key={node.id} elite={node} workspace={data.viewer.workspace.name} onScored={askAgain} />;
  return <ResultState noun="elite" answered={data !== undefined} error={error} onRetry={askAgain} />;
}
