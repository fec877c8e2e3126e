/** Every example of the guides runs against a real API and gets the answer that the guide shows. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { createSecret, hashSecret, shownPrefix } from "@pareidolia/api/apiKey/secret";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { populate } from "../../matrix/populate.ts";
import { type AccountsApi, startAccountsApi } from "../../support/accounts.ts";
import { type GuideExample, hasLines, matchesAnswer, readGuideExamples } from "../../support/guideExamples.ts";

const folder = path.resolve(import.meta.dirname, "../../../docs");
const guides = readdirSync(folder).flatMap((file) => {
  if (!file.endsWith(".md")) return [];
  const examples = readGuideExamples(readFileSync(path.join(folder, file), "utf8"));
  return examples.length === 0 ? [] : [{ file, examples }];
});
const run = promisify(execFile);

let api: AccountsApi;
let token = "";
let runKey = "";

beforeAll(async () => {
  api = await startAccountsApi({ costLimit: { limit: 20_000_000, drainPerSecond: 200_000 } });
  const { runs } = await populate(api, 1);
  token = createSecret();
  const key = { id: "key_of_reader", workspaceId: localWorkspaceId, userId: localUserId, name: "Key", prefix: shownPrefix(token) };
  const scopes = ["READ", "RUN", "VOTE", "ADMIN"] as const;
  await api.database.connection.apiKey.create({ data: { ...key, secretHash: hashSecret(token), scopes: [...scopes] } });
  const { body } = await api.ask({ authorization: `Bearer ${token}` }, "query ($id: ID!) { node(id: $id) { ... on Run { key } } }", {
    id: runs.evolution,
  });
  runKey = body.data.node.key;
}, 120_000);
afterAll(() => api.close());

/** The guides' server and run are those of this test. */
const located = (text: string): string => text.replaceAll("https://lab.example", api.url).replaceAll("RUN-142", runKey);

async function outputOf({ language, text, variables }: GuideExample): Promise<string> {
  const options = { env: { ...process.env, PAREIDOLIA_TOKEN: token }, timeout: 60_000 };
  const programs: Readonly<Record<GuideExample["language"], () => Promise<string>>> = {
    graphql: async () => JSON.stringify((await api.ask({ authorization: `Bearer ${token}` }, located(text), { ...variables })).body),
    sh: async () => (await run("bash", ["-euo", "pipefail", "-c", located(text)], options)).stdout,
    js: async () => (await run(process.execPath, ["--input-type=module", "--eval", located(text)], options)).stdout,
  };
  return programs[language]();
}

const withoutCost = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { extensions: _cost, ...answer } = value as Readonly<Record<string, unknown>>;
  return answer;
};

it("the guides that programmers need have examples", () => {
  const expected = ["authentication.md", "costs.md", "errors.md", "live.md", "pagination.md", "webhooks.md"];
  expect(guides.map(({ file }) => file)).toEqual(expect.arrayContaining(expected));
});

describe.each(guides)("docs/$file", ({ examples }) => {
  it.each(examples)("line $line", async (example) => {
    const output = await outputOf(example);
    const { language, text } = example.answer;
    if (language === "text") expect(hasLines(located(text), output), output).toBe(true);
    else expect(matchesAnswer(JSON.parse(located(text)), withoutCost(JSON.parse(output))), output).toBe(true);
  });
});

it("an answer with another value, another key or one too few does not match", () => {
  const answer = { a: "…", b: [1, { c: null }] };
  expect(matchesAnswer(answer, { a: 7, b: [1, { c: null }] })).toBe(true);
  for (const value of [
    { a: null, b: [1, { c: null }] },
    { a: 7, b: [1] },
    { a: 7, b: [1, { c: 2 }] },
    { a: 7, b: [1, { c: null }], d: 1 },
  ])
    expect(matchesAnswer(answer, value)).toBe(false);
  expect([matchesAnswer([1, "…"], [1, 2, 3]), matchesAnswer([1, "…"], [2])]).toEqual([true, false]);
  expect([hasLines("a\nb…d", "a\nx\nbcd"), hasLines("b\na", "a\nb"), hasLines("a", "ab")]).toEqual([true, false, false]);
  expect(() => readGuideExamples("```sh run\na\n```\n")).toThrow("The example in line 1 has no answer.");
});
