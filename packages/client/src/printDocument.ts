/** Prints the syntax tree of operations and fragments, so that this package needs no GraphQL library. The text means the same, without comments. */
import type { SyntaxTree } from "./typedDocument.ts";

/** Any node; its properties depend on its kind. */
interface Node {
  readonly kind: string;
  readonly name?: Node;
  readonly value?: unknown;
  readonly [property: string]: unknown;
}

type Print = (node: Node) => string;

const list = (value: unknown): readonly Node[] => (value ?? []) as readonly Node[];
const one = (value: unknown): string => (value === undefined || value === null ? "" : print(value as Node));
const all = (value: unknown, separator: string, before = "", after = ""): string => {
  const nodes = list(value);
  return nodes.length === 0 ? "" : before + nodes.map(print).join(separator) + after;
};
const named = (prefix: string, value: unknown): string => (value === undefined || value === null ? "" : `${prefix}${one(value)}`);

const printers: Readonly<Record<string, Print>> = {
  Document: (node) => all(node["definitions"], "\n\n"),
  OperationDefinition: (node) =>
    `${String(node["operation"])}${named(" ", node.name)}${all(node["variableDefinitions"], ", ", "(", ")")}${directives(node)} ${one(node["selectionSet"])}`,
  FragmentDefinition: (node) =>
    `fragment ${one(node.name)} on ${one(node["typeCondition"])}${directives(node)} ${one(node["selectionSet"])}`,
  VariableDefinition: (node) => `${one(node["variable"])}: ${one(node["type"])}${named(" = ", node["defaultValue"])}${directives(node)}`,
  SelectionSet: (node) => `{ ${all(node["selections"], " ")} }`,
  Field: (node) => {
    const alias = node["alias"] === undefined || node["alias"] === null ? "" : `${one(node["alias"])}: `;
    return `${alias}${one(node.name)}${all(node["arguments"], ", ", "(", ")")}${directives(node)}${named(" ", node["selectionSet"])}`;
  },
  FragmentSpread: (node) => `...${one(node.name)}${directives(node)}`,
  InlineFragment: (node) => `...${named(" on ", node["typeCondition"])}${directives(node)} ${one(node["selectionSet"])}`,
  Argument: (node) => `${one(node.name)}: ${one(node.value)}`,
  Directive: (node) => `@${one(node.name)}${all(node["arguments"], ", ", "(", ")")}`,
  Name: (node) => String(node.value),
  Variable: (node) => `$${one(node.name)}`,
  NamedType: (node) => one(node.name),
  ListType: (node) => `[${one(node["type"])}]`,
  NonNullType: (node) => `${one(node["type"])}!`,
  IntValue: (node) => String(node.value),
  FloatValue: (node) => String(node.value),
  // Escapes of JSON are those of GraphQL; a block string has been read already, so its value needs no block.
  StringValue: (node) => JSON.stringify(node.value),
  BooleanValue: (node) => String(node.value),
  NullValue: () => "null",
  EnumValue: (node) => String(node.value),
  ListValue: (node) => `[${all(node["values"], ", ")}]`,
  ObjectValue: (node) => `{ ${all(node["fields"], ", ")} }`,
  ObjectField: (node) => `${one(node.name)}: ${one(node.value)}`,
};

const directives = (node: Node): string => all(node["directives"], " ", " ");

function print(node: Node): string {
  const printer = printers[node.kind];
  if (printer === undefined) throw new TypeError(`A document of operations has no ${node.kind}.`);
  return printer(node);
}

export function printDocument(document: SyntaxTree): string {
  return print(document as unknown as Node);
}
