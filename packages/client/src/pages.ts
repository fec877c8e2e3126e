/** Reads a connection page by page, or node by node: each page begins after the last cursor of the page before. */

/** What a document must select of a connection for `pages`. */
export interface Connected {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

/** What a document must select of a connection for `nodes`. */
export interface ConnectedNodes<Node> extends Connected {
  readonly nodes: readonly Node[];
}

type Variables = Readonly<Record<string, unknown>>;

export async function* readPages<Data, Page extends Connected>(
  read: (variables: Variables) => Promise<Data>,
  variables: Variables,
  pick: (data: Data) => Page,
): AsyncGenerator<Page, void, void> {
  let after = variables["after"] ?? null;
  for (;;) {
    const page = pick(await read({ ...variables, after }));
    yield page;
    const { hasNextPage, endCursor = null } = page.pageInfo;
    // A document that does not pass `$after` would get the same page forever.
    if (!hasNextPage || endCursor === null || endCursor === after) return;
    after = endCursor;
  }
}
