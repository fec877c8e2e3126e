/** Several operations as one document, of which each gets its own part of the answer. */
import { type FieldNode, Kind, type OperationDefinitionNode, parse, print, visit } from "graphql";
import type { Answer, Operation } from "./row.ts";

/** Few enough that documents stay within the API's limits of aliases, cost and statements. */
export const maxMerged = 10;

const parsed = new Map<string, OperationDefinitionNode>();

function parseOperation(query: string): OperationDefinitionNode {
  const known = parsed.get(query);
  if (known !== undefined) return known;
  const [operation, ...others] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) throw new Error(`Not a single operation: ${query}`);
  parsed.set(query, operation);
  return operation;
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The operation with a prefix before its variables and the keys of its root fields, and those keys without it. */
function withPrefix(query: string, prefix: string): { readonly operation: OperationDefinitionNode; readonly keys: readonly string[] } {
  const keys: string[] = [];
  const renamed = visit(parseOperation(query), {
    Variable: (node) => ({ ...node, name: { ...node.name, value: prefix + node.name.value } }),
  });
  const selections = renamed.selectionSet.selections.map((selection) => {
    if (selection.kind !== Kind.FIELD) throw new Error(`A fragment of a root type: ${query}`);
    const key = keyOf(selection);
    keys.push(key);
    return { ...selection, alias: { kind: Kind.NAME, value: prefix + key } as const };
  });
  return { operation: { ...renamed, selectionSet: { ...renamed.selectionSet, selections } }, keys };
}

export interface Merged extends Operation {
  /** The answer of each operation; null for one with an error, and for all of them if there is no data. */
  readonly split: (answer: Answer) => readonly (Answer | null)[];
}

/** Merges operations of one kind. */
export function mergeOperations([first, ...others]: readonly [Operation, ...Operation[]]): Merged {
  const operations = [first, ...others];
  const parts = operations.map(({ query }, i) => withPrefix(query, `q${i}_`));
  return {
    query: print({
      ...parseOperation(first.query),
      variableDefinitions: parts.flatMap(({ operation }) => operation.variableDefinitions ?? []),
      selectionSet: { kind: Kind.SELECTION_SET, selections: parts.flatMap(({ operation }) => operation.selectionSet.selections) },
    }),
    variables: Object.fromEntries(
      operations.flatMap(({ variables }, i) => Object.entries(variables).map(([name, value]) => [`q${i}_${name}`, value])),
    ),
    split({ status, data, errors = [] }) {
      const roots = errors.map(({ path: [root] = [] }) => root);
      if (status !== 200 || data == null || roots.includes(undefined)) return operations.map(() => null);
      return parts.map(({ keys }, i) => {
        if (keys.some((key) => roots.includes(`q${i}_${key}`))) return null;
        return { status, data: Object.fromEntries(keys.map((key) => [key, data[`q${i}_${key}`]])), errors: undefined };
      });
    },
  };
}
