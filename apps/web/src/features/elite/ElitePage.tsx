"use client";
/** One elite: the plaque, the two answers face to face, where it came from, and the genome behind it. */
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { EliteDocument, type EliteQuery } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { EliteSkeleton } from "./EliteSkeleton.tsx";
import { EliteView } from "./EliteView.tsx";
import type { LoadedElite } from "./loadedElite.ts";

/** The generated type of "any other node" has every property as never, so "in" alone does not narrow it. */
function isElite(node: EliteQuery["node"]): node is LoadedElite {
  return node !== null && node !== undefined && "niche" in node;
}

const missingCodes = new Set(["NOT_FOUND", "INVALID_INPUT"]);

export function ElitePage({ id }: { readonly id: string }) {
  const [{ data: fresh, error }, ask] = useQuery({ query: EliteDocument, variables: { id } });
  const data = useKept(fresh);
  const node = data?.node ?? null;
  const refused = error?.graphQLErrors.some(({ extensions }) => missingCodes.has(String(extensions["code"]))) ?? false;
  const askAgain = () => ask({ requestPolicy: "network-only" });
  if (isElite(node) && data !== undefined)
    return <EliteView key={node.id} elite={node} workspace={data.viewer.workspace.name} onScored={askAgain} />;
  const path = <PagePath steps={[{ label: "Gallery", href: "/gallery" }]} here="elite" />;
  if (refused || (data !== undefined && error === undefined))
    return (
      <div className="page">
        {path}
        <h1>There is no such elite</h1>
        <EmptyState title="No image of this workspace has that address" action={<ButtonLink href="/gallery">Open the gallery</ButtonLink>}>
          Addresses of elites are permanent. This one was mistyped, or it belongs to another installation.
        </EmptyState>
      </div>
    );
  if (error !== undefined)
    return (
      <div className="page">
        {path}
        <h1>Elite</h1>
        <RequestError message={error.message} onRetry={() => ask({ requestPolicy: "network-only" })} />
      </div>
    );
  return (
    <>
      {path}
      <EliteSkeleton />
    </>
  );
}
