/** Where the arguments of a field take the IDs of objects, and where results show them. */
import type { NodeType } from "@pareidolia/api/globalId/globalId";
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from "graphql";
import { objectOfArgument } from "./inputs.ts";

export interface Path {
  readonly argument: GraphQLArgument;
  /** Names within an input object. */
  readonly names: readonly string[];
  readonly isList: boolean;
}

function isListOf(type: GraphQLInputType): boolean {
  return isListType(getNullableType(type));
}

export function idPaths({ args }: GraphQLField<unknown, unknown>): Path[] {
  return args.flatMap((argument): Path[] => {
    const type = getNamedType(argument.type);
    if (type.name === "ID") return [{ argument, names: [], isList: isListOf(argument.type) }];
    if (!isInputObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ name, type: inner }) =>
      getNamedType(inner).name === "ID" ? [{ argument, names: [name], isList: isListOf(inner) }] : [],
    );
  });
}

/** The type of the object that is named there. */
export function objectOf({ argument, names }: Path, field: string): NodeType {
  const last = names.at(-1) ?? argument.name;
  const type = objectOfArgument[last];
  if (type === undefined) throw new Error(`${field}: add the argument ${last} to objectOfArgument.`);
  return type;
}

/** All ids in a result. */
export function idsIn(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(idsIn);
  if (data === null || typeof data !== "object") return [];
  return Object.entries(data).flatMap(([name, value]) => (name === "id" && typeof value === "string" ? [value] : idsIn(value)));
}
