"use client";
/**
 * Pages of elites by keyset cursor, one after the other. Whoever scrolls says how many elites the view wants; coming back to a place
 * deep in the list shows what is remembered of it, and asks for as many pages as lead there.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { type EliteFilter, type EliteOrder, GalleryElitesDocument } from "../../graphql/generated/graphql.ts";
import { type GalleryElite, type GalleryList, nextCursor, noPages, recallList, takePage } from "./galleryPages.ts";

export interface GalleryPages {
  readonly elites: readonly GalleryElite[];
  /** Null until the first page is here. */
  readonly total: number | null;
  /** Whether there are more than `total`. */
  readonly totalIsCapped: boolean;
  readonly error: string | null;
  readonly retry: () => void;
}

const pageSize = 60;
const unknown: GalleryList = { shown: noPages, coming: noPages, error: null };
const empty: GalleryList = { shown: { ...noPages, more: false, total: 0 }, coming: null, error: null };

/** A filter that names an unknown run, model or encoding matches no image. */
const refusals = new Set(["NOT_FOUND", "INVALID_INPUT"]);

interface Held {
  readonly question: string;
  readonly list: GalleryList;
}

interface View {
  /** How many elites it wants. */
  readonly wanted: number;
  /** That of the first elite in it. */
  readonly place: number;
}

/** Compares `filter` and `orderBy` by their JSON, so callers need not memoise them. */
export function useGalleryPages(filter: EliteFilter, orderBy: EliteOrder, { wanted, place }: View): GalleryPages {
  const client = useClient();
  const question = JSON.stringify([filter, orderBy]);
  const [held, setHeld] = useState<Held | null>(null);
  const list = held?.question === question ? held.list : null;
  const asking = useRef<string | null>(null);
  const standing = useRef(place);
  standing.current = place;

  useEffect(() => {
    const variablesOf = (after: string | null) => ({ first: pageSize, after, filter, orderBy });
    if (list === null) {
      const recall = (after: string | null) =>
        client.readQuery(GalleryElitesDocument, variablesOf(after), { requestPolicy: "cache-only" })?.data?.elites ?? null;
      setHeld({ question, list: recallList(wanted, recall) });
      return;
    }
    const after = nextCursor(list, wanted);
    const key = `${question}:${list.coming === null}:${after}`;
    if (after === undefined || asking.current === key) return;
    asking.current = key;
    void client
      .query(GalleryElitesDocument, variablesOf(after), { requestPolicy: "network-only" })
      .toPromise()
      .then(({ data, error }) => {
        if (asking.current !== key) return;
        asking.current = null;
        if (data) setHeld({ question, list: takePage(list, data.elites, standing.current) });
        else if (error?.graphQLErrors.some(({ extensions }) => refusals.has(String(extensions["code"]))))
          setHeld({ question, list: empty });
        else setHeld({ question, list: { ...list, error: error?.message ?? "The API gave no answer." } });
      });
  }, [client, filter, orderBy, question, list, wanted]);

  const retry = useCallback(() => setHeld((now) => now && { ...now, list: { ...now.list, error: null } }), []);
  const { shown, error } = list ?? unknown;
  return { elites: shown.elites, total: shown.total, totalIsCapped: shown.totalIsCapped, error, retry };
}
