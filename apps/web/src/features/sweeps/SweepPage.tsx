"use client";
/** A sweep's page: loads the sweep by its key and follows its changes. */
import { useEffect } from "react";
import { useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SweepChangesDocument, SweepPageDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { SweepView } from "./SweepView.tsx";

/** A sweep may be started after its page was opened, so the page keeps retrying. */
const retryMilliseconds = 4_000;

/** Every change arrives with the changed fields, which replace those in the cache. */
function useSweepChanges(sweepId: string | undefined): void {
  const client = useClient();
  useEffect(() => {
    if (sweepId === undefined) return;
    const context: ResumingContext = { mayContinue: () => true };
    const { unsubscribe } = client.subscription(SweepChangesDocument, { sweepId }, { ...context }).subscribe(() => undefined);
    return unsubscribe;
  }, [client, sweepId]);
}

export function SweepPage({ sweepKey }: { readonly sweepKey: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: SweepPageDocument,
    variables: { id: sweepKey },
    isFound: ({ sweep }) => sweep != null,
    retryAfter: retryMilliseconds,
  });
  const sweep = data?.sweep ?? null;
  useSweepChanges(sweep?.id);
  if (sweep) return <SweepView key={sweep.id} sweep={sweep} />;
  return (
    <div className="page">
      <PagePath steps={[{ label: "Sweeps", href: "/sweeps" }]} here={sweepKey} />
      {notFound ? (
        <>
          <h1>There is no {sweepKey}</h1>
          <EmptyState title="No sweep in this workspace has this key" action={<ButtonLink href="/sweeps">All sweeps</ButtonLink>}>
            Sweeps are numbered from SWP-1 in the order in which they were started.
          </EmptyState>
        </>
      ) : (
        <>
          <h1>{sweepKey}</h1>
          {error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={8} height={40} />}
        </>
      )}
    </div>
  );
}
