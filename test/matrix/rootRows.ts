/** Rows of root fields: every query with each ID among its arguments, every mutation with each ID in its input, and every subscription. */
import { randomUUID } from "node:crypto";
import { readAuthorization } from "@pareidolia/api/policy/authorizationTable";
import type { Guard } from "@pareidolia/api/policy/requires";
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isObjectType,
} from "graphql";
import { openRawSocket } from "../support/rawSocket.ts";
import { idPaths, idsIn, objectOf } from "./idPaths.ts";
import {
  alternatives,
  furtherInputs,
  invalidInputs,
  membersOnly,
  mutationInputs,
  requiredArguments,
  sharedArguments,
  sharedLists,
  unlogged,
} from "./inputs.ts";
import type { Person } from "./people.ts";
import { type Place, readableShares } from "./place.ts";
import { restrictionOf } from "./restrictedFields.ts";
import type { Answer, Outcome, Row, Selected, World } from "./row.ts";
import type { Things } from "./things.ts";

const everywhere: readonly Place[] = ["own", "other", "missing"];

interface Changed {
  readonly result: { readonly __typename: string };
}

type Guards = ReadonlyMap<string, Guard>;

function guardOf(guards: Guards, name: string): Guard {
  const found = guards.get(name);
  if (found === undefined) throw new Error(`${name} declares no action.`);
  return found;
}

/** What to select: ids where there are any, so that objects of another workspace are recognised. */
function selectionOf(field: Pick<GraphQLField<unknown, unknown>, "type">): string {
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return "";
  if (!isObjectType(type)) return "{ __typename }";
  const { nodes, id } = type.getFields();
  if (nodes !== undefined) return `{ nodes ${selectionOf(nodes)} }`;
  if (id !== undefined) return "{ __typename id }";
  // Without an id, the values show which objects belong to another workspace.
  const values = Object.values(type.getFields()).filter(
    ({ name, type: of, args }) => !isCompositeType(getNamedType(of)) && args.length === 0 && restrictionOf(type, name) === undefined,
  );
  return `{ __typename ${values.map(({ name }) => name).join(" ")} }`;
}

/** An empty list, or a page without items. */
function isEmpty(data: unknown): boolean {
  if (Array.isArray(data)) return data.length === 0;
  return typeof data === "object" && data !== null && "nodes" in data && isEmpty(data.nodes);
}

function documentOf(kind: string, field: GraphQLField<unknown, unknown>, given: readonly string[], selection: string): string {
  const used = field.args.filter(({ name }) => given.includes(name));
  const declared = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = used.map(({ name }) => `${name}: $${name}`).join(", ");
  return `${kind}${declared && ` (${declared})`} { result: ${field.name}${passed && `(${passed})`} ${selection} }`;
}

/** The ids that the owner of each workspace gets, by row, or the whole answer if it has none: what only the other one has is a leak. */
const ownIds = new WeakMap<World, Map<string, Map<string, ReadonlySet<string>>>>();

function marksOf(data: unknown): readonly string[] {
  const ids = idsIn(data);
  return ids.length > 0 || data == null || isEmpty(data) ? ids : [JSON.stringify(data)];
}

async function foreignMarks(
  world: World,
  row: string,
  person: Person,
  read: (reader: Person) => Promise<Answer>,
): Promise<ReadonlySet<string>> {
  const known = ownIds.get(world) ?? new Map<string, Map<string, ReadonlySet<string>>>();
  ownIds.set(world, known);
  let ofRow = known.get(row);
  if (ofRow === undefined) {
    ofRow = new Map();
    for (const name of ["owner", "outsider"]) {
      const reader = world.people.find((each) => each.name === name);
      if (reader === undefined) throw new Error(`There is no ${name}.`);
      ofRow.set(reader.home, new Set(marksOf((await read(reader)).data?.result)));
    }
    known.set(row, ofRow);
  }
  const own = ofRow.get(person.home) ?? new Set();
  return new Set([...ofRow].flatMap(([home, ids]) => (home === person.home ? [] : [...ids].filter((id) => !own.has(id)))));
}

/** Whether a field takes one of two arguments. */
function isInsteadOf(field: GraphQLField<unknown, unknown>, argument: string, other: string): boolean {
  return (
    alternatives.some((names) => argument !== other && names.includes(argument) && names.includes(other)) && other in argumentsOf(field)
  );
}

function argumentsOf({ args }: GraphQLField<unknown, unknown>): Readonly<Record<string, GraphQLArgument>> {
  return Object.fromEntries(args.map((argument) => [argument.name, argument]));
}

function queryRows(schema: GraphQLSchema, world: World, guards: Guards): Row[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field): Row[] => {
    if (field.name === "node" || field.name === "nodes") return [];
    const guard = guardOf(guards, `Query.${field.name}`);
    const required = requiredArguments[field.name];
    const needs = field.args.filter(({ type, defaultValue }) => String(type).endsWith("!") && defaultValue === undefined);
    if (needs.length > 0 && required === undefined) throw new Error(`Query.${field.name} needs arguments: add them to requiredArguments.`);
    const read = (person: Person, variables: Readonly<Record<string, unknown>>) =>
      world.query(person, documentOf("query", field, Object.keys(variables), selectionOf(field)), variables);
    const shared = sharedLists[field.name];
    if (shared !== undefined)
      return [
        {
          name: `Query.${field.name}`,
          isQuery: true,
          places: [],
          shared,
          actions: [guard],
          async observe(person) {
            const ids = idsIn((await read(person, {})).data);
            return ids.includes(world.thingsOf(person, "own").nodes.Experiment) ? "granted" : ids.length === 0 ? "denied" : "leak";
          },
        },
      ];
    const namesObject = required !== undefined && idPaths(field).length > 0 && field.name !== "report";
    const base: Row = {
      name: `Query.${field.name}`,
      isQuery: true,
      ...(namesObject ? { shared: membersOnly.includes(field.name) ? [] : readableShares } : {}),
      places: namesObject ? everywhere : ["own"],
      actions: [guard],
      async observe(person, place) {
        const variablesOf = (reader: Person, of: Place) => required?.(world.thingsOf(reader, of)) ?? {};
        const answer = await read(person, variablesOf(person, place));
        if (answer.errors !== undefined || answer.status !== 200) return "denied";
        const { result } = answer.data as Selected;
        if (place !== "own") return result === null || isEmpty(result) ? "denied" : "leak";
        if (result === null) return "denied";
        const foreign = await foreignMarks(world, this.name, person, (reader) => read(reader, variablesOf(reader, "own")));
        return marksOf(result).some((mark) => foreign.has(mark)) ? "leak" : "granted";
      },
    };
    const anyGiven = required?.(world.thingsOf(world.people[0] as Person, "own")) ?? {};
    const variants = idPaths(field)
      .filter(({ argument }) => required === undefined || !needs.includes(argument))
      .map((path): Row => {
        const { argument, names, isList } = path;
        const type = objectOf(path, `Query.${field.name}`);
        const name = `Query.${field.name}(${[argument.name, ...names].join(".")})`;
        return {
          name,
          isQuery: true,
          shared: sharedArguments.has(name) ? readableShares : [],
          places: Object.keys(anyGiven).some((other) => isInsteadOf(field, argument.name, other)) ? everywhere : ["other", "missing"],
          actions: [guard],
          async observe(person, place) {
            const id = world.thingsOf(person, place).nodes[type];
            const value = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), isList ? [id] : id);
            const own = Object.fromEntries(
              Object.entries(required?.(world.thingsOf(person, "own")) ?? {}).filter(
                ([other]) => !isInsteadOf(field, argument.name, other),
              ),
            );
            const answer = await read(person, { ...own, [argument.name]: value });
            if (answer.errors !== undefined || answer.status !== 200) return "denied";
            const { result } = answer.data as Selected;
            // A filter that matches nothing of the actor's own workspace finds nothing.
            if (result === null || isEmpty(result)) return "denied";
            return place === "own" ? "granted" : "leak";
          },
        };
      });
    return [base, ...variants];
  });
}

/** Paths to the values in which two inputs differ. */
function differences(a: unknown, b: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b ? [] : [path];
  return Object.keys(a).flatMap((name) => differences(a[name as never], b[name as never], [...path, name]));
}

function withValueAt(target: unknown, source: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return source;
  const copy: Record<string, unknown> = Array.isArray(target) ? ([...target] as never) : { ...(target as object) };
  copy[name] = withValueAt(copy[name], (source as Record<string, unknown>)[name], rest);
  return copy;
}

/** With a new idempotency key, so that the answer of every mutation is kept; not for those that store the key themselves. */
function withKey({ args }: GraphQLField<unknown, unknown>, input: unknown): unknown {
  const type = args[0] && getNamedType(args[0].type);
  const key = isInputObjectType(type) ? type.getFields()["idempotencyKey"] : undefined;
  return key?.description?.includes("24 hours") === true ? { ...(input as object | null), idempotencyKey: randomUUID() } : input;
}

/** Results of a mutation that has changed nothing. */
const refusals: readonly string[] = ["ForbiddenError", "NotFoundError", "InvalidInputError"];

function mutationRows(schema: GraphQLSchema, world: World, guards: Guards): Row[] {
  const anyThings = world.thingsOf(world.people[0] as Person, "own");
  const others = world.thingsOf(world.people[0] as Person, "other");
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field): Row[] => {
    const guard = guardOf(guards, `Mutation.${field.name}`);
    const inputOf = mutationInputs[field.name];
    if (inputOf === undefined) throw new Error(`Mutation.${field.name} has no valid input: add one to mutationInputs.`);
    const query = documentOf("mutation", field, ["input"], "{ __typename }");
    const run = async (person: Person, input: unknown): Promise<Outcome> => {
      world.takeTransactions();
      await world.forgetAttempts();
      const { data } = await world.query<Changed>(person, query, { input: withKey(field, input) });
      const transactions = world.takeTransactions();
      if (transactions.some(({ unloggedIn }) => unloggedIn.some((id) => id !== person.home))) return "leak";
      if (unlogged.has(field.name)) return String(data?.result.__typename).endsWith("Success") ? "granted" : "denied";
      if (transactions.length === 0) return "denied";
      return transactions.some(({ actions }) => actions.includes(guard)) ? "granted" : "unaudited";
    };
    const own = (person: Person): unknown => inputOf(world.thingsOf(person, "own"), person);
    const owner = world.people[0] as Person;
    const named = differences(inputOf(anyThings, owner), inputOf(others, owner));
    const base: Row = {
      name: `Mutation.${field.name}`,
      isExclusive: true,
      needsMembership: field.name === "switchWorkspace",
      ...(named.length > 0 ? { shared: [] } : {}),
      places: ["own"],
      actions: [guard],
      change: { operation: (person) => ({ query, variables: { input: withKey(field, own(person)) } }), refusals },
      observe: (person) => run(person, own(person)),
    };
    const invalid = invalidInputs[field.name];
    const withInvalid = (person: Person) => ({ query, variables: { input: { ...(own(person) as object), ...invalid } } });
    const refusedFirst: Row[] =
      invalid === undefined
        ? []
        : [
            {
              name: `Mutation.${field.name} with an invalid input`,
              places: ["own"],
              isExclusive: true,
              actions: [guard],
              // A sender who may not do it learns nothing about the expected input.
              change: { operation: withInvalid, refusals: ["ForbiddenError"] },
              async observe(person) {
                const { data } = await world.query<Changed>(person, query, withInvalid(person).variables);
                return data == null || data.result.__typename === "ForbiddenError" ? "denied" : "granted";
              },
            },
          ];
    const variants = named.map((path): Row => {
      const inputFor = (person: Person, place: Place) => withValueAt(own(person), inputOf(world.thingsOf(person, place), person), path);
      return {
        name: `Mutation.${field.name}(${path.join(".")})`,
        isExclusive: true,
        needsMembership: field.name === "switchWorkspace",
        places: ["other", "missing"],
        actions: [guard],
        change: { operation: (person, place) => ({ query, variables: { input: withKey(field, inputFor(person, place)) } }), refusals },
        async observe(person, place) {
          const outcome = await run(person, inputFor(person, place));
          return outcome === "denied" ? "denied" : "leak";
        },
      };
    });
    const further = furtherInputs
      .filter((each) => each.field === field.name)
      .map(
        ({ name, action, input }): Row => ({
          name: `Mutation.${field.name} ${name}`,
          isExclusive: true,
          places: ["own"],
          actions: [guard, action],
          observe: (person) => run(person, input(world.thingsOf(person, "own"))),
        }),
      );
    return [base, ...refusedFirst, ...variants, ...further];
  });
}

function subscriptionRows(schema: GraphQLSchema, world: World, guards: Guards): Row[] {
  return Object.values(schema.getSubscriptionType()?.getFields() ?? {}).map((field): Row => {
    // A subscription without an ID argument is about the sender's own workspace.
    const isOwn = field.args.every(({ type }) => getNamedType(type).name !== "ID");
    const required: ((things: Things) => Readonly<Record<string, unknown>>) | undefined = isOwn
      ? () => ({})
      : requiredArguments[field.name];
    if (required === undefined) throw new Error(`Subscription.${field.name} needs arguments: add them to requiredArguments.`);
    return {
      name: `Subscription.${field.name}`,
      places: isOwn ? ["own"] : everywhere,
      // Only members follow a run.
      ...(isOwn ? {} : { shared: [] }),
      actions: [guardOf(guards, `Subscription.${field.name}`)],
      async observe(person, place) {
        const socket = await openRawSocket(world.url, { headers: person.headers });
        try {
          if (!socket.accepted) return "denied";
          const variables = required(world.thingsOf(person, place));
          socket.subscribe("row", documentOf("subscription", field, Object.keys(variables), "{ __typename }"), variables);
          const { payload } = await socket.answer("row");
          if ((payload as { data?: unknown }).data == null) return "denied";
          return place === "own" ? "granted" : "leak";
        } finally {
          await socket.close();
        }
      },
    };
  });
}

export function rootRows(schema: GraphQLSchema, world: World): Row[] {
  const guards = new Map(readAuthorization(schema).rootFields.map(({ name, action }) => [name, action]));
  return [...queryRows(schema, world, guards), ...mutationRows(schema, world, guards), ...subscriptionRows(schema, world, guards)];
}
