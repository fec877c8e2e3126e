/** Lists that are read to their end. */
import { CombinedError } from "urql";
import { expect, it } from "vitest";
import { readEveryPage, readKnownPages } from "../../../../apps/web/src/graphql/client/readEveryPage.ts";

const pages: Readonly<Record<string, { nodes: number[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }>> = {
  first: { nodes: [1, 2], pageInfo: { hasNextPage: true, endCursor: "second" } },
  second: { nodes: [3], pageInfo: { hasNextPage: false, endCursor: "end" } },
};

it("joins all pages in order", async () => {
  expect(await readEveryPage(async (after) => ({ page: pages[after ?? "first"], error: undefined }))).toEqual({ nodes: [1, 2, 3] });
});

it("gives no part of a list for the whole: it says why a page did not come", async () => {
  const error = new CombinedError({ graphQLErrors: ["The database is away."] });
  expect(
    await readEveryPage(async (after) => (after === null ? { page: pages["first"], error: undefined } : { page: undefined, error })),
  ).toEqual({
    error: "[GraphQL] The database is away.",
  });
});

it("knows a list only where each of its pages is here already", () => {
  expect(readKnownPages((after) => pages[after ?? "first"])).toEqual([1, 2, 3]);
  expect(readKnownPages((after) => (after === null ? pages["first"] : undefined))).toBeUndefined();
});
