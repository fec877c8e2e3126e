/** Every property of every kind's plan is found, sorted and grouped, kind by kind, as SQL on the stored plans finds it. */
import { type Planned, planFields, type RunKind, runKinds, serialisePlan } from "@pareidolia/core/runKinds/registry";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { listRunValues } from "@pareidolia/persistence/lab/search/listValues";
import { listRunGroups } from "@pareidolia/persistence/lab/search/runGroups";
import { findRunCells, listSearchedRuns } from "@pareidolia/persistence/lab/search/searchRuns";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import type { Position } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { checkSearch } from "@pareidolia/search/checkSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";
import { writeFieldValue } from "@pareidolia/search/writeFieldValue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { isTouchedIn, sampled } from "../../support/extent/sampled.ts";
import { withClient } from "../../support/postgresServer.ts";
import { testModel } from "../../support/runs.ts";

const photo = "a".repeat(64);
const source = { sha256: photo, crop: { x: 0.5, y: 0.25, size: 0.75 } };
const imported = (key: string, imageCount: number): Planned<"imported"> => ({
  kind: "imported",
  plan: {
    method: "wandb",
    source: { importId: `import ${key}`, fileName: `${key}.csv`, sha256: key.repeat(64), key, state: key === "b" ? "" : "finished, well" },
    metrics: key === "b" ? {} : { accuracy: 0.5, loss: 1 },
    imageCount,
    curve: key === "b" ? [] : [{ generation: 0, median: 0, mean: 0, minimum: 0, maximum: 0 }],
    histories: key === "b" ? [] : [{ metric: "loss", steps: [1, 2], values: [1, 2] }],
  },
});

/** Runs of every kind, with their parameters. Some names are in the plan of one kind and among the parameters of another. */
const runs: readonly (readonly [Planned, Readonly<Record<string, number | string | boolean>>])[] = [
  [{ kind: "evolution", plan: { encoding: "cppn", generations: 10, offspring: 20 } }, {}],
  [{ kind: "evolution", plan: { encoding: "direct", generations: 9, offspring: 20 } }, {}],
  [{ kind: "evolution", plan: { encoding: "cppn", generations: 100, offspring: 4 } }, { generations: 10 }],
  [
    { kind: "ascent", plan: { method: "gradient-ascent", classes: [1, 4, 12], starts: 2, evaluationGoal: 60, source, search: null } },
    { iterations: 10 },
  ],
  [
    { kind: "ascent", plan: { method: "gradient-ascent", classes: [4], starts: 1, evaluationGoal: 80, source: null, search: null } },
    { iterations: 3 },
  ],
  [
    {
      kind: "ascent",
      plan: {
        method: "gradient-ascent",
        classes: [2],
        starts: 1,
        evaluationGoal: 80,
        source: { sha256: "b".repeat(64), crop: null },
        search: {
          searched: ["decay", "stepSize"],
          configurations: [
            { decay: 0, stepSize: 2, jitter: 3, stopAtSuccess: true },
            { decay: 1, stepSize: 4, jitter: 3, stopAtSuccess: true },
          ],
        },
      },
    },
    // The values that are not drawn.
    { decay: 0.5, stepSize: 8, jitter: 3, stopAtSuccess: true },
  ],
  [{ kind: "perturbation", plan: { method: "pgd", bounds: [2, 16.5], target: 1, evaluationGoal: 80, source } }, { iterations: 10 }],
  [{ kind: "perturbation", plan: { method: "fgsm", bounds: [], target: null, evaluationGoal: 5, source: null } }, {}],
  [{ kind: "perturbation", plan: { method: "fgsm", bounds: [2], target: 0, evaluationGoal: 5, source } }, {}],
  [
    { kind: "retraining", plan: { method: "fooling-class", dataset: "mnist", iterations: 3, evaluationGoal: 2_400 } },
    { offspring: 20, generations: 10 },
  ],
  [
    { kind: "retraining", plan: { method: "fooling-class", dataset: "cifar10", iterations: 10, evaluationGoal: 80 } },
    { offspring: 100, generations: 60 },
  ],
  [imported("c", 12), {}],
  [imported("b", 0), { generations: 10 }],
];

/** What each kind stores of each field, as JSON: written by hand, apart from the product's SQL. */
const stored: Readonly<Record<RunKind, Readonly<Record<string, string>>>> = {
  evolution: { generations: "plan->'generations'", offspring: "plan->'offspring'" },
  ascent: {
    classes: "plan->'classes'",
    starts: "plan->'starts'",
    evaluationGoal: "plan->'evaluationGoal'",
    sourceImage: "to_jsonb(source_sha256)",
    crop: "plan->'crop'",
    searched: "plan->'searched'",
    configurations: "to_jsonb(jsonb_array_length(plan->'configurations'))",
  },
  perturbation: {
    bounds: "plan->'bounds'",
    target: "plan->'target'",
    evaluationGoal: "plan->'evaluationGoal'",
    sourceImage: "to_jsonb(source_sha256)",
    crop: "plan->'crop'",
  },
  retraining: { dataset: "plan->'dataset'", iterations: "plan->'iterations'", evaluationGoal: "plan->'evaluationGoal'" },
  imported: {
    importId: "plan->'source'->'importId'",
    importFile: "plan->'source'->'fileName'",
    importHash: "plan->'source'->'sha256'",
    importKey: "plan->'source'->'key'",
    importState: "plan->'source'->'state'",
    metrics: "(SELECT to_jsonb(count(*)) FROM jsonb_object_keys(plan->'metrics'))",
    imageCount: "plan->'imageCount'",
    curvePoints: "to_jsonb(jsonb_array_length(plan->'curve'))",
    histories: "to_jsonb(jsonb_array_length(plan->'histories'))",
  },
};

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  const { connection } = database;
  await seedLocalOwner(connection);
  await seedModels(connection, [testModel]);
  const { id: modelId } = await connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
  const shared = { workspaceId: localWorkspaceId, createdById: localUserId };
  await connection.experiment.create({ data: { ...shared, id: "e", number: 1, name: "E" } });
  for (const sha256 of [photo, "b".repeat(64)])
    await connection.image.create({ data: { sha256, width: 1, height: 1, channels: 1, byteLength: 1 } });
  for (const [index, [planned, parameters]] of runs.entries()) {
    const { document: plan, sourceSha256 } = serialisePlan(planned);
    const own = { id: `run ${index}`, number: index + 1, kind: planned.kind, plan: plan as object, sourceSha256, parameters, seed: 0 };
    await connection.run.create({ data: { ...shared, ...own, experimentId: "e", modelId, preset: "" } });
  }
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

type Json = string | number | null | readonly (string | number)[];
interface Row {
  readonly number: number;
  readonly kind: RunKind;
  readonly value: Json;
}

const reader = { scope: openScope(localWorkspaceId), userId: localUserId };
const page = { limit: 100, backward: false, after: null, before: null };
const field = (name: string) => runFields.find(name) as SearchField;

/** What each run has of the field, by SQL: of its plan, or the parameter if its kind's plan has no such property. */
async function readStored(name: string): Promise<readonly Row[]> {
  const cases = Object.entries(stored).flatMap(([kind, fields]) =>
    fields[name] === undefined ? [] : [`WHEN kind = '${kind}' THEN ${fields[name]}`],
  );
  const { rows } = await withClient(testDatabase.url, (client) =>
    client.query<Row>(`SELECT number, kind, CASE ${cases.join(" ")} ELSE parameters->'${name}' END AS value FROM runs ORDER BY number`),
  );
  return rows.map((row) => ({
    ...row,
    value: row.value === "" || (Array.isArray(row.value) && row.value.length === 0) ? null : row.value,
  }));
}

async function find(text: string): Promise<number[]> {
  const { value, problem } = checkSearch(text, { registry: runFields, now: 0 });
  expect(problem, text).toBeUndefined();
  const order = { field: field("run"), direction: "ASC" } as const;
  const { rows } = await listSearchedRuns(database.connection, { reader, filter: {}, search: value ?? null, order, page });
  return rows.map(({ node }) => node.number);
}

const items = (value: Json): readonly (string | number)[] =>
  Array.isArray(value) ? value : value === null ? [] : [value as string | number];
const numbersOf = (rows: readonly Row[], has: (row: Row) => boolean): number[] => rows.filter(has).map(({ number }) => number);
const written = (value: string | number): string => (typeof value === "number" ? String(value) : `"${value}"`);

const names = [...new Set(Object.values(stored).flatMap((fields) => Object.keys(fields)))];

it("every property of every kind's plan has a field", () => {
  const declared = planFields.map(({ kind, field: { name } }) => `${kind} ${name}`).sort();
  expect(declared).toEqual(
    Object.entries(stored)
      .flatMap(([kind, fields]) => Object.keys(fields).map((name) => `${kind} ${name}`))
      .sort(),
  );
  for (const { planFields: ofKind } of runKinds)
    for (const property of Object.values<readonly object[]>(ofKind).flat())
      if ("listedAs" in property) expect(runFields.find(String(property.listedAs)), String(property.listedAs)).not.toBeNull();
});

/** A sample has one property of each kind of run, and all if the branch touches their SQL. */
const chosen = sampled(names, {
  by: (name) => Object.keys(stored).find((kind) => stored[kind as RunKind][name] !== undefined) ?? "",
  isTouched: isTouchedIn("packages/persistence/src/lab/search"),
});

describe.each(chosen)("%s", (name) => {
  it("is found by each value, in each kind and over all", async () => {
    const rows = await readStored(name);
    const values = [...new Set(rows.flatMap(({ value }) => items(value)))];
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      const has = (row: Row) => items(row.value).includes(value);
      expect(await find(`${name} = ${written(value)}`), `${value}`).toEqual(numbersOf(rows, has));
      expect(await find(`${name} != ${written(value)}`)).toEqual(numbersOf(rows, (row) => !has(row)));
      for (const { id } of runKinds)
        expect(await find(`kind = ${id} AND ${name} = ${written(value)}`)).toEqual(numbersOf(rows, (row) => row.kind === id && has(row)));
      if (typeof value !== "number") continue;
      expect(await find(`${name} > ${value}`)).toEqual(numbersOf(rows, (row) => items(row.value).some((other) => Number(other) > value)));
      expect(await find(`${name} <= ${value}`)).toEqual(numbersOf(rows, (row) => items(row.value).some((other) => Number(other) <= value)));
    }
    expect(await find(`${name} = none`)).toEqual(numbersOf(rows, ({ value }) => value === null));
  });

  it.each(["ASC", "DESC"] as const)("is sorted %s over the pages, a list by its first value", async (direction) => {
    const rows = await readStored(name);
    const found: number[] = [];
    let after: Position | null = null;
    for (let more = true; more; ) {
      const order = { field: field(name), direction };
      const some = await listSearchedRuns(database.connection, {
        reader,
        filter: {},
        search: null,
        order,
        page: { ...page, limit: 3, after },
      });
      found.push(...some.rows.map(({ node }) => node.number));
      after = some.rows.at(-1)?.position ?? null;
      more = some.hasNextPage;
    }
    expect(found.toSorted((a, b) => a - b)).toEqual(rows.map(({ number }) => number));
    const values = found.map((number) => items(rows[number - 1]?.value ?? null)[0] ?? null);
    const present = values.filter((value) => value !== null);
    expect(values.slice(present.length).every((value) => value === null)).toBe(true);
    const sign = direction === "ASC" ? 1 : -1;
    const sorted = present.toSorted((a, b) => sign * (typeof a === "number" ? a - Number(b) : a < String(b) ? -1 : a > String(b) ? 1 : 0));
    expect(present).toEqual(sorted);
  });

  it("is grouped by its values, and each group's condition finds its runs", async () => {
    const rows = await readStored(name);
    const textOf = (value: Json) => (Array.isArray(value) ? `[${value.join(", ")}]` : (value as string | number | null));
    const order = { sort: { by: "key", index: 0 }, direction: "ASC" } as const;
    const groups = await listRunGroups(database.connection, {
      reader,
      filter: {},
      search: null,
      groupBy: [field(name)],
      measures: [field(name)].filter(({ type }) => type !== "text"),
      order,
      page,
    });
    const expected = new Map<string | number | null, number[]>();
    for (const { number, value } of rows) expected.set(textOf(value), [...(expected.get(textOf(value)) ?? []), number]);
    expect(groups.rows.length).toBe(expected.size);
    for (const { node } of groups.rows) {
      const [key = null] = node.keys as (string | number | null)[];
      expect(node.runCount, `${key}`).toBe(expected.get(key)?.length);
      const condition = key === null ? "none" : writeFieldValue(field(name), key);
      expect(await find(`${name} = ${condition}`)).toEqual(expected.get(key));
    }
  });

  it("is a cell of the table, and its values are suggested", async () => {
    const rows = await readStored(name);
    const cells = await findRunCells(database.connection, { reader, runIds: rows.map((_, i) => `run ${i}`), fields: [field(name)] });
    const asCell = (value: Json) => (Array.isArray(value) ? value.map(String) : value);
    expect(cells.map((row) => row?.[0])).toEqual(rows.map(({ value }) => asCell(value)));
    const suggested = await listRunValues(database.connection, { reader, field: field(name), pattern: "%%" });
    const all = rows.flatMap(({ value }) => items(value).map(String));
    expect(suggested.length).toBeGreaterThan(0);
    for (const { value, count } of suggested) expect(count).toBe(all.filter((other) => other === String(value)).length);
  });
});

describe("a parameter that a random search draws", () => {
  const searched = 6;

  it.each([
    ["decay = 0", [searched]],
    ["decay = 1", [searched]],
    ["decay = 0.5", []],
    ["stepSize > 2", [searched]],
    ["stepSize >= 8", []],
    ["jitter = 3", [searched]],
    ["stopAtSuccess = true", [searched]],
    ["stopAtSuccess = false", []],
  ])("is found by the value of any configuration: %s", async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it("has no single value to sort or group by", async () => {
    const [cells] = await findRunCells(database.connection, {
      reader,
      runIds: [`run ${searched - 1}`],
      fields: ["decay", "jitter"].map(field),
    });
    expect(cells).toEqual([null, 3]);
  });
});
