/**
 * Cells of the values of objects: every sender who may read an object sees each value that its owner sees, unless it is restricted. One
 * request reads all values of an object.
 */
import type { Cell } from "./cells.ts";
import { cellsOf, visitingCells } from "./cells.ts";
import { firstOfEach, groupBy, inParallel } from "./groups.ts";
import { type PathRow, showsLeaf } from "./objectRows.ts";
import type { Person } from "./people.ts";
import { restrictedFields } from "./restrictedFields.ts";
import type { World } from "./row.ts";

/** The paths of one object that show something to the person. */
async function shownTo(world: World, person: Person, paths: readonly PathRow[]): Promise<ReadonlySet<PathRow>> {
  const [first] = paths;
  if (first?.leaf === undefined) return new Set();
  const { open, close, variables } = first.leaf;
  const fields = paths.map(({ leaf }, i) => `leaf${i}: ${leaf?.field}`).join(" ");
  const { data } = await world.query({ ...person, sendsAlone: true }, `${open} ${fields} ${close}`, variables(person));
  return new Set(paths.filter((path, i) => showsLeaf(data, path, `leaf${i}`)));
}

/** Whether the cell tests something that the cells of the object do not. */
function saysMore({ row, expected }: Cell): boolean {
  return expected === "granted" || (row as PathRow).restriction !== undefined || row.shared?.length === 0;
}

/** Roles differ in which objects they read, not in the values of one object: only restricted values are read by everyone. */
function readsValues({ name, role }: Person, { way, restriction }: PathRow, { isComplete }: World): boolean {
  if (way > 0) return role === "VIEWER";
  return isComplete || restriction !== undefined || name === "owner" || name === "viewer";
}

function cellsOfPath(path: PathRow, homes: ReadonlySet<string>, world: World): Cell[] {
  if (path.restriction?.isOpenForProduct === true && path.way > 0) return [];
  const members = world.people.filter((person) => homes.has(person.home) && readsValues(person, path, world));
  const own = path.restriction !== undefined && path.way > 0 ? [] : cellsOf(path, members, world);
  return [...own, ...(homes.size > 1 ? visitingCells(path, world) : [])].filter(saysMore);
}

export interface Values {
  readonly cells: readonly Cell[];
  /** The paths that show something to an owner, each in one way. */
  readonly seen: readonly PathRow[];
  /** Restricted fields that not even an owner sees here, so that nothing shows that they are hidden from others. */
  readonly unseen: readonly string[];
}

export async function valueCells(values: readonly PathRow[], owners: readonly Person[], world: World): Promise<Values> {
  const seen: PathRow[] = [];
  // A value that is computed for one way is computed for all: only the complete matrix tests each.
  const looked = world.isComplete ? values : values.filter(({ way }) => way === 0);
  const ofObjects = groupBy(looked, ({ leaf }) => leaf?.open ?? "");
  const cells = await inParallel(ofObjects, async (paths) => {
    const homesOf = new Map<PathRow, Set<string>>();
    for (const owner of owners)
      for (const path of await shownTo(world, owner, paths)) homesOf.set(path, (homesOf.get(path) ?? new Set()).add(owner.home));
    return [...homesOf].flatMap(([path, homes]) => {
      seen.push(path);
      return cellsOfPath(path, homes, world);
    });
  });
  const shown = new Set(seen.map(({ restriction }) => restriction?.field));
  const unseen = Object.entries(restrictedFields).flatMap(([field, { isObject }]) =>
    isObject === true || shown.has(field) ? [] : [field],
  );
  return { cells: cells.flat(), seen: firstOfEach(seen), unseen };
}
