"use client";
/** The loaded pages of one configuration's trajectories, joined with what events bring. An ascent that is no search has one, numbered 0. */
import { useCallback, useEffect, useReducer, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AscentTrajectoriesDocument } from "../../graphql/generated/graphql.ts";
import { foldTrajectories, type TrajectoryRow } from "./trajectories.ts";

interface Held {
  readonly configuration: number | null;
  readonly rows: readonly TrajectoryRow[];
}

interface Arrival {
  /** The one that is shown: the rows of any other are dropped. */
  readonly configuration: number | null;
  readonly rows: readonly TrajectoryRow[];
}

function foldArrival(held: Held, { configuration, rows }: Arrival): Held {
  const known = held.configuration === configuration ? held.rows : [];
  const folded = foldTrajectories(
    known,
    rows.filter((row) => row.configuration === configuration),
  );
  return folded === held.rows ? held : { configuration, rows: folded };
}

const nothing: Held = { configuration: null, rows: [] };

/** `configuration` is null while it is not known which one is to be shown. */
export function useTrajectories(runId: string, configuration: number | null) {
  const [cursor, setCursor] = useState<{ readonly configuration: number | null; readonly after: string | null }>({
    configuration,
    after: null,
  });
  // Rows go with their configuration, and so does the place in them: whoever returns begins with the first page again.
  if (cursor.configuration !== configuration) setCursor({ configuration, after: null });
  const after = cursor.configuration === configuration ? cursor.after : null;
  const { data, isPrevious, error, refetch } = useLiveQuery({
    query: AscentTrajectoriesDocument,
    variables: { id: runId, configurations: configuration === null ? null : [configuration], after },
    pause: configuration === null,
  });
  const [held, fold] = useReducer(foldArrival, nothing);
  const loaded = configuration !== null && data?.node?.__typename === "AscentRun" ? data.node.trajectories : null;
  // The last page of the same configuration stays while the next one loads.
  const page = isPrevious && loaded?.nodes[0]?.configuration !== configuration ? null : loaded;
  useEffect(() => {
    if (page) fold({ configuration, rows: page.nodes });
  }, [page, configuration]);
  const rows = held.configuration === configuration ? held.rows : [];
  const next = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  return {
    rows,
    total: Math.max(page?.totalCount ?? 0, rows.length),
    /** Whether these are all that are stored: figures over them are then the configuration's. */
    complete: page !== null && next === null,
    // A response is merged shortly after it arrives; until then the page must not say that there are no trajectories.
    loading: rows.length === 0 && (page === null || page.nodes.length > 0),
    error: rows.length === 0 ? error : undefined,
    /** Why the next page could not be loaded. */
    moreError: rows.length === 0 ? undefined : error,
    retry: refetch,
    showMore: next === null || error !== undefined ? null : () => setCursor({ configuration, after: next }),
    /** Takes what an event brought. */
    take: useCallback((arriving: readonly TrajectoryRow[]) => fold({ configuration, rows: arriving }), [configuration]),
  };
}

export type Trajectories = ReturnType<typeof useTrajectories>;
