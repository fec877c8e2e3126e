"use client";
/**
 * Pages of elites by keyset cursor, one after the other. Whoever scrolls says how many elites the view wants; coming
 * back to a place deep in the list asks for as many pages as lead there (urql's cache answers those seen before).
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { type EliteFilter, type EliteOrder, GalleryElitesDocument, type GalleryElitesQuery } from "../../graphql/generated/graphql.ts";

export type GalleryElite = GalleryElitesQuery["elites"]["nodes"][number];

export interface GalleryPages {
  readonly elites: readonly GalleryElite[];
  /** Null until the first page is here. */
  readonly total: number | null;
  readonly error: string | null;
  readonly retry: () => void;
}

const pageSize = 60;
const nothing = { elites: [], cursor: null, more: true, total: null, error: null } as const;

/** A filter that names what does not exist is answered like one that nothing passes. */
const refusals = new Set(["NOT_FOUND", "INVALID_INPUT"]);

interface Loaded {
  readonly elites: readonly GalleryElite[];
  readonly cursor: string | null;
  readonly more: boolean;
  readonly total: number | null;
  readonly error: string | null;
}

/** `filter` and `orderBy` are compared by `question`, their text; a filter of null asks nothing and holds nothing. */
export function useGalleryPages(filter: EliteFilter | null, orderBy: EliteOrder, wanted: number): GalleryPages {
  const client = useClient();
  const question = JSON.stringify([filter, orderBy]);
  const [held, setHeld] = useState<{ question: string; loaded: Loaded }>({ question, loaded: nothing });
  const loaded = held.question === question ? held.loaded : nothing;
  const asking = useRef<string | null>(null);
  const enough = loaded.error !== null || !loaded.more || loaded.elites.length >= wanted;

  useEffect(() => {
    if (enough || filter === null) return;
    const key = `${question}:${loaded.cursor ?? ""}`;
    if (asking.current === key) return;
    asking.current = key;
    const variables = { first: pageSize, after: loaded.cursor, filter, orderBy };
    void client
      .query(GalleryElitesDocument, variables)
      .toPromise()
      .then(({ data, error }) => {
        if (asking.current !== key) return;
        asking.current = null;
        if (error?.graphQLErrors.some(({ extensions }) => refusals.has(String(extensions["code"])))) {
          setHeld({ question, loaded: { ...nothing, more: false, total: 0 } });
          return;
        }
        if (data === undefined || data === null) {
          setHeld({ question, loaded: { ...loaded, error: error?.message ?? "The API gave no answer." } });
          return;
        }
        const { nodes, pageInfo, totalCount } = data.elites;
        const seen = new Set(loaded.elites.map(({ id }) => id));
        const elites = [...loaded.elites, ...nodes.filter(({ id }) => !seen.has(id))];
        setHeld({
          question,
          loaded: { elites, cursor: pageInfo.endCursor ?? null, more: pageInfo.hasNextPage, total: totalCount, error: null },
        });
      });
  }, [client, enough, filter, orderBy, question, loaded]);

  const retry = useCallback(() => setHeld((now) => ({ ...now, loaded: { ...now.loaded, error: null } })), []);
  return { elites: loaded.elites, total: filter === null ? 0 : loaded.total, error: loaded.error, retry };
}
