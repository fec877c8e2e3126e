"use client";
/**
 * Pages of the gallery's list by keyset cursor, one after the other. The view requests a number of images; returning to a place deep in the
 * list shows the cached pages and loads the missing ones.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { GalleryItem } from "./galleryItem.ts";
import { type GalleryList, nextCursor, noPages, recallList, takePage } from "./galleryPages.ts";
import type { GallerySource } from "./gallerySource.ts";

export interface GalleryPages {
  readonly items: readonly GalleryItem[];
  /** Null until the first page has loaded. */
  readonly total: number | null;
  /** Whether there are more than `total`. */
  readonly totalIsCapped: boolean;
  readonly error: string | null;
  readonly retry: () => void;
}

const unknown: GalleryList = { shown: noPages, coming: noPages, error: null };
const empty: GalleryList = { shown: { ...noPages, more: false, total: 0 }, coming: null, error: null };

/** A filter that names an unknown run, model or encoding matches no image. */
const refusals = new Set(["NOT_FOUND", "INVALID_INPUT"]);

interface Held {
  readonly question: string;
  readonly list: GalleryList;
}

interface View {
  /** Number of images requested. */
  readonly wanted: number;
  /** Index of the first image in view. */
  readonly place: number;
  /** False pauses the query. */
  readonly ready: boolean;
}

/** A source with a different query starts a new list. */
export function useGalleryPages(source: GallerySource, { wanted, place, ready }: View): GalleryPages {
  const client = useClient();
  const [held, setHeld] = useState<Held | null>(null);
  const { question } = source;
  const list = held?.question === question ? held.list : null;
  const asking = useRef<string | null>(null);
  const standing = useRef(place);
  standing.current = place;

  useEffect(() => {
    if (!ready) return;
    if (list === null) {
      setHeld({ question, list: recallList(wanted, (after) => source.recall(client, after)) });
      return;
    }
    const after = nextCursor(list, wanted);
    const key = `${question}:${list.coming === null}:${after}`;
    if (after === undefined || asking.current === key) return;
    asking.current = key;
    void source.read(client, after).then(({ page, error }) => {
      if (asking.current !== key) return;
      asking.current = null;
      if (page !== null) setHeld({ question, list: takePage(list, page, standing.current) });
      else if (error?.graphQLErrors.some(({ extensions }) => refusals.has(String(extensions["code"])))) setHeld({ question, list: empty });
      else setHeld({ question, list: { ...list, error: error?.message ?? "The API did not answer." } });
    });
  }, [client, source, question, list, wanted, ready]);

  const retry = useCallback(() => setHeld((now) => now && { ...now, list: { ...now.list, error: null } }), []);
  const { shown, error } = list ?? unknown;
  return { items: shown.items, total: shown.total, totalIsCapped: shown.totalIsCapped, error, retry };
}
