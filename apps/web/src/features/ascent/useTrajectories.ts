"use client";
/** The loaded pages of one configuration's trajectories, merged with events. An ascent without a search has one configuration, number 0. */
import { useCallback, useEffect, useReducer, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AscentTrajectoriesDocument } from "../../graphql/generated/graphql.ts";
import { mergeTrajectories, type TrajectoryRow } from "./trajectories.ts";

interface LoadedRows {
  readonly configuration: number | null;
  readonly rows: readonly TrajectoryRow[];
}

interface NewRows {
  /** The configuration shown; rows of others are dropped. */
  readonly configuration: number | null;
  readonly rows: readonly TrajectoryRow[];
}

function mergeRows(loaded: LoadedRows, { configuration, rows }: NewRows): LoadedRows {
  const known = loaded.configuration === configuration ? loaded.rows : [];
  const merged = mergeTrajectories(
    known,
    rows.filter((row) => row.configuration === configuration),
  );
  return merged === loaded.rows ? loaded : { configuration, rows: merged };
}

const noRows: LoadedRows = { configuration: null, rows: [] };

/** `configuration` is null until the configuration to show is known. */
export function useTrajectories(runId: string, configuration: number | null) {
  const [cursor, setCursor] = useState<{ readonly configuration: number | null; readonly after: string | null }>({
    configuration,
    after: null,
  });
  // Each configuration starts at its first page.
  if (cursor.configuration !== configuration) setCursor({ configuration, after: null });
  const after = cursor.configuration === configuration ? cursor.after : null;
  const { data, isPrevious, error, refetch } = useLiveQuery({
    query: AscentTrajectoriesDocument,
    variables: { id: runId, configurations: configuration === null ? null : [configuration], after },
    pause: configuration === null,
  });
  const [loaded, merge] = useReducer(mergeRows, noRows);
  const lastPage = configuration !== null && data?.node?.__typename === "AscentRun" ? data.node.trajectories : null;
  // The previous page of the same configuration stays while the next one loads.
  const page = isPrevious && lastPage?.nodes[0]?.configuration !== configuration ? null : lastPage;
  useEffect(() => {
    if (page) merge({ configuration, rows: page.nodes });
  }, [page, configuration]);
  const rows = loaded.configuration === configuration ? loaded.rows : [];
  const next = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  return {
    rows,
    total: Math.max(page?.totalCount ?? 0, rows.length),
    /** Whether `rows` are all stored trajectories, so that statistics over them apply to the configuration. */
    complete: page !== null && next === null,
    // The effect merges a response after it arrives. Until then, the page must not say that there are no trajectories.
    loading: rows.length === 0 && (page === null || page.nodes.length > 0),
    error: rows.length === 0 ? error : undefined,
    /** The error if the next page could not be loaded. */
    moreError: rows.length === 0 ? undefined : error,
    retry: refetch,
    showMore: next === null || error !== undefined ? null : () => setCursor({ configuration, after: next }),
    /** Merges the trajectories of an event. */
    merge: useCallback((arriving: readonly TrajectoryRow[]) => merge({ configuration, rows: arriving }), [configuration]),
  };
}

export type Trajectories = ReturnType<typeof useTrajectories>;
