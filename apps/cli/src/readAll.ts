/** All pages of a connection in one list. */

interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** At most `limit` rows. */
export async function readAll<Row>(
  readPage: (after: string | null) => Promise<Page<Row>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Page<Row> = await readPage(after);
    rows.push(...nodes);
    const next: string | null = pageInfo.endCursor ?? null;
    if (!pageInfo.hasNextPage || next === null || rows.length >= limit) return rows.slice(0, limit);
    after = next;
  }
}
