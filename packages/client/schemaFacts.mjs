/**
 * A plugin of GraphQL Code Generator that writes what the client must know of the schema at run time: where inputs take an idempotency key, and
 * which subscriptions must resume after a number.
 */
import { getNamedType, isInputObjectType, isNonNullType } from "graphql";

/**
 * Where keys go in an input: `idempotencyKey`, or `run.evolution.idempotencyKey`.
 * @param {import("graphql").GraphQLInputObjectType} type
 * @param {ReadonlySet<unknown>} above
 * @returns {string[]}
 */
function keysOf(type, above = new Set()) {
  if (above.has(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.name === "idempotencyKey") return [field.name];
    const inner = getNamedType(field.type);
    // A list has no single place for a key.
    if (!isInputObjectType(inner) || String(field.type).includes("[")) return [];
    return keysOf(inner, new Set([...above, type])).map((key) => `${field.name}.${key}`);
  });
}

/** @param {import("graphql").GraphQLSchema} schema */
export function plugin(schema) {
  const inputs = Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .map((type) => [type.name, keysOf(type).toSorted((one, other) => one.split(".").length - other.split(".").length)])
    .filter(([, keys]) => keys.length > 0);
  const numbered = Object.values(schema.getSubscriptionType().getFields())
    .filter(({ args }) => args.some(({ name, type }) => name === "since" && isNonNullType(type)))
    .map(({ name }) => name);
  return [
    "/** For each input that takes an idempotency key: the places of the key, the outermost first. */",
    `export const keyPlaces: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(inputs), null, 2)};`,
    "",
    "/** The subscriptions that start with the first event of a log, unless `since` says where: started again without it, they would repeat events. */",
    `export const numberedSubscriptions: readonly string[] = ${JSON.stringify(numbered)};`,
    "",
  ].join("\n");
}
