/** The cells of the matrix: each row for each actor and place, with the outcome that the declared actions and the table of roles demand. */
import { scopeOf } from "@pareidolia/api/policy/actions";
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { rolesOf } from "@pareidolia/api/policy/policy";
import { everySender, type Guard, signedIn } from "@pareidolia/api/policy/requires";
import { type GraphQLField, type GraphQLSchema, getNamedType, isAbstractType, isObjectType } from "graphql";
import { hasLeaf, objectRows, type PathRow } from "./objectRows.ts";
import type { Person } from "./people.ts";
import type { Place, SharedPlace } from "./place.ts";
import { rootRows } from "./rootRows.ts";
import { routeRows } from "./routeRows.ts";
import type { Outcome, Row, World } from "./row.ts";

export interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly person: Person;
  readonly place: Place | SharedPlace;
  readonly expected: Outcome;
  observe(): Promise<Outcome>;
}

/** By the table of roles (docs/authorization.md). Computed before a guard is removed, which changes nothing about what is expected. */
function permits({ role, scopes, userId }: Person, action: Guard): boolean {
  // A suspended member is signed in, but belongs to no workspace.
  if (role === null) return userId !== null && action !== signedIn && action !== everySender && rolesOf(action).includes("GUEST");
  if (action === signedIn || action === everySender) return true;
  if (!rolesOf(action).includes(role)) return false;
  if (scopes === null) return true;
  const scope = scopeOf(action);
  return scope !== null && (scopes.includes(scope) || (scope === "READ" && scopes.includes("RUN")));
}

export interface Matrix {
  readonly cells: readonly Cell[];
  /** The paths that lead to something, each in one way. */
  readonly paths: readonly PathRow[];
  /** Object types to which no path leads in these workspaces, even for their owner. */
  readonly unreachedTypes: readonly string[];
}

/** Every kind of access that could reach an object of another workspace. */
const lookElsewhere: readonly string[] = ["owner", "outsider", "viewer", "key with RUN", "key with ADMIN"];
/** What does not exist is the same for every sender who gets as far as looking for it. */
const lookForMissing: readonly string[] = ["owner", "outsider"];

function looksIn(place: Place, { name }: Person): boolean {
  if (place === "own") return true;
  return (place === "other" ? lookElsewhere : lookForMissing).includes(name);
}

/** The own profile has an action of members, but is for guests, too. */
const openToGuests: ReadonlySet<string> = new Set(["Viewer.user"]);

/** Whether a sender from outside may perform the action on what is shared. */
function admitsVisitor({ scopes }: Person, action: Guard): boolean {
  if (action === everySender) return true;
  if (action === signedIn || !rolesOf(action).includes("VISITOR")) return false;
  return scopes === null || scopes.includes("READ") || scopes.includes("RUN");
}

const visitors: readonly string[] = ["anonymous", "guest", "owner", "key with READ", "key with VOTE"];
/** A path starts at a shared object, whose own rows are for each visitor. */
const visitorsOfPaths: readonly string[] = ["anonymous", "owner"];
/** No visitor changes anything. */
const visitorsOfMutations: readonly string[] = ["guest", "owner"];

function visitsOf(row: Row): { readonly names: readonly string[]; readonly places: readonly SharedPlace[] } {
  if (row.isExclusive) return { names: visitorsOfMutations, places: ["public"] };
  if (row.leaf !== undefined) return { names: visitorsOfPaths, places: ["public", "unlisted"] };
  return { names: visitors, places: ["public", "unlisted", "unlinked"] };
}

/** Cells of senders who look at what another workspace shares. */
function visitingCells(row: Row, world: World): Cell[] {
  const { shared } = row;
  if (shared === undefined) return [];
  const { names, places } = visitsOf(row);
  return world.people
    .filter(({ name }) => names.includes(name))
    .flatMap((person) =>
      places.map((place): Cell => {
        const visitor = world.visit(person, place);
        const isShared = shared.includes(place) && row.actions.every((action) => admitsVisitor(person, action));
        return {
          name: `${row.name} of ${place} for ${person.name}`,
          row,
          person: visitor,
          place,
          expected: isShared ? "granted" : "denied",
          async observe() {
            await world.show(place);
            return row.observe(visitor, "own");
          },
        };
      }),
    );
}

function cellsOf(row: Row, people: readonly Person[], world: World): Cell[] {
  return people.flatMap((person) =>
    row.places
      .filter((place) => looksIn(place, person))
      .map((place): Cell => {
        const isClosed = row.needsMembership === true && person.role === null;
        const isProfile = openToGuests.has(row.name) && person.userId !== null && person.scopes === null;
        const mayDo = !isClosed && (isProfile || row.actions.every((action) => permits(person, action)));
        const expected = place === "own" && mayDo ? "granted" : "denied";
        return {
          name: `${row.name} of ${place} for ${person.name}`,
          row,
          person,
          place,
          expected,
          async observe() {
            await world.show(place);
            return row.observe(person, place);
          },
        };
      }),
  );
}

export async function buildMatrix(schema: GraphQLSchema, world: World): Promise<Matrix> {
  const { nodes, paths } = objectRows(schema, world);
  const owners = world.people.filter(({ name }) => name === "owner" || name === "outsider");
  const reached = new Set<string>();
  const reachedPaths: PathRow[] = [];
  const values = paths.filter(({ isScalar }) => isScalar);
  const toObjects = groupBy(
    paths.filter(({ isScalar }) => !isScalar),
    ({ name }) => name,
  );
  const cellsOfPaths = await inParallel(toObjects, async (ways) => {
    for (const way of ways) {
      const homes = new Set<string>();
      for (const owner of owners) if ((await way.observe(owner, "own")) === "granted") homes.add(owner.home);
      if (homes.size === 0) continue;
      for (const type of way.targets) reached.add(type);
      reachedPaths.push(way);
      return cellsOf(
        way,
        world.people.filter(({ home }) => homes.has(home)),
        world,
      ).concat(homes.size > 1 ? visitingCells(way, world) : []);
    }
    return [];
  });
  const rows = [...rootRows(schema, world), ...nodes, ...routeRows(world)];
  for (const { name } of readAuthorization(schema).rootFields) {
    const type = getNamedType(fieldOf(schema, name).type);
    for (const target of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) reached.add(target.name);
  }
  const opened = new Set(reachedPaths.map(({ leaf }) => leaf?.open));
  const unreachedTypes = readAuthorization(schema).objectTypes.flatMap(({ name }) => (reached.has(name) ? [] : [name]));
  return {
    cells: [...rows.flatMap((row) => [...cellsOf(row, world.people, world), ...visitingCells(row, world)]), ...cellsOfPaths.flat()],
    paths: [...reachedPaths, ...firstOfEach(values.filter(({ leaf }) => leaf !== undefined && opened.has(leaf.open)))],
    unreachedTypes,
  };
}

function fieldOf(schema: GraphQLSchema, name: string): GraphQLField<unknown, unknown> {
  const [root = "", field = ""] = name.split(".");
  const type = schema.getType(root);
  const found = isObjectType(type) ? type.getFields()[field] : undefined;
  if (found === undefined) throw new Error(`There is no field ${name}.`);
  return found;
}

const requestsAtOnce = 6;

async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, takeTurns));
  return results;
}

export interface Mismatch {
  readonly cell: Cell;
  readonly observed: Outcome;
}

/** The first of those with the same name. */
function firstOfEach(paths: readonly PathRow[]): PathRow[] {
  return groupBy(paths, ({ name }) => name).flatMap(([first]) => first ?? []);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** Paths of one actor that start alike and are all expected to be granted fit into one request. */
async function lookAtPaths(world: World, cells: readonly Cell[]): Promise<Mismatch[]> {
  const [first] = cells;
  const leaf = first?.row.leaf;
  if (first === undefined || leaf === undefined) return [];
  const fields = cells.map(({ row }, i) => `leaf${i}: ${row.leaf?.field} ${row.leaf?.selection}`).join(" ");
  const { data } = await world.query(first.person, `${leaf.open} ${fields} ${leaf.close}`, leaf.variables(first.person));
  // One refused path can hide the others, so each is looked at again by itself.
  return (await Promise.all(cells.filter((_, i) => !hasLeaf(data, `leaf${i}`)).map(look))).flat();
}

async function look(cell: Cell): Promise<Mismatch[]> {
  const observed = await cell.observe();
  return observed === cell.expected ? [] : [{ cell, observed }];
}

/** Cells of mutations run one after another, so that each sees its own transactions. */
export async function runMatrix(world: World, cells: readonly Cell[]): Promise<Mismatch[]> {
  const mismatches: Mismatch[] = [];
  for (const ofPlaces of groupBy(cells, ({ place }) => visibilityGroup(place))) {
    const [first] = ofPlaces;
    if (first === undefined) continue;
    await world.show(first.place);
    mismatches.push(...(await runCells(world, ofPlaces)));
  }
  return mismatches;
}

/** Cells of one group see the shared experiment with the same visibility. */
function visibilityGroup(place: Place | SharedPlace): string {
  if (place === "public") return "public";
  return place === "unlisted" || place === "unlinked" ? "unlisted" : "private";
}

async function runCells(world: World, cells: readonly Cell[]): Promise<Mismatch[]> {
  const inBatches = ({ row, expected }: Cell): boolean => row.leaf !== undefined && expected === "granted";
  const batches = groupBy(cells.filter(inBatches), ({ row, person }) => `${person.name} ${person.visiting ?? ""} ${row.leaf?.open}`);
  const others = cells.filter((cell) => !cell.row.isExclusive && !inBatches(cell));
  const mismatches = [...(await inParallel(batches, (batch) => lookAtPaths(world, batch))), ...(await inParallel(others, look))].flat();
  for (const cell of cells.filter(({ row }) => row.isExclusive)) mismatches.push(...(await look(cell)));
  return mismatches;
}
