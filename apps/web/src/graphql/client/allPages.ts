/** Loads a connection page by page until the last one. */
import type { CombinedError } from "urql";

export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

export interface PageResult<Node> {
  readonly page: Page<Node> | undefined;
  readonly error: CombinedError | undefined;
}

export type AllPages<Node> = { readonly nodes: readonly Node[] } | { readonly error: string };

/** The nodes of all pages, or the error of the first page that failed; never an incomplete list. */
export async function loadAllPages<Node>(loadPage: (after: string | null) => Promise<PageResult<Node>>): Promise<AllPages<Node>> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const { page, error }: PageResult<Node> = await loadPage(after);
    if (page === undefined) return { error: error?.message ?? "The API did not answer." };
    nodes.push(...page.nodes);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage || !endCursor) return { nodes };
    after = endCursor;
  }
}

/** The nodes of all pages if every page is cached. */
export function readCachedPages<Node>(cachedPage: (after: string | null) => Page<Node> | undefined): readonly Node[] | undefined {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<Node> | undefined = cachedPage(after);
    if (page === undefined) return undefined;
    nodes.push(...page.nodes);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage || !endCursor) return nodes;
    after = endCursor;
  }
}
