/**
 * The gallery's list, page by page. A cached list is shown immediately and reloaded in the background. The new list replaces it once it is
 * as long, so the scroll position stays valid.
 */
import type { GalleryItem } from "./galleryItem.ts";

export interface GalleryPage {
  readonly nodes: readonly GalleryItem[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly totalCount: number;
  readonly totalCountIsCapped: boolean;
}

export interface LoadedPages {
  readonly items: readonly GalleryItem[];
  readonly cursor: string | null;
  readonly more: boolean;
  /** Null before the first page. */
  readonly total: number | null;
  /** Whether there are more than `total`. */
  readonly totalIsCapped: boolean;
}

export interface GalleryList {
  readonly shown: LoadedPages;
  /** The list that is being reloaded; null once it has replaced the cached list. */
  readonly reloading: LoadedPages | null;
  readonly error: string | null;
}

export const noPages: LoadedPages = { items: [], cursor: null, more: true, total: null, totalIsCapped: false };

function appendPage({ items: loaded }: LoadedPages, { nodes, pageInfo, totalCount, totalCountIsCapped }: GalleryPage): LoadedPages {
  const seen = new Set(loaded.map(({ id }) => id));
  const items = [...loaded, ...nodes.filter(({ id }) => !seen.has(id))];
  return {
    items,
    cursor: pageInfo.endCursor ?? null,
    more: pageInfo.hasNextPage,
    // Beyond a capped count, the list has at least one more image than loaded: scrolling to it loads the next page.
    total: totalCountIsCapped ? Math.max(totalCount, items.length + (pageInfo.hasNextPage ? 1 : 0)) : totalCount,
    totalIsCapped: totalCountIsCapped && pageInfo.hasNextPage,
  };
}

/** Restores at least `count` items, if possible, from cached pages. `readCached` returns a cached page, or null. */
export function restoreList(count: number, readCached: (after: string | null) => GalleryPage | null): GalleryList {
  let shown = noPages;
  while (shown.more && shown.items.length < count) {
    const page = readCached(shown.cursor);
    if (page === null) break;
    shown = appendPage(shown, page);
  }
  return { shown, reloading: noPages, error: null };
}

/** The cursor of the next page to load; undefined if there is none. */
export function nextCursor({ shown, reloading, error }: GalleryList, count: number): string | null | undefined {
  if (error !== null) return undefined;
  if (reloading !== null) return reloading.cursor;
  return shown.more && shown.items.length < count ? shown.cursor : undefined;
}

/** Adds a loaded page. @param position Index of the first item in view. */
export function addPage({ shown, reloading }: GalleryList, page: GalleryPage, position: number): GalleryList {
  if (reloading === null) return { shown: appendPage(shown, page), reloading, error: null };
  const reloaded = appendPage(reloading, page);
  const inView = position === 0 ? undefined : shown.items[position];
  // If the item in view no longer exists, the list is long enough with its old length plus the number of new items.
  const newCount = inView === undefined ? 0 : Math.max(0, (reloaded.total ?? 0) - (shown.total ?? 0));
  const isLongEnough = reloaded.items.length >= shown.items.length + newCount;
  const isReady = !reloaded.more || isLongEnough || (inView !== undefined && reloaded.items.some(({ id }) => id === inView.id));
  return isReady ? { shown: reloaded, reloading: null, error: null } : { shown, reloading: reloaded, error: null };
}
