/**
 * Every field, object type and address of the API for every kind of actor: nobody gets in where they do not belong. A new field without a
 * row fails with its name.
 */
import { createSchema } from "@pareidolia/api/schema";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildMatrix, type Matrix, runMatrix } from "../../matrix/matrix.ts";
import { type OpenWorld, openWorld } from "../../matrix/openWorld.ts";

let world: OpenWorld;
let matrix: Matrix;

beforeAll(async () => {
  world = await openWorld();
  matrix = await buildMatrix(await createSchema(), world);
});
afterAll(() => world.close());

it("each cell has the outcome that its declared action and the table of roles demand", async () => {
  const began = performance.now();
  const used = process.cpuUsage();
  const mismatches = await runMatrix(world, matrix.cells);
  console.log(matrix.cells.length, "cells", Math.round(performance.now() - began), "ms", process.cpuUsage(used).user / 1e6);
  expect(mismatches.map(({ cell, observed }) => `${cell.name}: ${observed} instead of ${cell.expected}`)).toEqual([]);
});

it("each object type is reached", () => {
  // A damaged file is of the whole store, which no workspace owns; the root field that shows it has its own row.
  expect(matrix.unreachedTypes).toEqual(["DamagedFile"]);
});
