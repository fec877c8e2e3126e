/**
 * Z2: removes each guard in turn and looks for a cell of the matrix that detects the removal. Prints the counts, and writes them to the
 * file that PAREIDOLIA_AUDIT_ROWS names.
 */
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { listActions } from "@pareidolia/api/policy/policy";
import { createSchema } from "@pareidolia/api/schema";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Cell } from "../matrix/cells.ts";
import { leafRows, splitAtLeaf } from "../matrix/leafRows.ts";
import { buildMatrix, type Matrix, runMatrix } from "../matrix/matrix.ts";
import { type OpenWorld, openWorld } from "../matrix/openWorld.ts";
import { stranger } from "../support/actors.ts";
import { isNoticed, survey, tryRemoval } from "./noticing.ts";
import { callRemovals, declaredActions, keyScopesOf } from "./removals.ts";
import { addRow } from "./rowsFile.ts";

let world: OpenWorld;
let matrix: Matrix;
const leafCells: Cell[] = [];

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
afterAll(() => world.close());

/**
 * A missing object stays missing without guards. A granted cell may show more than it should: cells of owners and of members of other
 * workspaces detect this, and those of figures.
 */
function mayNotice({ row, person, place, expected }: Cell): boolean {
  if (place === "missing") return false;
  if (expected === "denied") return true;
  if (row.isFigure === true) return true;
  if (row.leaf !== undefined) return person.name === "owner" && place === "own" && row.leaf.selection !== "";
  return person.name === "owner" || person.name === "outsider" || person.alsoIn !== undefined;
}

it("no guard can be removed without a cell that notices", async () => {
  const elsewhere = ({ workspaceId }: { workspaceId: string | null }) =>
    workspaceId === localWorkspaceId ? stranger.workspaceId : localWorkspaceId;
  const cells = [...matrix.cells, ...leafCells].filter(mayNotice);
  let began = performance.now();
  const found = await survey(world, cells);
  console.log(`Surveyed ${cells.length} cells in ${((performance.now() - began) / 1000).toFixed(0)} s; ${found.exposed.size} exposed.`);
  expect(found.wrong).toEqual([]);
  began = performance.now();
  const removals = callRemovals({ elsewhere, sharedExperimentId: world.sharedExperimentId });
  const missed: string[] = [];
  let onlyLines = 0;
  for (const removal of removals) {
    const { noticed, isOnlyLine, cells: passing } = await tryRemoval(world, found, removal);
    if (noticed === null) missed.push(`${removal.name}, passed by ${passing} cells`);
    if (isOnlyLine) onlyLines++;
  }
  console.log(`Removed ${removals.length} calls in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  const declared = [...declaredActions(listActions()), ...keyScopesOf(listActions())];
  for (const each of declared) if (!(await isNoticed(world, found, each))) missed.push(each.name);
  const guards = removals.length + declared.length;
  const counted = `${guards} guards: ${removals.length} calls, of which at least ${onlyLines} refuse what nothing else refuses, and ${declared.length} actions and scopes`;
  addRow("Z2", missed, counted);
  expect(missed).toEqual([]);
}, 1_800_000);

it("the rows are as before", async () => {
  const mismatches = await runMatrix(
    world,
    matrix.cells.filter(({ expected }) => expected === "granted"),
  );
  expect(mismatches.map(({ cell, observed }) => `${cell.name}: ${observed} instead of ${cell.expected}`)).toEqual([]);
}, 300_000);

it("no declaration can be removed without its name being reported", async () => {
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
  addRow("Z2 declarations", missed, `${rootFields.length + objectTypes.length} declared actions`);
  expect(missed).toEqual([]);
});
