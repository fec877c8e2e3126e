/**
 * What changed in the GraphQL schema between two versions, and which of it breaks clients without a warning. Whatever a client could use
 * must have been deprecated in the older version before it is removed.
 */
import { type Change, CriticalityLevel, diff } from "@graphql-inspector/core";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
} from "graphql";

export interface SchemaChange {
  /** As graphql-inspector writes it, such as "Field runs was removed from object type Query". */
  readonly message: string;
  /** `breaking` only without a deprecation in the older schema. */
  readonly kind: "breaking" | "removed after its deprecation" | "dangerous" | "safe";
}

/** A breaking change that is intended, with the reason that the changelog gives. */
export interface AcceptedChange {
  readonly message: string;
  readonly reason: string;
}

type Member = GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLArgument;

const isDeprecated = (member: { readonly deprecationReason?: string | null | undefined } | undefined): boolean =>
  member?.deprecationReason != null;

/** All fields, input fields and arguments, with whether they or what they belong to are deprecated. */
function* membersOf(schema: GraphQLSchema): Generator<{ readonly member: Member; readonly deprecated: boolean }> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields())) {
      yield { member: field, deprecated: isDeprecated(field) };
      if ("args" in field)
        for (const argument of field.args) yield { member: argument, deprecated: isDeprecated(field) || isDeprecated(argument) };
    }
  }
}

/** Whether only deprecated fields and arguments lead to a type, so that no client should use it. */
function isTypeDeprecated(schema: GraphQLSchema, name: string): boolean {
  const type = schema.getType(name);
  if (type === undefined) return false;
  const inUnion = Object.values(schema.getTypeMap()).some((each) => isUnionType(each) && each.getTypes().some((of) => of.name === name));
  const leading = [...membersOf(schema)].filter(({ member }) => getNamedType(member.type).name === name);
  return !inUnion && leading.length > 0 && leading.every(({ deprecated }) => deprecated);
}

/** Whether the older schema says that what `path` names is deprecated: a type, a field, an argument or an enum value. */
function wasDeprecated(schema: GraphQLSchema, path: string): boolean {
  const [typeName = "", memberName, argumentName] = path.split(".");
  const type = schema.getType(typeName);
  if (memberName === undefined) return isTypeDeprecated(schema, typeName);
  if (isEnumType(type)) return isDeprecated(type.getValue(memberName) ?? undefined);
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return false;
  const field = type.getFields()[memberName];
  if (isDeprecated(field) || argumentName === undefined) return isDeprecated(field) || isTypeDeprecated(schema, typeName);
  return field !== undefined && "args" in field && isDeprecated(field.args.find(({ name }) => name === argumentName));
}

function kindOf({ criticality, type, path }: Change, before: GraphQLSchema): SchemaChange["kind"] {
  if (criticality.level === CriticalityLevel.NonBreaking) return "safe";
  if (criticality.level === CriticalityLevel.Dangerous) return "dangerous";
  return type.endsWith("REMOVED") && path !== undefined && wasDeprecated(before, path) ? "removed after its deprecation" : "breaking";
}

/** @param before The SDL of the older version. */
export async function findSchemaChanges(before: string, after: string): Promise<readonly SchemaChange[]> {
  const [older, newer] = [buildSchema(before), buildSchema(after)];
  const changes = await diff(older, newer);
  return changes
    .filter(({ type }) => !type.includes("DESCRIPTION"))
    .map((change) => ({ message: change.message, kind: kindOf(change, older) }));
}

/** The breaking changes that are not accepted. */
export function findRefusedChanges(changes: readonly SchemaChange[], accepted: readonly AcceptedChange[]): readonly SchemaChange[] {
  return changes.filter(({ kind, message }) => kind === "breaking" && !accepted.some((each) => each.message === message));
}

const headings: readonly (readonly [SchemaChange["kind"], string])[] = [
  ["breaking", "Breaking"],
  ["removed after its deprecation", "Removed after a deprecation"],
  ["dangerous", "Check your clients"],
  ["safe", "New and changed"],
];

/** The changelog in Markdown. @param since The older version, such as v1.2.0. */
export function writeChangelog(changes: readonly SchemaChange[], accepted: readonly AcceptedChange[], since: string): string {
  const reasonOf = ({ message }: SchemaChange): string => {
    const found = accepted.find((each) => each.message === message);
    return found === undefined ? "" : `: ${found.reason}`;
  };
  const parts = headings.flatMap(([kind, heading]) => {
    const lines = changes.filter((change) => change.kind === kind).map((change) => `- ${change.message}${reasonOf(change)}`);
    return lines.length === 0 ? [] : [`## ${heading}\n\n${lines.join("\n")}\n`];
  });
  const body = parts.length === 0 ? "Nothing but descriptions has changed.\n" : parts.join("\n");
  return `# Changes of the schema since ${since}\n\n${body}`;
}
