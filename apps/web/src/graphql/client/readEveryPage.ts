/** Reads a list to its end, page after page. */
import type { CombinedError } from "urql";

export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

export interface PageAnswer<Node> {
  readonly page: Page<Node> | undefined;
  readonly error: CombinedError | undefined;
}

export type EveryPage<Node> = { readonly nodes: readonly Node[] } | { readonly error: string };

/** All of the list or, where a page does not come, why. */
export async function readEveryPage<Node>(readPage: (after: string | null) => Promise<PageAnswer<Node>>): Promise<EveryPage<Node>> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const { page, error }: PageAnswer<Node> = await readPage(after);
    if (page === undefined) return { error: error?.message ?? "The API did not answer." };
    nodes.push(...page.nodes);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage || !endCursor) return { nodes };
    after = endCursor;
  }
}

/** All of the list where every page is here already. */
export function readKnownPages<Node>(knownPage: (after: string | null) => Page<Node> | undefined): readonly Node[] | undefined {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page<Node> | undefined = knownPage(after);
    if (page === undefined) return undefined;
    nodes.push(...page.nodes);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage || !endCursor) return nodes;
    after = endCursor;
  }
}
