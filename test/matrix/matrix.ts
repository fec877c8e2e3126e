/** The matrix: the cells of all rows, and the requests that compare them with what the server answers. */
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { type GraphQLField, type GraphQLSchema, getNamedType, isAbstractType, isObjectType } from "graphql";
import { type Cell, cellsOf, seenFrom, visitingCells } from "./cells.ts";
import { figureRows } from "./figureRows.ts";
import { groupBy, inGroups, inParallel, queriesAtOnce } from "./groups.ts";
import { listRows } from "./listRows.ts";
import { maxMerged, mergeOperations } from "./mergeOperations.ts";
import { hasLeaf, objectRows, type PathRow, showsLeaf } from "./objectRows.ts";
import type { Person } from "./people.ts";
import type { Place, SharedPlace } from "./place.ts";
import { rootRows } from "./rootRows.ts";
import { routeRows } from "./routeRows.ts";
import type { Answer, Outcome, World } from "./row.ts";
import { watchingSecrets } from "./secrets.ts";
import { typesOnlyOfMutations } from "./typesOnlyOfMutations.ts";
import { valueCells } from "./valueCells.ts";

export interface Matrix {
  readonly cells: readonly Cell[];
  /** The paths that lead to a value, each in one way. */
  readonly paths: readonly PathRow[];
  /** Object types to which no path leads in these workspaces, even for their owner. */
  readonly unreachedTypes: readonly string[];
  /** Fields of the schema without a row, such as "Run.median". What only a mutation returns has that mutation's row. */
  readonly uncovered: readonly string[];
  /** Restricted fields that are empty in these workspaces, even for their owner. */
  readonly unseenValues: readonly string[];
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
  const cellsOfPaths = await inParallel(
    toObjects,
    async (ways) => {
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
    },
    queriesAtOnce,
  );
  const ofValues = await valueCells(values, owners, world);
  const rows = [...rootRows(schema, world), ...nodes, ...figureRows(world), ...listRows(world), ...routeRows(world)];
  for (const { name } of readAuthorization(schema).rootFields) {
    const type = getNamedType(fieldOf(schema, name).type);
    for (const target of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) reached.add(target.name);
  }
  for (const name of typesOnlyOfMutations(schema)) reached.add(name);
  const unreachedTypes = readAuthorization(schema).objectTypes.flatMap(({ name }) => (reached.has(name) ? [] : [name]));
  return {
    cells: [
      ...rows.flatMap((row) => [...cellsOf(row, world.people, world), ...visitingCells(row, world)]),
      ...cellsOfPaths.flat(),
      ...ofValues.cells,
    ],
    paths: [...reachedPaths, ...ofValues.seen],
    unreachedTypes,
    uncovered: uncoveredFields(schema, [...rows, ...paths]),
    unseenValues: ofValues.unseen,
  };
}

function uncoveredFields(schema: GraphQLSchema, rows: readonly { readonly name: string }[]): string[] {
  const named = new Set(rows.map(({ name }) => name.replace(/ by way \d+$/, "")));
  // The rows of nodes are by type.
  for (const name of ["Query.node", "Query.nodes"]) named.add(name);
  const onlyOfMutations = typesOnlyOfMutations(schema);
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith("__") || onlyOfMutations.has(type.name)) return [];
    return Object.keys(type.getFields()).flatMap((field) => (named.has(`${type.name}.${field}`) ? [] : [`${type.name}.${field}`]));
  });
}

function fieldOf(schema: GraphQLSchema, name: string): GraphQLField<unknown, unknown> {
  const [root = "", field = ""] = name.split(".");
  const type = schema.getType(root);
  const found = isObjectType(type) ? type.getFields()[field] : undefined;
  if (found === undefined) throw new Error(`There is no field ${name}.`);
  return found;
}

export interface Mismatch {
  readonly cell: Cell;
  readonly observed: Outcome;
}

/** Such a request has many aliases already, or is expected to end in an error. */
const alone = (person: Person): Person => ({ ...person, sendsAlone: true });

/** Paths of one actor that start alike and are all expected to be granted fit into one request. */
async function lookAtPaths(world: World, cells: readonly Cell[]): Promise<Mismatch[]> {
  const [first] = cells;
  const leaf = first?.row.leaf;
  if (first === undefined || leaf === undefined) return [];
  const fields = cells.map(({ row }, i) => `leaf${i}: ${row.leaf?.field} ${row.leaf?.selection}`).join(" ");
  const request = () => world.query(alone(first.person), `${leaf.open} ${fields} ${leaf.close}`, leaf.variables(first.person));
  const { result, shown } = await watchingSecrets(request);
  // One refused path can hide the others, so each is tested again by itself; so is each that may have shown a secret.
  const again = cells.filter(({ row }, i) => shown.length > 0 || !showsLeaf(result.data, row as PathRow, `leaf${i}`));
  return (await Promise.all(again.map(look))).flat();
}

/**
 * The paths of one actor that start alike and are all expected to be refused, or none of them if the object at which they start is: they
 * could show nothing.
 */
async function findReachable(world: World, cells: readonly Cell[]): Promise<readonly Cell[]> {
  const [first] = cells;
  const leaf = first?.row.leaf;
  if (first === undefined || leaf === undefined || cells.length === 1) return cells;
  const request = () => world.query(alone(first.person), `${leaf.open} start: __typename ${leaf.close}`, leaf.variables(first.person));
  const { result, shown } = await watchingSecrets(request);
  return shown.length > 0 || hasLeaf(result.data, "start") ? cells : [];
}

/** Mutations of one actor that are all expected to be refused, in one request. Unless it shows that each was, each is tested by itself. */
/** Of the result of a mutation. */
const typeNameOf = (data: Answer["data"]): string => (data as { readonly result: { readonly __typename: string } }).result.__typename;

async function changeNothing(world: World, cells: readonly Cell[]): Promise<Mismatch[]> {
  const [first, ...others] = cells.map(({ row, person, place }) => row.change?.operation(person, seenFrom(person, place)));
  if (first === undefined) return [];
  const { query, variables, split } = mergeOperations([first, ...others.flatMap((operation) => operation ?? [])]);
  world.takeTransactions();
  await world.forgetAttempts();
  const { result, shown } = await watchingSecrets(() => world.query((cells[0] as Cell).person, query, variables));
  const answers = split(result);
  const areRefused = cells.every(({ row }, i) => row.change?.refusals.includes(typeNameOf(answers[i]?.data)) === true);
  if (areRefused && shown.length === 0 && world.takeTransactions().length === 0) return [];
  const mismatches: Mismatch[] = [];
  for (const cell of cells) mismatches.push(...(await look(cell)));
  return mismatches;
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
  return place === "public" || place === "withdrawn" ? place : "unlisted";
}

async function runCells(world: World, cells: readonly Cell[]): Promise<Mismatch[]> {
  const startOf = ({ row, person }: Cell): string => `${person.name} ${person.visiting ?? ""} ${row.leaf?.open}`;
  const ofPaths = cells.filter(({ row }) => row.leaf !== undefined && row.isExclusive !== true);
  const [granted, refused] = ["granted", "denied"].map((outcome) =>
    groupBy(
      ofPaths.filter(({ expected }) => expected === outcome),
      startOf,
    ),
  ) as [Cell[][], Cell[][]];
  const reachable = await inParallel(refused, (group) => findReachable(world, group));
  const others = cells.filter(({ row }) => row.leaf === undefined && row.isExclusive !== true).concat(reachable.flat());
  const isQuery = ({ row }: Cell): boolean => row.isQuery === true || row.leaf !== undefined;
  const queries = groupBy(others.filter(isQuery), ({ person, expected }) => `${person.name} ${person.visiting ?? ""} ${expected}`).flat();
  const mismatches = [
    ...(await inParallel(granted, (group) => lookAtPaths(world, group))),
    ...(await inParallel(queries, look, queriesAtOnce)),
    ...(await inParallel(
      others.filter((cell) => !isQuery(cell)),
      look,
    )),
  ].flat();
  const exclusive = cells.filter(({ row }) => row.isExclusive === true);
  const isRefused = ({ row, person, expected }: Cell): boolean => row.change !== undefined && expected === "denied" && person.role !== null;
  for (const ofSender of groupBy(exclusive.filter(isRefused), ({ person }) => `${person.name} ${person.visiting ?? ""}`))
    for (const group of inGroups(ofSender, maxMerged)) mismatches.push(...(await changeNothing(world, group)));
  for (const cell of exclusive) if (!isRefused(cell)) mismatches.push(...(await look(cell)));
  return mismatches;
}
