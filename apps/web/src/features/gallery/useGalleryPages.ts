"use client";
/**
 * Loads the pages of the gallery's list in order, by keyset cursor, until it has the number of images that the view needs. A return to a
 * position deep in the list shows the cached pages and loads the missing ones.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { GalleryItem } from "./galleryItem.ts";
import { addPage, type GalleryList, nextCursor, noPages, restoreList } from "./galleryPages.ts";
import type { GallerySource } from "./gallerySource.ts";

export interface GalleryPages {
  readonly items: readonly GalleryItem[];
  /** Length of the list shown; null until the first page has loaded. */
  readonly total: number | null;
  /** The last count received. It precedes `total` while a list that has grown by many pages is reloaded. */
  readonly latestTotal: number | null;
  /** Whether there are more than `latestTotal`. */
  readonly latestTotalIsCapped: boolean;
  readonly error: string | null;
  readonly retry: () => void;
}

const initialList: GalleryList = { shown: noPages, reloading: noPages, error: null };

interface KeyedList {
  readonly key: string;
  readonly list: GalleryList;
}

interface View {
  /** Number of images that the view needs. */
  readonly count: number;
  /** Index of the first image in view. */
  readonly position: number;
  /** False pauses the loading. */
  readonly isReady: boolean;
}

/** A source with another key starts a new list. */
export function useGalleryPages(source: GallerySource, { count, position, isReady }: View): GalleryPages {
  const client = useClient();
  const [keyedList, setKeyedList] = useState<KeyedList | null>(null);
  const { key } = source;
  const list = keyedList?.key === key ? keyedList.list : null;
  /** Identifies the request in progress. */
  const pendingRequest = useRef<string | null>(null);
  const latestPosition = useRef(position);
  latestPosition.current = position;

  useEffect(() => {
    if (!isReady) return;
    if (list === null) {
      setKeyedList({ key, list: restoreList(count, (after) => source.readCached(client, after)) });
      return;
    }
    const after = nextCursor(list, count);
    const request = `${key}:${list.reloading === null}:${after}`;
    if (after === undefined || pendingRequest.current === request) return;
    pendingRequest.current = request;
    void source.load(client, after).then(({ page, error }) => {
      if (pendingRequest.current !== request) return;
      pendingRequest.current = null;
      if (page !== null) setKeyedList({ key, list: addPage(list, page, latestPosition.current) });
      else setKeyedList({ key, list: { ...list, error: error?.message ?? "The API did not answer." } });
    });
  }, [client, source, key, list, count, isReady]);

  const retry = useCallback(() => setKeyedList((current) => current && { ...current, list: { ...current.list, error: null } }), []);
  const { shown, reloading, error } = list ?? initialList;
  const latest = reloading === null || reloading.total === null ? shown : reloading;
  return { items: shown.items, total: shown.total, latestTotal: latest.total, latestTotalIsCapped: latest.totalIsCapped, error, retry };
}
