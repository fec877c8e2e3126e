"use client";
/** Reads a page's data again as soon as a member has changed one of the runs and experiments that it shows. */
import { useEffect, useRef } from "react";
import { useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { WorkspaceChangesDocument } from "../../graphql/generated/graphql.ts";

/** @param ids of the shown runs and experiments; null for a list, which any change may concern. */
export function useWorkspaceChanges(ids: readonly string[] | null, refetch: () => void): void {
  const client = useClient();
  const latest = useRef({ ids, refetch });
  useEffect(() => {
    latest.current = { ids, refetch };
  });
  useEffect(() => {
    const context: ResumingContext = { mayContinue: () => true };
    const { unsubscribe } = client.subscription(WorkspaceChangesDocument, {}, { ...context }).subscribe(({ data }) => {
      if (!data) return;
      const { everything, runIds, experimentIds } = data.workspaceChanges;
      const { ids: shown, refetch: read } = latest.current;
      if ((everything && shown?.length !== 0) || shown === null || shown.some((id) => runIds.includes(id) || experimentIds.includes(id)))
        read();
    });
    return unsubscribe;
  }, [client]);
}
