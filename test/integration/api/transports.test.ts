/** The limits of operations hold over HTTP, event streams and WebSockets alike: one table, sent over each. */
import { limits } from "@pareidolia/api/limits/limits";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStranger, credentialsOf, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { operationsAtLimits, repeat } from "../../support/operationsAtLimits.ts";
import { transports } from "../../support/transports.ts";

/** Enough for this table, and drained so slowly that nothing is restored meanwhile. */
const costLimit = { limit: 2_000_000, drainPerSecond: 1 };

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ costLimit });
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
});
afterAll(() => api.close());

describe.each(Object.entries(transports))("over %s,", (_, send) => {
  it.each(operationsAtLimits)("%s is answered as over the others", async (_name, operation, code, message) => {
    const { data, codes, messages } = await send(api.url, operation, credentialsOf(localOwner));
    expect([codes, code === null || data === null]).toEqual([code === null ? [] : [code], true]);
    if (message !== null) expect(messages.join(" ")).toMatch(message);
  });

  it("`rateLimit` and a refusal come from the same bucket, and name a `first` that fits", async () => {
    const ask = async (query: string) => send(api.url, { query }, credentialsOf(stranger));
    const { rateLimit } = (await ask("{ rateLimit { cost limit remaining resetAt } }")).data as { rateLimit: Record<string, number> };
    expect(rateLimit).toMatchObject({
      cost: expect.any(Number),
      limit: costLimit.limit,
      remaining: expect.any(Number),
      resetAt: expect.any(String),
    });
    const refused = await ask(`{ experiments(first: 100) { nodes { ${repeat(12, (i) => `a${i}: runs(first: 100) { nodes { id } }`)} } } }`);
    const first = /`first: (\d+)`/.exec(refused.messages.join())?.[1];
    expect([refused.codes, Number(first) > 0]).toEqual([["TOO_COMPLEX"], true]);
    const path = /rows of "([\w.]+)"/.exec(refused.messages.join())?.[1] ?? "";
    const fitting = `{ experiments(first: ${path === "experiments" ? first : 100}) { nodes { ${repeat(12, (i) => `a${i}: runs(first: 100) { nodes { id } }`)} } } }`;
    expect((await ask(fitting)).codes).toEqual([]);
  });
});

it("the table is about every limit of a document", () => {
  expect(limits).toMatchObject({
    documentLength: 20_000,
    tokens: 2_000,
    depth: 16,
    aliases: 60,
    cost: 100_000,
    variableDepth: 32,
    listValues: 100,
  });
});
