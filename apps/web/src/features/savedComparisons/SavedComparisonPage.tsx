"use client";
/** The page of a saved comparison: loads it by its key and follows changes of its title and notes. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SavedComparisonDocument } from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { draftOwnerOf } from "../tracking/useTrackedSubject.ts";
import { SavedComparisonView } from "./SavedComparisonView.tsx";

export function SavedComparisonPage({ comparisonKey }: { readonly comparisonKey: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: SavedComparisonDocument,
    variables: { id: comparisonKey },
    poll: useFallbackPoll(),
    isFound: ({ node }) => node?.__typename === "SavedComparison",
  });
  const saved = data?.node?.__typename === "SavedComparison" ? data.node : null;
  useWorkspaceChanges(saved === null ? [] : [saved.id], refetch);
  return (
    <div className="page">
      <PagePath
        steps={[
          { label: "Experiments", href: "/experiments" },
          { label: "Comparisons", href: "/comparisons" },
        ]}
        here={comparisonKey}
      />
      {data !== undefined && saved !== null ? (
        <SavedComparisonView key={saved.id} saved={saved} owner={draftOwnerOf(data.viewer)} />
      ) : notFound ? (
        <>
          <h1>There is no {comparisonKey}</h1>
          <EmptyState
            title="No saved comparison in this workspace has this key"
            action={<ButtonLink href="/comparisons">All comparisons</ButtonLink>}
          >
            It may have been deleted. Its runs are unaffected.
          </EmptyState>
        </>
      ) : (
        <>
          <h1>{comparisonKey}</h1>
          {error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={8} height={40} />}
        </>
      )}
    </div>
  );
}
