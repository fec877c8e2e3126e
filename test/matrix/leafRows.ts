/**
 * Rows of the last step of each path: an actor who somehow got an object that is not theirs to read must get nothing through its fields
 * either. The path is read as the owner, and only its last field as the actor; so only that field's own guard can refuse.
 */
import { createContext } from "@pareidolia/api/assembly/createContext";
import type { Services } from "@pareidolia/api/assembly/nounModule";
import type { ApiContext } from "@pareidolia/api/context";
import type { Actor } from "@pareidolia/core/actor";
import { defaultFieldResolver, execute, type GraphQLSchema, isObjectType, parse } from "graphql";
import { hasLeaf, type PathRow } from "./objectRows.ts";
import type { Person } from "./people.ts";
import type { Row } from "./row.ts";

const alias = "leaf";

interface SplitContext extends ApiContext {
  /** The context of the last field. */
  readonly last: ApiContext;
}

/** Resolves fields with the alias in the context of the actor, and all others in that of the owner. */
export function splitAtLeaf(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: SplitContext, info) =>
        resolve(source, args, info.path.key === alias ? context.last : context, info);
    }
  }
  return schema;
}

export interface LeafOptions {
  /** From `splitAtLeaf`. */
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly actorOf: (person: Person) => Actor;
}

/** Rows of the paths that are denied at present; the others show only what is in the object itself. */
export async function leafRows(
  paths: readonly PathRow[],
  owner: Person,
  people: readonly Person[],
  { schema, services, actorOf }: LeafOptions,
): Promise<{ readonly row: Row; readonly person: Person }[]> {
  const observe = async ({ leaf }: PathRow, person: Person) => {
    if (leaf === undefined) return "denied";
    const contextValue: SplitContext = { ...createContext(actorOf(owner), services), last: createContext(actorOf(person), services) };
    const document = parse(`${leaf.open} ${alias}: ${leaf.field} ${leaf.selection} ${leaf.close}`);
    const { data } = await execute({ schema, document, contextValue, variableValues: leaf.variables(owner) });
    return hasLeaf(data, alias) ? "granted" : "denied";
  };
  const rows: { row: Row; person: Person }[] = [];
  for (const path of paths) {
    if ((await observe(path, owner)) !== "granted") continue;
    for (const person of people) {
      if ((await observe(path, person)) !== "denied") continue;
      const row: Row = {
        name: `${path.name} of an object read as the owner`,
        places: ["other"],
        actions: path.actions,
        observe: () => observe(path, person),
      };
      rows.push({ row, person });
    }
  }
  return rows;
}
