"use client";
/**
 * Loads all pages of a connection, for lists of options that must be complete. Refetches on mount and returns cached pages meanwhile. For
 * any other query, use `useLiveQuery`.
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import { type TypedDocumentNode, useClient } from "urql";
import { type AllPages, loadAllPages, type Page, readCachedPages } from "./allPages.ts";
import { useNoteQuery } from "./pageQueries.tsx";

interface Paged {
  readonly after?: string | null | undefined;
}

interface Loaded<Node> {
  /** The variables as JSON. */
  readonly key: string;
  readonly pages: AllPages<Node>;
}

/**
 * @param variables Compared by value; null pauses the query.
 * @param selectConnection Must be the same function on every render.
 */
export function useAllPages<Data, Variables extends Paged, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "after"> | null,
  selectConnection: (data: Data) => Page<Node>,
) {
  const client = useClient();
  const key = variables === null ? null : JSON.stringify(variables);
  useNoteQuery(query, variables);
  const [loaded, setLoaded] = useState<Loaded<Node> | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt repeats the request
  useEffect(() => {
    if (key === null) return;
    let current = true;
    void loadAllPages(async (after) => {
      const page = { ...JSON.parse(key), after } as Variables;
      const { data, error } = await client.query(query, page, { requestPolicy: "cache-and-network" }).toPromise();
      return { page: data ? selectConnection(data) : undefined, error };
    }).then((pages) => {
      if (current) setLoaded({ key, pages });
    });
    return () => {
      current = false;
    };
  }, [client, query, key, selectConnection, attempt]);
  const cached = useMemo(() => {
    if (key === null) return undefined;
    return readCachedPages((after) => {
      const page = { ...JSON.parse(key), after } as Variables;
      const data = client.readQuery(query, page, { requestPolicy: "cache-only" })?.data;
      return data ? selectConnection(data) : undefined;
    });
  }, [client, query, key, selectConnection]);
  const pages = loaded?.key === key ? loaded.pages : null;
  return {
    /** Undefined until every page is loaded. */
    nodes: pages !== null && "nodes" in pages ? pages.nodes : cached,
    /** The message of the error if the list could not be loaded or refreshed. */
    error: pages !== null && "error" in pages ? pages.error : undefined,
    refetch: useCallback(() => setAttempt((count) => count + 1), []),
  };
}
