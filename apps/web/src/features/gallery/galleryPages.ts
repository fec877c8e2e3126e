/**
 * The gallery's list, page after page. One that was shown before is shown again at once, and read anew behind it: the new one takes its
 * place when it reaches as far, so that nobody loses theirs.
 */
import type { GalleryElitesQuery } from "../../graphql/generated/graphql.ts";

export type GalleryElite = GalleryElitesQuery["elites"]["nodes"][number];
type GalleryPage = Pick<GalleryElitesQuery["elites"], "nodes" | "pageInfo" | "totalCount" | "totalCountIsCapped">;

export interface LoadedPages {
  readonly elites: readonly GalleryElite[];
  readonly cursor: string | null;
  readonly more: boolean;
  /** Null before the first page. */
  readonly total: number | null;
  /** Whether there are more than `total`. */
  readonly totalIsCapped: boolean;
}

export interface GalleryList {
  readonly shown: LoadedPages;
  /** The same list read anew; null once it stands in the place of the one that was remembered. */
  readonly coming: LoadedPages | null;
  readonly error: string | null;
}

export const noPages: LoadedPages = { elites: [], cursor: null, more: true, total: null, totalIsCapped: false };

function append({ elites: loaded }: LoadedPages, { nodes, pageInfo, totalCount, totalCountIsCapped }: GalleryPage): LoadedPages {
  const seen = new Set(loaded.map(({ id }) => id));
  const elites = [...loaded, ...nodes.filter(({ id }) => !seen.has(id))];
  return {
    elites,
    cursor: pageInfo.endCursor ?? null,
    more: pageInfo.hasNextPage,
    // Beyond the capped count, the list has at least the row after the last one loaded: scrolling there loads it.
    total: totalCountIsCapped ? Math.max(totalCount, elites.length + (pageInfo.hasNextPage ? 1 : 0)) : totalCount,
    totalIsCapped: totalCountIsCapped && pageInfo.hasNextPage,
  };
}

/** What earlier answers hold of it, as far as `wanted` elites. `recall` gives a remembered page, or null. */
export function recallList(wanted: number, recall: (after: string | null) => GalleryPage | null): GalleryList {
  let shown = noPages;
  while (shown.more && shown.elites.length < wanted) {
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
  return shown.more && shown.elites.length < wanted ? shown.cursor : undefined;
}

/** `place` is that of the first elite in view, 0 where somebody stands at the top. */
export function takePage({ shown, coming }: GalleryList, page: GalleryPage, place: number): GalleryList {
  if (coming === null) return { shown: append(shown, page), coming, error: null };
  const anew = append(coming, page);
  const inView = place === 0 ? undefined : shown.elites[place];
  // What is in view may be gone: then as far as it would stand by the count of those that were found since.
  const found = inView === undefined ? 0 : Math.max(0, (anew.total ?? 0) - (shown.total ?? 0));
  const far = anew.elites.length >= shown.elites.length + found;
  const reaches = !anew.more || far || (inView !== undefined && anew.elites.some(({ id }) => id === inView.id));
  return reaches ? { shown: anew, coming: null, error: null } : { shown, coming: anew, error: null };
}
