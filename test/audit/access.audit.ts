/**
 * Z1: every field and mutation, node, nested path, value, subscription and address, for every kind of actor and in every place, sent to an
 * API and a web application of their own.
 */
import { createSchema } from "@pareidolia/api/schema";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildMatrix, type Matrix, runMatrix } from "../matrix/matrix.ts";
import { type OpenWorld, openWorld } from "../matrix/openWorld.ts";
import { isFull } from "../support/extent/sampled.ts";
import { addRow } from "./rowsFile.ts";

let world: OpenWorld;
let matrix: Matrix;

beforeAll(async () => {
  world = await openWorld({ isComplete: isFull, hasProcesses: true });
  matrix = await buildMatrix(await createSchema(), world);
  console.log(`${matrix.cells.length} cells.`);
}, 300_000);
afterAll(() => world?.close());

it("each cell has the outcome that its declared action and the table of roles demand", async () => {
  const mismatches = await runMatrix(world, matrix.cells);
  const wrong = mismatches.map(({ cell, observed }) => `${cell.name}: ${observed} instead of ${cell.expected}`);
  const rows = new Set(matrix.cells.map(({ row }) => row.name)).size;
  addRow(
    "Z1 wrong cells",
    wrong,
    `${matrix.cells.length} cells of ${rows} fields, nodes, paths and addresses, for ${world.people.length} actors${isFull ? " in every place" : ""}`,
  );
  addRow("Z1 uncovered fields", matrix.uncovered, "the fields of the schema");
  expect([wrong, matrix.uncovered]).toEqual([[], []]);
}, 900_000);
