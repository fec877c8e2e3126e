/** Makes every field of a schema report to its operation's meter. Introspection fields are counted beforehand. */
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
} from "graphql";
import type { ListKind, Meter } from "./meter.ts";

interface Metered {
  readonly meter: Meter;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

function meterField(field: GraphQLField<unknown, Metered>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const list: ListKind | null = !isListType(getNullableType(field.type)) ? null : isLeafType(getNamedType(field.type)) ? "values" : "rows";
  field.resolve = (source, args, context, info) => {
    const { meter } = context;
    meter.takeValues(1);
    const value: unknown = resolve(source, args, context, info);
    if (isPromise(value)) return meter.wait(value, list);
    if (list !== null) meter.takeList(value, list);
    return value;
  };
}

/** Changes the schema in place. */
export function meterFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith("__")) for (const field of Object.values(type.getFields())) meterField(field);
  return schema;
}
