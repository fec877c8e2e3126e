"use client";
/**
 * An expensive query over a run's archive: returns cached data, loads once on mount, and then only by `refresh`. It does not use
 * `useLiveQuery`, since each event of the run would re-execute the query and so repeat a failed request.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, type TypedDocumentNode, useClient } from "urql";
import { useNoteQuery } from "../../graphql/client/pageQueries.tsx";

export interface OnDemandStatus {
  readonly loading: boolean;
  /** The error of the last request; the previous data stays. */
  readonly error: CombinedError | undefined;
  /** The run's generation when the data was requested; below 0 before the first stored generation, null for cached data. */
  readonly generation: number | null;
  /** Number of generations that the run has stored since. */
  readonly behind: number;
  readonly refresh: () => void;
}

export interface OnDemandQuery<Data> {
  readonly data: Data | undefined;
  readonly status: OnDemandStatus;
}

interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly generation: number | null;
  readonly error: CombinedError | undefined;
}

export function useOnDemandQuery<Data>(
  query: TypedDocumentNode<Data, { id: string }>,
  run: { readonly id: string; readonly generation?: number | null },
): OnDemandQuery<Data> {
  const { id } = run;
  const newest = run.generation ?? -1;
  const client = useClient();
  useNoteQuery(query, { id });
  const [{ data, generation, error }, setLoaded] = useState<Loaded<Data>>(() => ({
    data: client.readQuery(query, { id }, { requestPolicy: "cache-only" })?.data ?? undefined,
    generation: null,
    error: undefined,
  }));
  const [loading, setLoading] = useState(true);
  const newestRef = useRef(newest);
  newestRef.current = newest;
  const refresh = useCallback(() => {
    const requestedAt = newestRef.current;
    setLoading(true);
    void client
      .query(query, { id }, { requestPolicy: "network-only" })
      .toPromise()
      .then((result) => {
        setLoading(false);
        setLoaded((previous) =>
          result.data ? { data: result.data, generation: requestedAt, error: undefined } : { ...previous, error: result.error },
        );
      });
  }, [client, query, id]);
  useEffect(refresh, [refresh]);
  return { data, status: { loading, error, generation, behind: generation === null ? 0 : newest - generation, refresh } };
}
