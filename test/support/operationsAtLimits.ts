/** Operations at and above the limits of a document, and other attacks on parsers, validation and execution: bombs of every kind. */
import type { Operation } from "./transports.ts";

export const repeat = (count: number, each: (i: number) => string): string => Array.from({ length: count }, (_, i) => each(i)).join(" ");
const costly = (first: number): string => `{ experiments(first: ${first}) { nodes { runs(first: 100) { nodes { id } } } } }`;

export type OperationRow = readonly [name: string, operation: Operation, code: string | null, message: RegExp | null];

/** Each with the code of its refusal; null for what is answered. */
export const operationsAtLimits: readonly OperationRow[] = [
  ["an operation within the limits", { query: "{ __typename }" }, null, null],
  [
    "comments that fill the document",
    { query: `{ __typename } ${"#\n".repeat(10_000)}` },
    "TOO_COMPLEX",
    /comments and spaces included; at most 20000/,
  ],
  ["one long comment", { query: `{ __typename } #${"x".repeat(20_000)}` }, "TOO_COMPLEX", /at most 20000 are allowed/],
  ["spaces that fill the document", { query: `{ __typename ${" ".repeat(20_000)} }` }, "TOO_COMPLEX", /at most 20000/],
  [
    "more than 2,000 tokens",
    { query: `{ ${"__typename ".repeat(1_700)} ${"a ".repeat(600)} }`.slice(0, 19_990) },
    "GRAPHQL_PARSE_FAILED",
    null,
  ],
  ["2,001 tokens", { query: `{ ${"a ".repeat(1_999)} }` }, "GRAPHQL_PARSE_FAILED", /more that 2000 tokens/],
  [
    "too many levels",
    { query: `{ runs { nodes { ${"experiment { runs { nodes { ".repeat(6)} key ${"} } }".repeat(6)} } } }` },
    "TOO_COMPLEX",
    /levels deep; at most 16/,
  ],
  ["too many aliases", { query: `{ ${repeat(61, (i) => `a${i}: __typename`)} }` }, "TOO_COMPLEX", /more than 60 aliases/],
  [
    "aliases in a fragment that is spread once",
    { query: `{ ...f } fragment f on Query { ${repeat(61, (i) => `a${i}: __typename`)} }` },
    "TOO_COMPLEX",
    /aliases/,
  ],
  ["too much cost", { query: costly(100).replace("100", "$n").replace("{", "query ($n: Int) {"), variables: { n: 100 } }, null, null],
  [
    "a list of lists",
    { query: `{ ${repeat(20, (i) => `a${i}: experiments(first: 100) { nodes { runs(first: 100) { nodes { id } } } }`)} }` },
    "TOO_COMPLEX",
    /The rows of "a0.nodes.runs" cost most|The rows of "a0" cost most|cost most/,
  ],
  [
    "inline fragments whose fields are all compared",
    { query: `{ ${repeat(70, () => "...on Query { viewer { role } }")} }` },
    "TOO_COMPLEX",
    /repeats the same fields too often/,
  ],
  [
    "fragments whose fields are all compared",
    { query: `{ ${repeat(70, (i) => `...f${i}`)} } ${repeat(70, (i) => `fragment f${i} on Query { viewer { role } }`)}` },
    "TOO_COMPLEX",
    /too often/,
  ],
  [
    "fragments named like introspection",
    {
      query: `{ ...__schema } fragment __schema on Query { ...__type } fragment __type on Query { ${repeat(20, (i) => `a${i}: experiments(first: 100) { nodes { runs(first: 100) { nodes { id } } } }`)} }`,
    },
    "TOO_COMPLEX",
    /at most 100000 is allowed/,
  ],
  [
    "fragments in a circle",
    { query: "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }" },
    "GRAPHQL_VALIDATION_FAILED",
    /Cannot spread fragment "a" within itself/,
  ],
  [
    "a directive a thousand times",
    { query: `{ __typename ${"@skip(if: false) ".repeat(280)} }` },
    "GRAPHQL_VALIDATION_FAILED",
    /can only be used once/,
  ],
  ["unknown directives", { query: `{ __typename ${repeat(900, (i) => `@x${i}`)} }` }, "GRAPHQL_VALIDATION_FAILED", null],
  [
    "introspection many times",
    { query: `{ ${repeat(50, (i) => `a${i}: __schema { types { fields { name } } }`)} }` },
    "TOO_COMPLEX",
    /is allowed/,
  ],
  [
    "introspection in circles",
    { query: `{ __type(name: "Query") { ${"ofType { ".repeat(20)} name ${"}".repeat(20)} } }` },
    "TOO_COMPLEX",
    /levels deep/,
  ],
  ["a misspelt field", { query: "{ viewr { role } }" }, "GRAPHQL_VALIDATION_FAILED", /^Cannot query field "viewr" on type "Query"\.$/],
  [
    "a variable that is nested too deeply",
    {
      query: 'query ($a: QueryVariables) { queryCost(query: "{a}", variables: $a) { cost } }',
      variables: { a: JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`) },
    },
    "TOO_COMPLEX",
    /nested more than 32 levels/,
  ],
  [
    "a long list of values",
    { query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", variables: { ids: Array.from({ length: 500 }, () => "RUN-1") } },
    "TOO_COMPLEX",
    null,
  ],
];
