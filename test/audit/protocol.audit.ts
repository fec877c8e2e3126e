/** G1: the server audit of graphql-http, the reference implementation of GraphQL over HTTP. */
import { auditServer } from "graphql-http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { addRow } from "./rowsFile.ts";

const maxWarnings = 3;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.close());

it("the server audit of GraphQL over HTTP finds no error and few warnings", async () => {
  const results = await auditServer({ url: `${api.url}/graphql` });
  const namesOf = (status: string) => results.flatMap((result) => (result.status === status ? [result.name] : []));
  addRow("G1 errors of graphql-http's auditServer", namesOf("error"), `${results.length} audits`);
  addRow("G1 warnings of graphql-http's auditServer", namesOf("warn"), `${results.length} audits`, maxWarnings);
  expect(namesOf("error")).toEqual([]);
  expect(namesOf("warn").length).toBeLessThanOrEqual(maxWarnings);
});
