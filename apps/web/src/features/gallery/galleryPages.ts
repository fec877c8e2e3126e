/**
 * The gallery's list, page by page. A cached list is shown immediately and reloaded in the background: the new list replaces it once it is
 * as long, so that readers keep their place.
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
  /** The same list reloaded; null once it has replaced the cached one. */
  readonly coming: LoadedPages | null;
  readonly error: string | null;
}

export const noPages: LoadedPages = { items: [], cursor: null, more: true, total: null, totalIsCapped: false };

function append({ items: loaded }: LoadedPages, { nodes, pageInfo, totalCount, totalCountIsCapped }: GalleryPage): LoadedPages {
  const seen = new Set(loaded.map(({ id }) => id));
  const items = [...loaded, ...nodes.filter(({ id }) => !seen.has(id))];
  return {
    items,
    cursor: pageInfo.endCursor ?? null,
    more: pageInfo.hasNextPage,
    // Beyond the capped count, the list has at least the row after the last one loaded: scrolling there loads it.
    total: totalCountIsCapped ? Math.max(totalCount, items.length + (pageInfo.hasNextPage ? 1 : 0)) : totalCount,
    totalIsCapped: totalCountIsCapped && pageInfo.hasNextPage,
  };
}

/** Rebuilds up to `wanted` items from cached pages. `recall` returns a cached page, or null. */
export function recallList(wanted: number, recall: (after: string | null) => GalleryPage | null): GalleryList {
  let shown = noPages;
  while (shown.more && shown.items.length < wanted) {
    const page = recall(shown.cursor);
    if (page === null) break;
    shown = append(shown, page);
  }
  return { shown, coming: noPages, error: null };
}

/** The cursor of the page to ask for; undefined where nothing is to be asked. */
export function nextCursor({ shown, coming, error }: GalleryList, wanted: number): string | null | undefined {
  if (error !== null) return undefined;
  if (coming !== null) return coming.cursor;
  return shown.more && shown.items.length < wanted ? shown.cursor : undefined;
}

/** `place` is the index of the first item in view. */
export function takePage({ shown, coming }: GalleryList, page: GalleryPage, place: number): GalleryList {
  if (coming === null) return { shown: append(shown, page), coming, error: null };
  const reloaded = append(coming, page);
  const inView = place === 0 ? undefined : shown.items[place];
  // What is in view may be gone: then as far as it would stand by the count of those that were found since.
  const found = inView === undefined ? 0 : Math.max(0, (reloaded.total ?? 0) - (shown.total ?? 0));
  const far = reloaded.items.length >= shown.items.length + found;
  const reaches = !reloaded.more || far || (inView !== undefined && reloaded.items.some(({ id }) => id === inView.id));
  return reaches ? { shown: reloaded, coming: null, error: null } : { shown, coming: reloaded, error: null };
}
