/** The columns of a bulk query's table: each value of a row, and of the objects in it, by its path. Lists become JSON. */
import type { BulkColumn } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { fieldOf } from "../limits/countCost.ts";
import { openValueSchemas } from "../openValue/openValueSchemas.ts";
import type { BulkPlan } from "./bulkPlan.ts";
import { refuseNode } from "./readDocument.ts";

const typesOfScalars: Readonly<Record<string, BulkColumn["type"]>> = { Int: "integer", Float: "number", Boolean: "boolean" };

const typeOf = (name: string): BulkColumn["type"] => typesOfScalars[name] ?? (name in openValueSchemas ? "json" : "text");

/** @throws AppError INVALID_INPUT for a list inside the rows. */
export function columnsOf(schema: GraphQLSchema, { list }: BulkPlan): readonly BulkColumn[] {
  const [nested] = list.nested;
  if (nested?.fields[0] !== undefined)
    refuseNode(
      nested.fields[0].field,
      `A table cannot hold the rows of "${nested.key}". Choose JSON lines, or start another bulk query for them.`,
    );
  const columns = new Map<string, BulkColumn>();
  const add = (path: readonly string[], type: BulkColumn["type"]): void => {
    const name = path.join(".");
    if (!columns.has(name)) columns.set(name, { path, type });
  };
  const visit = ({ selections }: SelectionSetNode, parent: GraphQLNamedType, path: readonly string[]): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        visit(selection.selectionSet, condition === undefined ? parent : (schema.getType(condition) ?? parent), path);
        continue;
      }
      const own = [...path, (selection.alias ?? selection.name).value];
      const type: GraphQLOutputType | undefined = fieldOf(selection, parent as GraphQLObjectType)?.type;
      if (type === undefined) add(own, "text");
      else if (isListType(getNullableType(type))) add(own, "json");
      else if (selection.selectionSet === undefined) add(own, typeOf(getNamedType(type).name));
      else visit(selection.selectionSet, getNamedType(type), own);
    }
  };
  for (const { selections, type } of list.rows) visit(selections, type, []);
  return [...columns.values()];
}
