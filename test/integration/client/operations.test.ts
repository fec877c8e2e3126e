/** The client against a real API: queries, pages, errors, and mutations whose answer is lost. */
import { createClient } from "@pareidolia/client";
import { PareidoliaError, successOf } from "@pareidolia/client/errors";
import { createExperiment, experiments, viewer } from "@pareidolia/client/operations";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { inFull } from "../../support/extent/inFull.ts";

interface Connected {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

/** A client whose connection loses the answers of the first requests. */
function clientThatLoses(count: number) {
  let sent = 0;
  const fetchAndLose: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    sent += 1;
    if (sent > count) return response;
    await response.arrayBuffer();
    throw new TypeError("fetch failed", { cause: new Error("socket hang up") });
  };
  return { client: createClient({ url: api.url, fetch: fetchAndLose }), sent: () => sent };
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("queries", () => {
  it("answers a ready operation with typed data", async () => {
    const { viewer: me } = await createClient({ url: api.url }).query(viewer);
    expect([me.role, me.workspace.name.length > 0]).toEqual(["OWNER", true]);
  });

  it("throws the API's error with its code, field and status", async () => {
    const error = await failureOf(createClient({ url: api.url }).query(experiments, { search: "runs >" }));
    expect(error).toBeInstanceOf(PareidoliaError);
    expect(error).toMatchObject({ code: "INVALID_INPUT", status: 400, path: ["experiments"] });
  });
});

inFull("twenty queries that are sent together at the limit of costs all succeed", async () => {
  const cost = 706;
  // Four fit at once, and two more each second.
  const limited = await startTestApi({ costLimit: { limit: 4 * cost, drainPerSecond: 2 * cost } });
  try {
    await seedLocalOwner(limited.database.connection);
    const client = createClient({ url: limited.url });
    const costs: number[] = [];
    const queries = Array.from({ length: 20 }, () =>
      client.query("{ viewer { role user { name } workspace { name } } }", {}, { onCost: (spent) => costs.push(spent.cost) }),
    );
    const statuses = (await Promise.allSettled(queries)).map(({ status }) => status);
    expect(new Set(costs)).toEqual(new Set([cost]));
    expect(statuses).toEqual(Array.from({ length: 20 }, () => "fulfilled"));
  } finally {
    await limited.close();
  }
});

describe("mutations", () => {
  it("happen once even if their answers are lost", async () => {
    const { client, sent } = clientThatLoses(2);
    const { createExperiment: payload } = await client.mutate(createExperiment, { input: { name: "Once" } });
    const { experiment } = successOf(payload);
    const { experiments: list } = await client.query(experiments, { search: "name = Once" });
    expect([sent(), list.nodes.map(({ key }) => key)]).toEqual([4, [experiment.key]]);
  });

  it("are not sent again without a key", async () => {
    const { client, sent } = clientThatLoses(1);
    const document = 'mutation { createExperiment(input: { name: "Unkeyed" }) { __typename } }';
    expect(await failureOf(client.mutate(document))).toMatchObject({ code: "NETWORK" });
    expect(sent()).toBe(1);
  });

  it("turn an error of the payload into a PareidoliaError with its field", async () => {
    const { createExperiment: payload } = await createClient({ url: api.url }).mutate(createExperiment, { input: { name: "" } });
    expect(() => successOf(payload)).toThrow(PareidoliaError);
    expect(payload).toMatchObject({ __typename: "InvalidInputError", field: "input.name" });
  });
});

describe("pages", () => {
  it("reads every node once, in the order of the list", async () => {
    const client = createClient({ url: api.url });
    for (let i = 0; i < 5; i += 1) await client.mutate(createExperiment, { input: { name: `Page ${i}` } });
    const keys: string[] = [];
    for await (const { name } of client.nodes(experiments, { search: "name ~ Page", first: 2 }, (data) => data.experiments))
      keys.push(name);
    expect(keys).toEqual(["Page 4", "Page 3", "Page 2", "Page 1", "Page 0"]);
  });

  it("refuses a document that does not pass the cursor", () => {
    const document = "{ experiments { pageInfo { hasNextPage endCursor } } }";
    const read = () => createClient({ url: api.url }).pages(document, {}, (data: { experiments: Connected }) => data.experiments);
    expect(read).toThrow("$after");
  });
});
