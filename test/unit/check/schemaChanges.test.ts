/** The check of schema changes: what it refuses, and with which version it compares. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findRefusedChanges,
  findSchemaChanges,
  type SchemaChange,
  writeChangelog,
} from "../../../apps/launcher/src/checks/schemaChanges.ts";
import { checkSchemaChanges } from "../../../apps/launcher/src/checks/schemaHistory.ts";

const before = `
  type Query {
    run(id: ID!, old: Int @deprecated(reason: "Use id."), plain: Int): Run
    chain: Chain @deprecated(reason: "Use run.")
  }
  type Run { key: String!  speed: Float @deprecated(reason: "Use rate.")  state: State! }
  type Chain { name: String! }
  enum State { OPEN  GONE @deprecated(reason: "Never set.") }
  input Start { seed: Int  seeds: Int @deprecated(reason: "Use seed.") }
  type Mutation { start(input: Start!): Run }
`;

const kinds = async (after: string): Promise<readonly (readonly [string, string])[]> =>
  (await findSchemaChanges(before, after)).map(({ message, kind }) => [message.split(" was ")[0] ?? "", kind]);

describe("a change", () => {
  it.each([
    ["a field that is removed", before.replace("key: String!", ""), "breaking"],
    ["a type of a field that changes", before.replace("key: String!", "key: String"), "breaking"],
    ["an argument that is removed", before.replace(", plain: Int", ""), "breaking"],
    ["an enum value that is removed", before.replace("OPEN", "CLOSED"), "breaking"],
    ["an input field that becomes required", before.replace("seed: Int ", "seed: Int! "), "breaking"],
    ["a deprecated field that is removed", before.replace(/speed: .*?"\)/, ""), "removed after its deprecation"],
    ["a deprecated argument that is removed", before.replace(/, old: .*?"\)/, ""), "removed after its deprecation"],
    ["a deprecated enum value that is removed", before.replace(/GONE .*?"\)/, ""), "removed after its deprecation"],
    ["a deprecated input field that is removed", before.replace(/seeds: .*?"\)/, ""), "removed after its deprecation"],
    ["a new field", before.replace("key: String!", "key: String! name: String"), "safe"],
    ["a deprecation", before.replace("plain: Int", 'plain: Int @deprecated(reason: "Use id.")'), "safe"],
    ["a new enum value", before.replace("OPEN", "OPEN CLOSED"), "dangerous"],
  ])("%s: %s", async (_name, after, kind) => {
    const found = (await kinds(after)).map(([, each]) => each);
    expect(found).toContain(kind);
    expect(found.includes("breaking")).toBe(kind === "breaking");
  });

  it("a type that only a deprecated field has is removed with it", async () => {
    const after = before.replace(/chain: .*?"\)/, "").replace("type Chain { name: String! }", "");
    expect(new Set((await kinds(after)).map(([, kind]) => kind))).toEqual(new Set(["removed after its deprecation"]));
    const used = before.replace('chain: Chain @deprecated(reason: "Use run.")', "chain: Chain");
    expect((await findSchemaChanges(used, after)).map(({ kind }) => kind)).toContain("breaking");
  });

  it("another description is no change", async () => {
    expect(await findSchemaChanges('"Reads." type Query { a: Int }', '"Reads all." type Query { "One." a: Int }')).toEqual([]);
  });
});

it("an accepted change is not refused, and the changelog has its reason", () => {
  const change: SchemaChange = { message: "Field 'key' was removed from object type 'Run'", kind: "breaking" };
  const accepted = [{ message: change.message, reason: "it was never public" }];
  expect(findRefusedChanges([change], [])).toEqual([change]);
  expect(findRefusedChanges([change], accepted)).toEqual([]);
  expect(writeChangelog([change], accepted, "v1.0.0")).toBe(
    "# Changes of the schema since v1.0.0\n\n## Breaking\n\n- Field 'key' was removed from object type 'Run': it was never public\n",
  );
});

describe("a clone", () => {
  let root = "";
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@lab.example", "-c", "commit.gpgsign=false", ...args], { cwd: root });
  const commit = (sdl: string) => {
    writeFileSync(path.join(root, "apps/api/schema.graphql"), sdl);
    git("add", "-A");
    git("commit", "-qm", "Change", "--allow-empty");
  };
  const changelog = () => readFileSync(path.join(root, "test/results/schema-changelog.md"), "utf8");
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "pareidolia-schema-"));
    mkdirSync(path.join(root, "apps/api"), { recursive: true });
    writeFileSync(path.join(root, "apps/api/acceptedChanges.json"), "[]");
    git("init", "-q");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("is compared with its last release, also through commits that hide the change from the parent", async () => {
    commit("type Query { a: Int b: Int }");
    git("tag", "v1.0.0");
    commit("type Query { a: Int }");
    commit("type Query { a: Int c: Int }");
    await expect(checkSchemaChanges(root, undefined)).rejects.toThrow(/^Since v1\.0\.0, these changes break clients .*\n- Field 'b' /);
    expect(changelog()).toContain("## New and changed\n\n- Field 'c' was added");
    writeFileSync(
      path.join(root, "apps/api/acceptedChanges.json"),
      JSON.stringify([{ message: "Field 'b' was removed from object type 'Query'", reason: "it never worked" }]),
    );
    await checkSchemaChanges(root, undefined);
  });

  it("without a release is compared with the parent, and without a parent with nothing", async () => {
    commit("type Query { a: Int b: Int }");
    await checkSchemaChanges(root, undefined);
    expect(changelog()).toContain("This clone has no earlier version.");
    commit("type Query { a: Int }");
    await expect(checkSchemaChanges(root, undefined)).rejects.toThrow("Since HEAD^1, ");
    await expect(checkSchemaChanges(root, "v9")).rejects.toThrow("PAREIDOLIA_SCHEMA_BASE is v9, which has no apps/api/schema.graphql");
  });
});
