"use client";
/** The loaded pages of one configuration's trajectories, joined with what events bring. An ascent that is no search has one, numbered 0. */
import { useCallback, useEffect, useReducer, useState } from "react";
import { useQuery } from "urql";
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
  const [{ data, error, operation }, refetch] = useQuery({
    query: AscentTrajectoriesDocument,
    variables: { id: runId, configurations: configuration === null ? null : [configuration], after },
    requestPolicy: "cache-and-network",
    pause: configuration === null,
  });
  const [held, fold] = useReducer(foldArrival, nothing);
  const answered = operation?.variables.configurations?.[0] === configuration;
  const page = answered && data?.node?.__typename === "Run" ? data.node.trajectories : null;
  const failure = answered && page === null ? error : undefined;
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
    error: rows.length === 0 ? failure : undefined,
    /** Why no further rows came. */
    moreError: rows.length === 0 ? undefined : failure,
    retry: useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]),
    showMore: next === null ? null : () => setCursor({ configuration, after: next }),
    /** Takes what an event brought. */
    take: useCallback((arriving: readonly TrajectoryRow[]) => fold({ configuration, rows: arriving }), [configuration]),
  };
}

export type Trajectories = ReturnType<typeof useTrajectories>;
