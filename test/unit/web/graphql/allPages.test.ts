/** Connections loaded to their last page. */
import { CombinedError } from "urql";
import { expect, it } from "vitest";
import { loadAllPages, readCachedPages } from "../../../../apps/web/src/graphql/client/allPages.ts";

const pages: Readonly<Record<string, { nodes: number[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }>> = {
  first: { nodes: [1, 2], pageInfo: { hasNextPage: true, endCursor: "second" } },
  second: { nodes: [3], pageInfo: { hasNextPage: false, endCursor: "end" } },
};

it("a list joins all pages in order", async () => {
  expect(await loadAllPages(async (after) => ({ page: pages[after ?? "first"], error: undefined }))).toEqual({ nodes: [1, 2, 3] });
});

it("a list reports the error of a failed page instead of a part of the list", async () => {
  const error = new CombinedError({ graphQLErrors: ["The database is away."] });
  expect(
    await loadAllPages(async (after) => (after === null ? { page: pages["first"], error: undefined } : { page: undefined, error })),
  ).toEqual({
    error: "[GraphQL] The database is away.",
  });
});

it("a list is read from the cache only if every page is cached", () => {
  expect(readCachedPages((after) => pages[after ?? "first"])).toEqual([1, 2, 3]);
  expect(readCachedPages((after) => (after === null ? pages["first"] : undefined))).toBeUndefined();
});
