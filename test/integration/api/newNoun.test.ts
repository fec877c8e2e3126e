/** Follows docs/adding-a-noun.md on a copy of the API: the new noun compiles, is found by its id, and is hidden from other workspaces. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Actor } from "@pareidolia/core/actor";
import { prepareApplicationRole } from "@pareidolia/persistence/server/database/applicationRole";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { type GraphQLSchema, graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";

const root = path.join(import.meta.dirname, "../../..");
const linter = path.join(root, "node_modules/oxlint/bin/oxlint");
const guide = readFileSync(path.join(root, "docs/adding-a-noun.md"), "utf8");
/** The guide's files: code blocks that name a path. */
const files = [...guide.matchAll(/```(?:ts|sql) (\S+)\n([\s\S]*?)```/g)].map(([, file = "", text = ""]) => ({ file, text }));

const owner: Actor = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" };
const stranger: Actor = { userId: "stranger", workspaceId: "elsewhere", role: "OWNER" };

let folder: string;
let copy: string;
let database: Database;
let drop: () => Promise<void>;
let schema: GraphQLSchema;
let read: (actor: Actor, id: string) => Promise<unknown>;

const inCopy = (file: string) => path.join(copy, file);
const load = (file: string) => import(inCopy(`apps/api/src/${file}.ts`));

function copyRepository(): void {
  // Outside the repository, whose linter skips what git ignores.
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "pareidolia-noun-")));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  copy = path.join(folder, "copy");
  for (const room of ["apps/api", "packages/persistence"]) {
    cpSync(path.join(root, room, "src"), inCopy(`${room}/src`), { recursive: true });
    // The copy has only sources.
    const manifest = readFileSync(path.join(root, room, "package.json"), "utf8").replaceAll("./dist/*.js", "./src/*.ts");
    writeFileSync(inCopy(`${room}/package.json`), manifest);
  }
  const config = { extends: path.join(root, "test/tsconfig.json"), include: ["apps/api/src/**/*.ts"], exclude: [] };
  writeFileSync(inCopy("tsconfig.json"), JSON.stringify(config));
  mkdirSync(inCopy("node_modules/@pareidolia"), { recursive: true });
  symlinkSync(inCopy("packages/persistence"), inCopy("node_modules/@pareidolia/persistence"));
  symlinkSync(inCopy("apps/api"), inCopy("node_modules/@pareidolia/api"));
}

function followGuide(): void {
  for (const { file, text } of files) {
    mkdirSync(path.dirname(inCopy(file)), { recursive: true });
    writeFileSync(inCopy(file), text, { flag: "wx" });
  }
  const list = inCopy("apps/api/src/assembly/modules.ts");
  const before = readFileSync(list, "utf8");
  const withImport = before.replace(/\nimport type/, '\nimport { noteModule } from "../note/note.module.ts";$&');
  const after = withImport.replace(/\n\];/, "\n  noteModule,$&");
  expect(after.split("\n")).toHaveLength(before.split("\n").length + 2);
  writeFileSync(list, after);
}

beforeAll(async () => {
  copyRepository();
  followGuide();
  const created = await createTestDatabase();
  drop = created.drop;
  const migration = files.filter(({ file }) => file.endsWith(".sql")).map(({ text }) => text);
  await withClient(created.ownerUrl, (client) => client.query(migration.join(";\n")));
  await prepareApplicationRole(created.ownerUrl, created.url);
  database = await openDatabase(created.url);
  const { connection } = database;
  await seedLocalOwner(connection);
  await connection.$executeRaw`INSERT INTO notes VALUES ('n1', ${localWorkspaceId}, ${localUserId}, 'Zebras again')`;

  schema = await (await load("schema")).createSchema();
  const { createServices } = await load("assembly/createServices");
  const { createContext } = await load("assembly/createContext");
  const services = createServices({ database, reportFolders: [] });
  read = async (actor, id) => {
    const source = "query($id: ID!) { node(id: $id) { __typename id ... on Note { text } } }";
    return JSON.parse(
      JSON.stringify(await graphql({ schema, source, variableValues: { id }, contextValue: createContext(actor, services) })),
    );
  };
});
afterAll(async () => {
  await database.close();
  await drop();
  rmSync(folder, { recursive: true, force: true });
});

const noteId = Buffer.from("Note:n1").toString("base64url");

describe("a noun added as the guide says", () => {
  it("compiles", { timeout: 120_000 }, () => {
    // As in `npm run check`, at a fifth of the compiler's time.
    const config = path.join(root, ".oxlintrc.types.json");
    const args = ["--config", config, "--type-aware", "--type-check", "--tsconfig", "tsconfig.json", "apps/api/src"];
    const { stdout } = spawnSync(process.execPath, [linter, ...args], { cwd: copy, encoding: "utf8" });
    expect(stdout).toMatch(/^Found 0 warnings and 0 errors\.\nFinished in .+ on [1-9]\d+ files/);
  });

  it("adds its type to the schema, and declares its action", async () => {
    const { readAuthorization } = await load("policy/authorizationTable");
    expect(schema.getType("Note")).toBeDefined();
    expect(readAuthorization(schema)).toMatchObject({
      objectTypes: expect.arrayContaining([{ name: "Note", action: "note:read" }]),
      unguarded: [],
    });
  });

  it("is found by its global id", async () => {
    expect(await read(owner, noteId)).toEqual({ data: { node: { __typename: "Note", id: noteId, text: "Zebras again" } } });
  });

  it("is hidden from another workspace, like a note that does not exist", async () => {
    expect(await read(stranger, noteId)).toEqual({ data: { node: null } });
    expect(await read(owner, Buffer.from("Note:n2").toString("base64url"))).toEqual({ data: { node: null } });
  });
});
