/**
 * Finds out which removed guards the matrix detects. Most refusals have two guards in sequence, such as the edge of the API and a service,
 * so that removing one of them alone changes nothing. So each guard is tested on its own: with all others removed, there must be a cell
 * that shows no more than it should, and that shows too much once this guard is removed as well. A guard that refuses nothing by itself is
 * not detected, whatever other guards there are.
 */
import { policy } from "@pareidolia/api/policy/policy";
import type { Cell } from "../matrix/cells.ts";
import type { Outcome, World } from "../matrix/row.ts";
import { type Arrangement, arranged, permissive } from "./guardSwitch.ts";
import { type CallRemoval, type Declared, onlyFor } from "./removals.ts";

export interface Survey {
  /** Cells by the calls that they pass when all guards are removed. */
  readonly cellsOf: ReadonlyMap<string, readonly Cell[]>;
  /** Those that then show more than they should. */
  readonly exposed: ReadonlySet<Cell>;
  /** Cells by the calls that they pass while all guards are in place. */
  readonly refusedAfter: ReadonlyMap<string, readonly Cell[]>;
  /** How many calls each cell passes when all guards are removed. */
  readonly depths: ReadonlyMap<Cell, number>;
  /** Cells that are wrong while all guards are in place. */
  readonly wrong: readonly string[];
}

/** An error shows nothing, so it does not count. */
function showsTooMuch(cell: Cell, observed: Outcome): boolean {
  return observed !== cell.expected && observed !== "denied";
}

/** The workspace of the objects that the cell names. */
function shownIn(world: World, { person, place }: Cell): string {
  return world.thingsOf(person, place === "other" ? "other" : "own").workspaceId;
}

export async function survey(world: World, cells: readonly Cell[]): Promise<Survey> {
  const cellsOf = new Map<string, Cell[]>();
  const refusedAfter = new Map<string, Cell[]>();
  const exposed = new Set<Cell>();
  const depths = new Map<Cell, number>();
  const wrong: string[] = [];
  const note = (calls: Map<string, Cell[]>, cell: Cell, passed: readonly string[]): void => {
    for (const call of passed) calls.set(call, [...(calls.get(call) ?? []), cell]);
  };
  for (const cell of cells) {
    const guarded = await arranged({ others: null }, shownIn(world, cell), () => cell.observe());
    if (guarded.result !== cell.expected) wrong.push(`${cell.name}: ${guarded.result} instead of ${cell.expected}`);
    note(refusedAfter, cell, guarded.passed);
    const open = await arranged({ others: permissive }, shownIn(world, cell), () => cell.observe());
    if (showsTooMuch(cell, open.result)) exposed.add(cell);
    note(cellsOf, cell, open.passed);
    depths.set(cell, open.passed.length);
  }
  return { cellsOf, exposed, refusedAfter, depths, wrong };
}

export interface Finding {
  /** A cell that shows too much only without the guard; null if there is none. */
  readonly noticed: string | null;
  /** Whether one of the first noticing cells also detects the removal while all other guards are in place. */
  readonly isOnlyLine: boolean;
  /** The cells that pass the guard. */
  readonly cells: number;
}

/** Cells that pass few guards first, since this guard most likely decides them; cells of other workspaces' objects before others. */
function inOrder({ depths }: Survey, cells: readonly Cell[]): readonly Cell[] {
  const depthOf = (cell: Cell): number => (depths.get(cell) ?? 0) + (cell.place === "own" ? 0.5 : 0);
  return [...cells].sort((a, b) => depthOf(a) - depthOf(b));
}

/** Number of cells to try before concluding that another guard refuses as well. */
const maxTries = 5;

export async function tryRemoval(world: World, found: Survey, { call, substitute }: CallRemoval): Promise<Finding> {
  const { cellsOf, exposed, refusedAfter } = found;
  const cells = inOrder(found, cellsOf.get(call) ?? []);
  const observe = async (cell: Cell, guard: typeof policy, others: typeof policy | null): Promise<boolean> => {
    const { result } = await arranged({ one: { name: call, guard }, others }, shownIn(world, cell), () => cell.observe());
    return showsTooMuch(cell, result);
  };
  let noticed: string | null = null;
  let tries = 0;
  for (const cell of cells) {
    if (substitute === permissive && !exposed.has(cell)) continue;
    if (await observe(cell, policy, permissive)) continue;
    // Observed again after the guard was in place, so that a lasting change of the rows cannot pass for a refusal.
    if (!(await observe(cell, substitute, permissive))) continue;
    noticed ??= cell.name;
    if (await observe(cell, substitute, null)) return { noticed, isOnlyLine: true, cells: cells.length };
    if (++tries === maxTries) break;
  }
  if (noticed !== null) return { noticed, isOnlyLine: false, cells: cells.length };
  // A guard that is passed only after another one has refused.
  const guarded = inOrder(found, refusedAfter.get(call) ?? []);
  for (const cell of guarded)
    if (await observe(cell, substitute, null)) return { noticed: cell.name, isOnlyLine: true, cells: guarded.length };
  return { noticed: null, isOnlyLine: false, cells: new Set([...cells, ...guarded]).size };
}

/** Whether the policy for these actions alone keeps a cell from showing too much that shows too much without it. */
export async function isNoticed(world: World, found: Survey, declared: Declared): Promise<boolean> {
  const others = onlyFor(declared.guards);
  for (const cell of inOrder(
    found,
    [...found.exposed].filter((each) => declared.concerns(each)),
  )) {
    const observe = async (arrangement: Arrangement) =>
      showsTooMuch(cell, (await arranged(arrangement, shownIn(world, cell), () => cell.observe())).result);
    if (!(await observe({ others })) && (await observe({ others: permissive }))) return true;
  }
  return false;
}
