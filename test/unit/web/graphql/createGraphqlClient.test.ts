/** The browser's GraphQL client: what it takes for an answer. */
import { gql } from "urql";
import { afterEach, expect, it, vi } from "vitest";
import { answersTo } from "../../../../apps/web/src/graphql/client/answersTo.ts";
import { createGraphqlClient } from "../../../../apps/web/src/graphql/client/createGraphqlClient.ts";

const query = gql`query Named($id: ID!) { node(id: $id) { __typename id } }`;
const run = { __typename: "Run", id: "a" };

function answerWith(...bodies: readonly object[]): void {
  const left = [...bodies];
  vi.stubGlobal("fetch", async () => Response.json(left.shift()));
}

afterEach(() => vi.unstubAllGlobals());

it("takes what comes beside an error for no answer, so that a run that could not be read is not one that is not there", async () => {
  const client = createGraphqlClient();
  const errors = [{ message: "The database is away.", path: ["node"] }];
  answerWith({ data: { node: run } }, { data: { node: null }, errors }, { data: null, errors });
  expect((await client.query(query, { id: "a" }).toPromise()).data).toEqual({ node: run });
  for (const _ of ["a part", "nothing"]) {
    const failed = await client.query(query, { id: "a" }, { requestPolicy: "network-only" }).toPromise();
    expect(failed.error?.message).toContain("The database is away.");
    expect(failed.data).toBeUndefined();
  }
  expect((await client.query(query, { id: "a" }).toPromise()).data).toEqual({ node: run });
});

it("tells the answer to these variables from one to others", async () => {
  answerWith({ data: { node: run } });
  const result = await createGraphqlClient().query(query, { id: "a" }).toPromise();
  expect(answersTo(result, { id: "a" })).toBe(true);
  expect(answersTo(result, { id: "b" })).toBe(false);
  expect(answersTo({}, { id: "a" })).toBe(false);
});
