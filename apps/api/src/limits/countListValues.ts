/**
 * Counts the values in an argument's lists, literal or from variables, before GraphQL coerces them. A list longer than `limits.listValues`
 * is refused, unless its input field declares a larger `longest` in its extensions.
 */
import { type GraphQLInputType, getNullableType, isInputObjectType, isListType, type ValueNode } from "graphql";
import { limits, tooComplex } from "./limits.ts";

/** A list's path and maximum length. */
interface Place {
  readonly name: string;
  readonly longest: number;
}

export interface Declared {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly extensions: Readonly<Record<string, unknown>>;
}

export function placeOf({ name, extensions }: Declared): Place {
  const declared = extensions["longest"];
  return { name, longest: typeof declared === "number" ? declared : limits.listValues };
}

function checkLength(length: number, { name, longest }: Place): void {
  if (length > longest) throw tooComplex(`"${name}" has ${length} values; at most ${longest} are allowed.`);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function countValue(given: GraphQLInputType, value: unknown, place: Place): number {
  const type = getNullableType(given);
  if (isListType(type)) {
    if (!Array.isArray(value)) return countValue(type.ofType, value, place);
    checkLength(value.length, place);
    return value.length + sum(value.map((item) => countValue(type.ofType, item, place)));
  }
  if (!isInputObjectType(type) || typeof value !== "object" || value === null) return 0;
  const fields = Object.entries(value as Readonly<Record<string, unknown>>);
  return sum(
    fields.map(([name, item]) => {
      const field = Object.hasOwn(type.getFields(), name) ? type.getFields()[name] : undefined;
      return field === undefined ? 0 : countValue(field.type, item, placeOf(field));
    }),
  );
}

/** @throws GraphQLError TOO_COMPLEX naming the list that is too long. */
export function countListValues(
  given: GraphQLInputType,
  node: ValueNode,
  place: Place,
  variables: Readonly<Record<string, unknown>>,
): number {
  if (node.kind === "Variable") return countValue(given, variables[node.name.value], place);
  const type = getNullableType(given);
  if (isListType(type)) {
    if (node.kind !== "ListValue") return countListValues(type.ofType, node, place, variables);
    checkLength(node.values.length, place);
    return node.values.length + sum(node.values.map((item) => countListValues(type.ofType, item, place, variables)));
  }
  if (!isInputObjectType(type) || node.kind !== "ObjectValue") return 0;
  return sum(
    node.fields.map(({ name, value }) => {
      const field = type.getFields()[name.value];
      return field === undefined ? 0 : countListValues(field.type, value, placeOf(field), variables);
    }),
  );
}
