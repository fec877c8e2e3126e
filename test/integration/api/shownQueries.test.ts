/**
 * What the "Query" buttons show runs as it is: the curl text in bash, the client text in Node, the CLI text in a shell, the GraphiQL text at
 * the API. Each query that a list, chart or result shows answers without an error, and each document that a page loads gets the same
 * answer from every form.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createSecret, hashSecret, shownPrefix } from "@pareidolia/api/apiKey/secret";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import {
  buildSchema,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  typeFromAST,
} from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { textsOf } from "../../../apps/web/src/features/queries/pageQueryTexts.ts";
import { explorerPath, queryForms } from "../../../apps/web/src/features/queries/queryForms.ts";
import type { ShownQuery } from "../../../apps/web/src/features/queries/shownQuery.ts";
import * as generated from "../../../apps/web/src/graphql/generated/graphql.ts";
import { populate } from "../../matrix/populate.ts";
import type { Filled } from "../../matrix/things.ts";
import { type AccountsApi, startAccountsApi } from "../../support/accounts.ts";
import { type ShownRow, shownRows } from "../../support/shownQueries.ts";

const repository = path.resolve(import.meta.dirname, "../../..");
const run = promisify(execFile);
const schema = buildSchema(readFileSync(path.join(repository, "apps/api/schema.graphql"), "utf8"));
/** Whatever a shell or JavaScript could take for its own. */
const hostileText = 'it\'s "quoted" $(id) `id` ${HOME} \\ é\nJSON\nGRAPHQL\n';

let api: AccountsApi;
let things: Filled;
let rows: readonly ShownRow[] = [];
let token = "";
let folder = "";

beforeAll(async () => {
  api = await startAccountsApi();
  things = await populate(api, 1);
  token = createSecret();
  const key = { id: "key_of_program", workspaceId: localWorkspaceId, userId: localUserId, name: "Key", prefix: shownPrefix(token) };
  const scopes = ["READ", "RUN", "VOTE", "ADMIN"] as const;
  await api.database.connection.apiKey.create({ data: { ...key, secretHash: hashSecret(token), scopes: [...scopes] } });
  const compared = await api.ask({ authorization: `Bearer ${token}` }, "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Run { key } } }", {
    ids: [things.runs.evolution, things.runs.ascent],
  });
  const { nodes } = compared.body.data;
  const opening = "mutation ($input: OpenStudyInput!) { openStudy(input: $input) { __typename } }";
  await api.ask({ authorization: `Bearer ${token}` }, opening, { input: { studyId: things.draftStudy, revision: 1 } });
  rows = shownRows(things, {
    numbers: nodes.map(({ key }: { key: string }) => Number(key.replace("RUN-", ""))),
    studies: [things.nodes.Study, things.draftStudy],
  });
  // The key of the filled workspace has no scopes, which no key that a person makes lacks.
  await api.database.connection.apiKey.updateMany({ where: { id: "key_1" }, data: { scopes: ["READ"] } });
  folder = mkdtempSync(path.join(tmpdir(), "pareidolia-queries-"));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api.close();
});

/** A value of the type: hostile strings, the run for each ID, and no optional field. */
function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return [valueOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map(({ name, type: of }) => [name, valueOf(of)]));
  }
  const values: Readonly<Record<string, unknown>> = {
    ID: things.runs.evolution,
    Int: 1,
    Float: 0.5,
    Boolean: true,
    JSON: { text: hostileText },
  };
  return values[type.name] ?? hostileText;
}

/** The queries of all pages, each variable with a value. */
function pageQueries(): readonly ShownQuery[] {
  const documents = Object.entries(generated).flatMap(([name, document]) => (name.endsWith("Document") ? [document] : []));
  return documents.flatMap((document) => {
    const [operation] = document.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition] : []));
    if (operation?.operation !== "query") return [];
    const variables = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
      const inputType = typeFromAST(schema, type as never) as GraphQLInputType;
      return [variable.name.value, valueOf(inputType)] as const;
    });
    return textsOf([{ document, variables: Object.fromEntries(variables) }]);
  });
}

/** Of lists, charts and results: with the name of what makes each. */
const shownQueries = (): readonly (readonly [string, ShownQuery])[] =>
  rows.flatMap(([name, texts]) =>
    texts.map((text) => [name, typeof text === "string" ? { title: name, document: text, variables: {} } : text] as const),
  );

const isMutation = ({ document }: ShownQuery): boolean => document.startsWith("mutation");
const textOf = (form: string, query: ShownQuery): string => {
  const found = queryForms.find(({ id }) => id === form);
  return found?.texts(query, { origin: api.url, needsKey: true, headers: {} })[0]?.text ?? "";
};

/** Queries of lists, charts, results and pages: a mutation would change what the next form reads. */
const readingQueries = (): readonly ShownQuery[] => [
  ...shownQueries()
    .map(([, query]) => query)
    .filter((query) => !isMutation(query)),
  ...pageQueries(),
];

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function answerOf({ document, variables }: Pick<ShownQuery, "document" | "variables">): Promise<Answer> {
  const { body } = await api.ask({ authorization: `Bearer ${token}` }, document, { ...variables });
  return body;
}

/** Runs the text of each query in one shell. */
async function runInShell(form: string, queries: readonly ShownQuery[], prelude: string): Promise<void> {
  const commands = queries.map((query, index) => `export OUT=${index}\n{\n${textOf(form, query)}\n} > $OUT.out`);
  const script = path.join(folder, `${form}.sh`);
  writeFileSync(script, ["set -euo pipefail", prelude, ...commands].join("\n"));
  await run("bash", [script], { cwd: folder, env: { ...process.env, PAREIDOLIA_TOKEN: token } });
}

/** Every response signs the addresses of files again, every 30 s or so one records the use of its key, and each change has a new number. */
const lastingPartOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll(/\?expires=\d+&signature=\w+/g, "")
      .replaceAll(/"(?:last(?:Used|Active)At|changeSeq)":(?:"[^"]*"|\d+|null),/g, ""),
  );

const outputOf = (index: number, ending = "out"): string => readFileSync(path.join(folder, `${index}.${ending}`), "utf8");

it("each query that a list, chart or result shows is in the table", () => {
  const features = path.join(repository, "apps/web/src/features");
  const files = readdirSync(features, { recursive: true, encoding: "utf8" });
  const made = files
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(path.join(features, file), "utf8");
      return [...text.matchAll(/^export (?:function|const) (?!use|concerns)(\w*(?:Query|Queries|QueryText)|queryOf\w*)\b/gm)].map(
        ([, name]) => name,
      );
    });
  expect(new Set(made)).toEqual(new Set(rows.map(([name]) => name)));
  const inComponents = files.filter(
    (file) => file.endsWith(".tsx") && /`(?:query|mutation)\b[^`]*\{|`\{\n/.test(readFileSync(path.join(features, file), "utf8")),
  );
  expect(inComponents).toEqual([]);
});

it("each query that a list, chart or result shows answers without an error", async () => {
  const failed: unknown[] = [];
  for (const [name, query] of shownQueries()) {
    const answer = await answerOf(query);
    if (answer.errors !== undefined) failed.push([name, answer.errors]);
  }
  expect(failed).toEqual([]);
});

it("each document of a page is accepted with the variables that it has", async () => {
  const codes = new Set<string>();
  for (const query of pageQueries()) for (const { extensions } of (await answerOf(query)).errors ?? []) codes.add(extensions.code);
  // The values of this test name runs where other objects are wanted, and classes and columns that do not exist.
  expect([...codes].filter((code) => code !== "INVALID_INPUT")).toEqual([]);
});

it("the curl text gets the API's answer in bash", async () => {
  const queries = readingQueries();
  await runInShell("curl", queries, "");
  for (const [index, query] of queries.entries()) {
    const { extensions: _cost, ...answer } = JSON.parse(outputOf(index));
    expect(lastingPartOf(answer), query.title).toEqual(lastingPartOf(await answerOf(query)));
  }
});

it("the CLI text gives the CLI the document and the variables", async () => {
  const queries = [...readingQueries(), ...shownQueries().map(([, query]) => query)];
  await runInShell("cli", queries, `pareidolia() { printf '%s\\0' "$@" > $OUT.args; cat > $OUT.stdin; }`);
  for (const [index, { document, variables }] of queries.entries()) {
    const given = Object.keys(variables).length === 0 ? [] : ["--variables", JSON.stringify(variables, null, 2)];
    expect(outputOf(index, "args").split("\0")).toEqual(["api", "-", ...given, ""]);
    expect(outputOf(index, "stdin")).toBe(`${document}\n`);
  }
});

it("the GraphiQL texts and its link have the document and the variables", async () => {
  const access = { origin: api.url, needsKey: true, headers: { "x-share-token": "a" } };
  for (const query of readingQueries()) {
    const [document, ...further] = queryForms.find(({ id }) => id === "graphiql")?.texts(query, access) ?? [];
    const values = Object.fromEntries(further.map(({ title, text }) => [title, JSON.parse(text)]));
    expect([document?.text, values["Variables"] ?? {}, values["Headers"]]).toEqual([query.document, query.variables, access.headers]);
    const { hash } = new URL(explorerPath(query, access), api.url);
    const searchParams = new URLSearchParams(hash.slice(1));
    expect([searchParams.get("query"), JSON.parse(searchParams.get("variables") ?? "{}")]).toEqual([query.document, query.variables]);
  }
});

it("the CLI answers what its text sends", async () => {
  // A start of the program takes a third of a second, so a few stand for all.
  const queries = readingQueries().filter(({ document }) => /^(?:query Elite\(|\{\n {2}sweeps|query SearchProblem)/.test(document));
  expect(queries).toHaveLength(3);
  const program = path.join(repository, "apps/cli/src/main.ts");
  const prelude = `export PAREIDOLIA_URL=${api.url}\npareidolia() { ${process.execPath} --conditions=source --disable-warning=ExperimentalWarning ${program} "$@" --json; }`;
  await runInShell("cli", queries, prelude);
  for (const [index, query] of queries.entries()) expect(JSON.parse(outputOf(index))).toEqual((await answerOf(query)).data);
});

const client = path.join(repository, "packages/client");

it("the client text gets the API's data in Node", async () => {
  const queries = readingQueries();
  const expected: Awaited<ReturnType<typeof answerOf>>[] = [];
  for (const query of queries) expected.push(await answerOf(query));
  const modules = path.join(folder, "modules");
  mkdirSync(path.join(modules, "node_modules/@pareidolia"), { recursive: true });
  symlinkSync(client, path.join(modules, "node_modules/@pareidolia/client"), "dir");
  for (const [index, query] of queries.entries()) writeFileSync(path.join(modules, `${index}.mjs`), textOf("client", query));
  const driver = `
    const printed = [];
    for (let index = 0; index < ${queries.length}; index++) {
      console.log = (text) => { printed[index] = JSON.parse(text); };
      try { await import(\`./\${index}.mjs\`); } catch (error) { printed[index] = { refused: error.message }; }
    }
    process.stdout.write(JSON.stringify(printed));`;
  writeFileSync(path.join(modules, "driver.mjs"), driver);
  const { stdout } = await run(process.execPath, ["--conditions=source", "driver.mjs"], {
    cwd: modules,
    env: { ...process.env, PAREIDOLIA_TOKEN: token },
    maxBuffer: 100_000_000,
  });
  const printed = JSON.parse(stdout) as readonly unknown[];
  for (const [index, { data, errors }] of expected.entries())
    expect(lastingPartOf(printed[index]), queries[index]?.title).toEqual(
      errors === undefined ? lastingPartOf(data) : { refused: expect.stringContaining(errors[0]?.message ?? "") },
    );
});

it("a shared experiment's texts send the link, and leave out what cannot", async () => {
  const access = { origin: api.url, needsKey: false, headers: { "x-share-token": "a'b" } };
  expect(queryForms.filter((form) => form.canSend(access)).map(({ id }) => id)).toEqual(["graphiql", "curl"]);
  const query = { title: "", document: "{ __typename }", variables: {} };
  const [text] = queryForms.find(({ id }) => id === "curl")?.texts(query, access) ?? [];
  const { stdout } = await run("bash", ["-c", `curl() { printf '%s\\n' "$@"; }\n${text?.text}`]);
  expect(stdout).toContain("\nx-share-token: a'b\n");
  expect(stdout).not.toContain("Authorization");
});
