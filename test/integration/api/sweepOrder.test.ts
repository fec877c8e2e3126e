/** Runs that are created together are listed by their numbers: all have one time of creation. */
import { expect, it } from "vitest";
import { openSweepBench } from "../../support/sweepBench.ts";

const { api, start } = openSweepBench();

it.each([
  ["sort", `orderBy: { column: "created", direction: ASC }`],
  ["orderBy", "orderBy: { field: CREATED_AT, direction: ASC }"],
])("the runs of a sweep are listed in the order of their numbers: %s", async (_how, order) => {
  await start();
  const { connection } = api().database;
  const numbers = (await connection.run.findMany({ orderBy: { number: "asc" } })).map(({ number }) => number);
  expect(numbers.length).toBeGreaterThanOrEqual(8);
  expect(new Set((await connection.run.findMany()).map(({ createdAt }) => createdAt.getTime())).size).toBe(1);
  const { body } = await api().query(`{ runs(first: 50, ${order}) { nodes { key } } }`);
  expect(body.errors).toBeUndefined();
  expect(body.data.runs.nodes.map(({ key }: { key: string }) => key)).toEqual(numbers.map((number) => `RUN-${number}`));
});
