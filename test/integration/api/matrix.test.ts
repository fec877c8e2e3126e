/**
 * Every field, object type and address of the API for every kind of actor: no request gets more than its sender may see. A new field without a
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
}, 600_000);
afterAll(() => world.close());

it("each cell has the outcome that its declared action and the table of roles demand", async () => {
  const mismatches = await runMatrix(world, matrix.cells);
  expect(mismatches.map(({ cell, observed }) => `${cell.name}: ${observed} instead of ${cell.expected}`)).toEqual([]);
}, 1_200_000);

it("each object type is reached", () => {
  // These small archives have no goal switch: the field that would show it has its own row.
  // The rows are read as the owner, who is refused no mutation. Their draft can open, so it has no problems: the fields that would list them
  // have their own rows.
  // No norming room is closed to the owner, who votes in none: `normingBlindness.test.ts` shows who reads why a room is closed.
  // The owner is suspended nowhere: only a suspended user reads a suspension.
  expect(matrix.unreachedTypes).toEqual(["ClosedRoom", "GoalSwitch", "RefusedMutation", "StudyPlanProblem", "Suspension"]);
});

it("each field has a row", () => {
  expect(matrix.uncovered).toEqual([]);
});

it("each restricted field has a value that could be shown", () => {
  expect(matrix.unseenValues).toEqual([]);
});
