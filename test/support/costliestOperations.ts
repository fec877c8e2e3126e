/**
 * Operations that cost as much as the limits admit, built from the schema: each list of the API, with every list and every expensive field of its
 * rows, and with as many rows as fit.
 */
import { limits } from "@pareidolia/api/limits/limits";
import { countOperation } from "@pareidolia/api/limits/measureOperation";
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  parse,
} from "graphql";

export interface CostlyOperation {
  readonly name: string;
  readonly cost: number;
  readonly rows: number;
  readonly query: string;
}

type Field = GraphQLField<unknown, unknown>;

const maxPageLength = 100;

const needsNothing = ({ args }: Field): boolean =>
  args.every(({ type, defaultValue }) => !isNonNullType(type) || defaultValue !== undefined);

function fieldsOf(type: ReturnType<typeof getNamedType>): readonly Field[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).filter(needsNothing) : [];
}

const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith("Connection");

function leavesOf(type: ReturnType<typeof getNamedType>): string {
  const leaves = fieldsOf(type).filter(
    (field) => !isCompositeType(getNamedType(field.type)) && field.extensions["complexity"] === undefined,
  );
  return ["__typename", ...leaves.map(({ name }) => name)].join(" ");
}

function rowOf(connection: Field): ReturnType<typeof getNamedType> {
  const nodes = (getNamedType(connection.type) as GraphQLObjectType).getFields()["nodes"];
  if (nodes === undefined) throw new Error(`${connection.name} has no nodes.`);
  return getNamedType(nodes.type);
}

/** What to select of each row, by a name: its values only, a page of a list of its own, or a field that computes. */
function selectionsOf(row: ReturnType<typeof getNamedType>): readonly (readonly [name: string, selection: string])[] {
  const inner = fieldsOf(row).filter((field) => isCompositeType(getNamedType(field.type)) || field.extensions["complexity"] !== undefined);
  return [
    ["", ""],
    ...inner.map(({ name, type, ...field }): readonly [string, string] => {
      if (isConnection({ name, type, ...field }))
        return [name, `${name}(first: ${maxPageLength}) { nodes { ${leavesOf(rowOf({ name, type, ...field }))} } }`];
      return [name, isCompositeType(getNamedType(type)) ? `${name} { ${leavesOf(getNamedType(type))} }` : name];
    }),
  ];
}

/** The largest number of rows for which the operation is admitted; null if even one is too many. */
function fit(schema: GraphQLSchema, queryOf: (rows: number) => string): { readonly rows: number; readonly cost: number } | null {
  const costOf = (rows: number): number =>
    countOperation(schema, { document: parse(queryOf(rows)), operationName: null, variables: {} }).cost;
  for (let rows = maxPageLength; rows >= 1; rows -= 1) {
    const cost = costOf(rows);
    if (cost <= limits.cost) return { rows, cost };
    rows = Math.min(rows, Math.ceil((rows * limits.cost) / cost) + 1);
  }
  return null;
}

/** The `most` costliest. */
export function costliestOperations(schema: GraphQLSchema, most: number): readonly CostlyOperation[] {
  const lists = fieldsOf(schema.getQueryType() ?? undefined).filter(isConnection);
  const operations = lists.flatMap((list) =>
    selectionsOf(rowOf(list)).flatMap(([name, selection]): CostlyOperation[] => {
      const queryOf = (rows: number): string =>
        `{ ${list.name}(first: ${rows}) { totalCount nodes { ${leavesOf(rowOf(list))} ${selection} } } }`;
      const fitting = fit(schema, queryOf);
      return fitting === null ? [] : [{ name: `${list.name}${name === "" ? "" : `.${name}`}`, ...fitting, query: queryOf(fitting.rows) }];
    }),
  );
  return operations.toSorted((a, b) => b.cost - a.cost).slice(0, most);
}
