/** Rows of object types: every node by its id, and every path from one object type to another. */
import { nodeLookups } from "@pareidolia/api/assembly/nodeLookups";
import { type NodeType, shortImageKey } from "@pareidolia/api/globalId/globalId";
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import { type Guard, signedIn } from "@pareidolia/api/policy/requires";
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { idPaths, idsIn, objectOf } from "./idPaths.ts";
import { fieldArguments, membersOnly, ofTheSender, requiredArguments } from "./inputs.ts";
import type { Person } from "./people.ts";
import { type Place, readableShares } from "./place.ts";
import { type Restriction, restrictionOf } from "./restrictedFields.ts";
import type { Row, Selected, World } from "./row.ts";
import type { Things } from "./things.ts";

/** Every workspace has the same ones. */
const ofTheProduct: ReadonlySet<NodeType> = new Set<NodeType>(["Worker"]);

function typesOf(schema: GraphQLSchema, name: string): readonly GraphQLObjectType[] {
  const type = schema.getType(name);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

function nodeRows(schema: GraphQLSchema, world: World, guards: ReadonlyMap<string, Guard>): Row[] {
  return [...nodeLookups.keys()].flatMap((name): Row[] => {
    const type = name as NodeType;
    if (world.thingsOf(world.people[0] as Person, "own").nodes[type] === undefined)
      throw new Error(`No ${type} in Things: add one to populate.`);
    const places: readonly Place[] = ofTheProduct.has(type) ? ["own", "missing"] : ["own", "other", "missing"];
    // No workspace can share objects that belong to the product.
    const shared = ofTheProduct.has(type) ? {} : { shared: readableShares };
    const actions = [...new Set(typesOf(schema, name).map((each) => guards.get(each.name) ?? signedIn))];
    const observe = (query: string, read: (data: Selected) => unknown) => async (person: Person, place: Place) => {
      const { data } = await world.query(person, query, { id: world.thingsOf(person, place).nodes[type] });
      if (data == null || read(data) == null) return "denied";
      return place === "own" ? "granted" : "leak";
    };
    return [
      {
        name: `node(${name})`,
        isQuery: true,
        places: places.filter((place) => place !== "missing"),
        actions,
        observe: observe("query ($id: ID!) { node(id: $id) { id } }", ({ node }) => node),
      },
      {
        name: `nodes(${name})`,
        isQuery: true,
        places,
        ...shared,
        actions,
        observe: observe("query ($id: ID!) { nodes(ids: [$id]) { id } }", ({ nodes }) => (nodes as readonly unknown[])[0]),
      },
    ];
  });
}

/** A way to an object type: a document with a place for the selection. */
interface OneNode {
  readonly node: { readonly id: string } | null;
}

interface Way {
  readonly open: string;
  readonly close: string;
  readonly variables: (person: Person) => Readonly<Record<string, unknown>>;
  readonly actions: readonly Guard[];
}

function needsArguments(args: GraphQLObjectType["getFields"] extends () => infer Fields ? Fields[keyof Fields] : never): boolean {
  return args.args.some(({ type, defaultValue }) => String(type).endsWith("!") && defaultValue === undefined);
}

const deepest = 6;

const mostWays = 4;
/** A page small enough to be cheap, whatever is selected below it. */
const itemsOfList = 8;

/** Short ways from queries and nodes to every object type; the first ones are the shortest. */
function waysTo(schema: GraphQLSchema, world: World, guards: ReadonlyMap<string, Guard>): ReadonlyMap<string, readonly Way[]> {
  const ways = new Map<string, Way[]>();
  let reached: [GraphQLObjectType, Way][] = [];
  const reach = (type: GraphQLObjectType, way: Way): void => {
    const known = ways.get(type.name) ?? [];
    if (known.length >= mostWays) return;
    const withGuard = { ...way, actions: [...way.actions, guards.get(type.name) ?? signedIn] };
    ways.set(type.name, [...known, withGuard]);
    reached.push([type, withGuard]);
  };
  for (const name of nodeLookups.keys())
    for (const type of typesOf(schema, name)) {
      const ids = (person: Person) => {
        const { nodes, runs } = world.thingsOf(person, "own");
        const ofKind = {
          AscentRun: runs.ascent,
          PerturbationRun: runs.perturbation,
          RetrainingRun: runs.retraining,
          ImportedRun: runs.imported,
        } as const;
        return { id: (ofKind as Readonly<Record<string, string>>)[type.name] ?? nodes[name as NodeType] };
      };
      const open = `query ($id: ID!) { node(id: $id) { ... on ${type.name} {`;
      reach(type, { open, close: "} } }", variables: ids, actions: [] });
    }
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    if (field.name === "node" || field.name === "nodes" || !isCompositeType(type)) continue;
    const required = requiredArguments[field.name];
    if (needsArguments(field) && required === undefined) continue;
    const variables = (person: Person) => required?.(world.thingsOf(person, "own")) ?? {};
    const used = field.args.filter(({ name }) => name in (required?.(world.thingsOf(world.people[0] as Person, "own")) ?? {}));
    const declared = used.map(({ name, type: of }) => `$${name}: ${String(of)}`).join(", ");
    const isList = field.args.some(({ name }) => name === "first");
    const passed = [...used.map(({ name }) => `${name}: $${name}`), ...(isList ? [`first: ${itemsOfList}`] : [])].join(", ");
    const root = `query${declared && ` (${declared})`} { ${field.name}${passed && `(${passed})`} {`;
    const action = field.extensions["action"] as Guard;
    for (const target of typesOf(schema, type.name))
      reach(target, { open: `${root} ... on ${target.name} {`, close: "} } }", variables, actions: [action] });
  }
  for (let depth = 0; depth < deepest && reached.length > 0; depth++) {
    const from = reached;
    reached = [];
    for (const [type, way] of from)
      for (const field of Object.values(type.getFields())) {
        const of = getNamedType(field.type);
        if (!isCompositeType(of) || needsArguments(field)) continue;
        for (const target of typesOf(schema, of.name))
          reach(target, { ...way, open: `${way.open} ${field.name} { ... on ${target.name} {`, close: `} } ${way.close}` });
      }
  }
  return ways;
}

/** Whether a field with this alias has a value anywhere in the result, other than those that represent a missing value. */
export function hasLeaf(data: unknown, alias = "leaf", none: readonly unknown[] = [null]): boolean {
  if (Array.isArray(data)) return data.some((each) => hasLeaf(each, alias, none));
  if (data === null || typeof data !== "object") return false;
  return Object.entries(data).some(([name, value]) =>
    name === alias ? !none.includes(value) && !(Array.isArray(value) && value.every((each) => each === null)) : hasLeaf(value, alias, none),
  );
}

export interface PathRow extends Row {
  /** The object types to which it leads. */
  readonly targets: readonly string[];
  /** Whether it ends in a value: such a path has no guard but that of its object, unless it is computed from other rows. */
  readonly isScalar: boolean;
  /** For a value that is hidden from some senders who see its object. */
  readonly restriction?: Restriction;
  /** The number of the way to the object: 0 for the shortest, which is `node` where there is one. */
  readonly way: number;
}

/** Whether a path shows something. A value that is hidden may be an empty text instead of null. */
export function showsLeaf(data: unknown, { restriction }: PathRow, alias = "leaf"): boolean {
  return hasLeaf(data, alias, restriction === undefined ? [null] : [null, ""]);
}

/** Who reads the end of a path of a shared object. A path that starts at no object shows only the sender's own workspace. */
function sharesOf(world: World, { open, variables }: Way, field: string): Pick<Row, "shared"> {
  const names = `${open} ${field}`.split(/\W+/);
  const startsAtNoObject = Object.keys(variables(world.people[0] as Person)).length === 0;
  if (startsAtNoObject || names.some((name) => ofTheSender.includes(name))) return {};
  return { shared: names.some((name) => membersOnly.includes(name)) ? [] : readableShares };
}

/** The id where there is one, so that objects of another workspace are recognised. */
function selectionOf(of: GraphQLNamedType): string {
  if (!isCompositeType(of)) return "";
  return (isObjectType(of) || isInterfaceType(of)) && "id" in of.getFields() ? "{ id }" : "{ __typename }";
}

function pathRows(schema: GraphQLSchema, world: World, guards: ReadonlyMap<string, Guard>): PathRow[] {
  const ways = [...waysTo(schema, world, guards)].flatMap(([name, all]) => all.map((way, i) => [name, way, i] as const));
  return ways.flatMap(([name, way, i]): PathRow[] => {
    const type = schema.getType(name);
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field): PathRow[] => {
      const of = getNamedType(field.type);
      const given = needsArguments(field) ? (fieldArguments[field.name] ?? "") : "";
      if (needsArguments(field) && given === "") throw new Error(`${name}.${field.name} needs arguments: add them to fieldArguments.`);
      const selection = selectionOf(of);
      const ofTargets = typesOf(schema, of.name).map((target) => guards.get(target.name) ?? signedIn);
      const restriction = restrictionOf(type, field.name);
      const ofField = restriction?.action === undefined ? [] : [restriction.action];
      const actions = [...new Set([...way.actions, ...ofTargets, ...ofField])];
      const shares = sharesOf(world, way, field.name);
      const asked = `${field.name}${given}`;
      return [
        {
          name: `${name}.${field.name}${isCompositeType(of) || i === 0 ? "" : ` by way ${i + 1}`}`,
          targets: typesOf(schema, of.name).map((target) => target.name),
          places: ["own"],
          actions,
          ...(restriction === undefined ? shares : { restriction, about: restriction.about ?? [], ...(shares.shared && { shared: [] }) }),
          isScalar: !isCompositeType(of),
          way: i,
          leaf: { ...way, field: asked, selection },
          async observe(person) {
            const { data } = await world.query(person, `${way.open} leaf: ${asked} ${selection} ${way.close}`, way.variables(person));
            return showsLeaf(data, this) ? "granted" : "denied";
          },
        },
      ];
    });
  });
}

/** Fields of the actor's own objects, with the ID of an object elsewhere among their arguments. */
function argumentRows(schema: GraphQLSchema, world: World, guards: ReadonlyMap<string, Guard>): Row[] {
  return [...waysTo(schema, world, guards)].flatMap(([name, [way]]) => {
    const type = schema.getType(name);
    if (way === undefined || !isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      idPaths(field).map((path): Row => {
        const { argument, names, isList } = path;
        const node = objectOf(path, `${name}.${field.name}`);
        const of = getNamedType(field.type);
        const isPage = isObjectType(of) && of.getFields()["nodes"] !== undefined;
        const selection = isPage ? "{ nodes { id } }" : isCompositeType(of) ? "{ __typename }" : "";
        const read = async (person: Person, given: string) =>
          (await world.query(person, `${way.open} leaf: ${field.name}${given} ${selection} ${way.close}`, way.variables(person))).data;
        return {
          name: `${name}.${field.name}(${[argument.name, ...names].join(".")})`,
          isQuery: true,
          places: ["other", "missing"],
          actions: way.actions,
          async observe(person, place) {
            const id = JSON.stringify(world.thingsOf(person, place).nodes[node]);
            const value = names.reduceRight((inner, each) => `{ ${each}: ${inner} }`, isList ? `[${id}]` : id);
            const data = await read(person, `(${argument.name}: ${value})`);
            if (!isPage) return hasLeaf(data) ? "leak" : "denied";
            // The list may be that of the actor's own object alone, whatever the argument.
            const own = idsIn(await read(person, "(first: 100)"));
            return idsIn(data).every((id) => own.includes(id)) ? "denied" : "leak";
          },
        };
      }),
    );
  });
}

/** Objects by their short keys, which are numbered in each workspace, and API keys of other members. */
function keyRows(world: World): Row[] {
  const keys = [
    ["Run", "run:read", () => "RUN-1"],
    ["Experiment", "experiment:read", () => "EXP-1"],
    ["Study", "study:read", () => "STU-2"],
    ["Sweep", "sweep:read", () => "SWP-1"],
    ["View", "view:read", () => "VIEW-1"],
    ["SavedComparison", "savedComparison:read", () => "CMP-1"],
    ["BulkQuery", "bulkQuery:inspect", ({ bulkQueryKeys }, { userId }) => bulkQueryKeys[userId ?? ""] ?? "BULK-1"],
  ] as const satisfies readonly (readonly [NodeType, Guard, (things: Things, person: Person) => string])[];
  const byKey = keys.map(
    ([type, action, keyOf]): Row => ({
      name: `node(${type} by its key)`,
      isQuery: true,
      places: ["own"],
      actions: [action],
      async observe(person) {
        const own = world.thingsOf(person, "own");
        const { data } = await world.query<OneNode>(person, "query ($id: ID!) { node(id: $id) { id } }", { id: keyOf(own, person) });
        if (data?.node == null) return "denied";
        return data.node.id === own.nodes[type] ? "granted" : "leak";
      },
    }),
  );
  const byHash: Row = {
    name: "node(Image by its key)",
    isQuery: true,
    shared: readableShares,
    places: ["own", "other"],
    actions: ["image:read"],
    async observe(person, place) {
      const id = shortImageKey(world.thingsOf(person, place).sha256);
      const { data } = await world.query(person, "query ($id: ID!) { node(id: $id) { id } }", { id });
      if (data?.node == null) return "denied";
      return place === "own" ? "granted" : "leak";
    },
  };
  // Members see their own keys, and owners those of all members.
  const ofAnother = (name: string, query: string): Row => ({
    name: `${name} of another member`,
    isQuery: true,
    places: ["own"],
    actions: ["apiKey:read", "apiKey:manage"],
    async observe(person) {
      const { keyOfAnother } = world.thingsOf(person, "own");
      const { data } = await world.query(person, query, query.includes("$id") ? { id: keyOfAnother } : {});
      return JSON.stringify(data ?? null).includes(keyOfAnother) ? "granted" : "denied";
    },
  });
  return [
    ...byKey,
    byHash,
    ofAnother("node(ApiKey)", "query ($id: ID!) { node(id: $id) { id } }"),
    ofAnother("Query.apiKeys", "{ apiKeys(first: 100) { nodes { id } } }"),
  ];
}

export function objectRows(schema: GraphQLSchema, world: World): { readonly nodes: Row[]; readonly paths: PathRow[] } {
  const guards = new Map(readAuthorization(schema).objectTypes.map(({ name, action }) => [name, action]));
  return {
    nodes: [...nodeRows(schema, world, guards), ...argumentRows(schema, world, guards), ...keyRows(world)],
    paths: pathRows(schema, world, guards),
  };
}
