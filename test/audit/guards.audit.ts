/**
 * Removes each guard in turn and runs the cells of the matrix that pass it: a guard whose removal no cell notices is not tested. Prints the
 * counts, and writes them to the file that PAREIDOLIA_AUDIT_ROWS names.
 */
import { writeFileSync } from "node:fs";
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { listActions } from "@pareidolia/api/policy/policy";
import { createSchema } from "@pareidolia/api/schema";
import { localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { leafRows, splitAtLeaf } from "../matrix/leafRows.ts";
import { buildMatrix, type Cell, type Matrix, runMatrix } from "../matrix/matrix.ts";
import { type OpenWorld, openWorld } from "../matrix/openWorld.ts";
import { stranger } from "../support/actors.ts";
import { actionRemovals, callRemovals, type Removal, reachesGuards, scopeRemovals, takePassed } from "./guardSwitch.ts";

const rows: { row: string; figure: number; bar: string; holds: boolean; detail: readonly string[] }[] = [];
let world: OpenWorld;
let matrix: Matrix;
const leafCells: Cell[] = [];
/** The cells that pass each guard. */
const cellsOfGuard = new Map<string, Cell[]>();

beforeAll(async () => {
  world = await openWorld();
  matrix = await buildMatrix(await createSchema(), world);
  const [owner] = world.people;
  if (owner === undefined) throw new Error("There is no owner.");
  const others = world.people.filter(({ name }) => name === "outsider" || name === "key with VOTE");
  const { services, actorOf } = world;
  const schema = splitAtLeaf(await createSchema());
  for (const { row, person } of await leafRows(matrix.paths, owner, others, { schema, services, actorOf }))
    leafCells.push({
      name: `${row.name} for ${person.name}`,
      row,
      person,
      place: "other",
      expected: "denied",
      observe: () => row.observe(person, "other"),
    });
}, 300_000);
afterAll(async () => {
  await world.close();
  const file = process.env["PAREIDOLIA_AUDIT_ROWS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(rows));
});

function note(row: string, missed: readonly string[], counted: string): void {
  rows.push({ row, figure: missed.length, bar: "0", holds: missed.length === 0, detail: [counted, ...missed] });
  console.log(`${row}: ${missed.length} of ${counted}${missed.map((each) => `\n  ${each}`).join("")}`);
}

it("Z1: each cell has the expected outcome", async () => {
  const wrong: string[] = [];
  const others = await runMatrix(
    world,
    matrix.cells.filter((cell) => !reachesGuards(cell)),
  );
  wrong.push(...others.map(({ cell, observed }) => `${cell.name}: ${observed} instead of ${cell.expected}`));
  for (const cell of [...matrix.cells.filter(reachesGuards), ...leafCells]) {
    takePassed();
    const observed = await cell.observe();
    if (observed !== cell.expected) wrong.push(`${cell.name}: ${observed} instead of ${cell.expected}`);
    for (const guard of takePassed()) cellsOfGuard.set(guard, [...(cellsOfGuard.get(guard) ?? []), cell]);
  }
  note("Z1", wrong, `${matrix.cells.length + leafCells.length} cells`);
  expect(wrong).toEqual([]);
}, 900_000);

function cellsFor({ call, concerns }: Removal): Cell[] {
  const cells = (call === null ? matrix.cells : (cellsOfGuard.get(call) ?? [])).filter(concerns);
  // Cells of another workspace's objects first: most guards keep those apart.
  return cells.sort((a, b) => Number(a.place === "own") - Number(b.place === "own"));
}

/** Only a cell that shows more than it should notices a guard: an error does not. */
async function isNoticed(removal: Removal): Promise<boolean> {
  const cells = cellsFor(removal);
  const restore = removal.apply();
  try {
    for (const cell of cells) {
      const observed = await cell.observe();
      if (observed !== cell.expected && observed !== "denied") return true;
    }
    return false;
  } finally {
    restore();
  }
}

it("Z2: no guard can be removed without a cell that notices", async () => {
  const otherWorkspace = ({ workspaceId }: { workspaceId: string | null }) =>
    workspaceId === localWorkspaceId ? stranger.workspaceId : localWorkspaceId;
  const removals = [...callRemovals(otherWorkspace), ...actionRemovals(listActions()), ...scopeRemovals()];
  const missed: string[] = [];
  for (const removal of removals)
    if (!(await isNoticed(removal))) missed.push(`${removal.name}, passed by ${cellsFor(removal).length} cells that could notice`);
  note("Z2", missed, `${removals.length} guards`);
  expect(missed).toEqual([]);
}, 1_800_000);

it("Z2: no declaration can be removed without its name being reported", async () => {
  const schema = await createSchema();
  const { rootFields, objectTypes } = readAuthorization(schema);
  const missed: string[] = [];
  for (const { name } of [...rootFields, ...objectTypes]) {
    const [type = "", field] = name.split(".");
    const owner = schema.getType(type) as unknown as {
      extensions: Record<string, unknown>;
      getFields(): Record<string, { extensions: Record<string, unknown> }>;
    };
    const declared = field === undefined ? owner : owner.getFields()[field];
    if (declared === undefined) throw new Error(`There is no ${name}.`);
    const { action } = declared.extensions;
    declared.extensions["action"] = undefined;
    if (!readAuthorization(schema).unguarded.includes(name)) missed.push(name);
    declared.extensions["action"] = action;
  }
  note("Z2 declarations", missed, `${rootFields.length + objectTypes.length} declared actions`);
  expect(missed).toEqual([]);
});
