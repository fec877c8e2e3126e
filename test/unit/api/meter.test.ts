/** The limits of a running operation, regardless of its estimate, on a small schema with long lists. */
import { findResponseError } from "@pareidolia/api/limits/findResponseError";
import { limits } from "@pareidolia/api/limits/limits";
import { Meter } from "@pareidolia/api/limits/meter";
import { meterFields } from "@pareidolia/api/limits/meterFields";
import { buildSchema, type ExecutionResult, execute, type GraphQLObjectType, parse } from "graphql";
import { afterEach, describe, expect, it, vi } from "vitest";

let resolved = 0;

function createRows(length: number): readonly { readonly id: () => Promise<string> }[] {
  const id = async (): Promise<string> => {
    resolved += 1;
    return "x";
  };
  return Array.from({ length }, () => ({ id }));
}

const schema = buildSchema("type Row { id: ID! } type Query { rows: [Row!]! words: [String!]! text: String never: String after: String }");
const fields = (schema.getQueryType() as GraphQLObjectType).getFields();
const answers: Readonly<Record<string, () => unknown>> = {
  rows: async () => createRows(limits.values),
  words: () => Array.from({ length: 100_000 }, () => "word"),
  text: () => "a".repeat(5_000_000),
  never: () => new Promise(() => undefined),
  after: () => "still here",
};
for (const [name, resolve] of Object.entries(answers)) if (fields[name] !== undefined) fields[name].resolve = resolve;
meterFields(schema);

async function ask(query: string, meter = new Meter()): Promise<{ result: ExecutionResult; broken: string | undefined }> {
  resolved = 0;
  const result = await execute({ schema, document: parse(query), contextValue: { meter } });
  meter.end();
  return { result, broken: findResponseError(meter, result)?.message };
}

afterEach(() => vi.useRealTimers());

describe("a running operation", () => {
  it("is stopped at the maximum number of values, before it resolves the rest", async () => {
    const { broken, result } = await ask("{ rows { id } after }");
    expect(broken).toMatch(/more than 250000 values/);
    expect(resolved).toBeLessThan(limits.values);
    // One error, not one for every row.
    expect(new Set(result.errors?.map((error) => error.originalError ?? error)).size).toBe(1);
  });

  it("counts the values of plain lists too", async () => {
    expect((await ask("{ a: words b: words }")).broken).toBeUndefined();
    expect((await ask("{ a: words b: words c: words }")).broken).toMatch(/more than 250000 values/);
  });

  it("is refused a response that would be too long", async () => {
    expect((await ask("{ a: text b: text c: text }")).broken).toBeUndefined();
    expect((await ask("{ a: text b: text c: text d: text }")).broken).toBe(
      "The response is longer than 16 MB. Request fewer fields or rows.",
    );
  });

  it("is stopped at its time limit, even if one of its fields never resolves", async () => {
    vi.useFakeTimers();
    const pending = ask("{ never after }");
    await vi.advanceTimersByTimeAsync(limits.seconds * 1000 - 1);
    expect(await Promise.race([pending, Promise.resolve("waiting")])).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1);
    expect((await pending).broken).toMatch(/took longer than 20 s/);
  });

  it("leaves no timer behind, and has renewed limits for the next event of a subscription", async () => {
    vi.useFakeTimers();
    const meter = new Meter();
    expect((await ask("{ rows { id } }", meter)).broken).toMatch(/values/);
    expect(vi.getTimerCount()).toBe(0);
    meter.renew();
    expect((await ask("{ after }", meter)).result).toEqual({ data: { after: "still here" } });
  });
});
