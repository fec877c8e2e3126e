/**
 * Compares the committed schema with that of the last release, or without a release with that of the first parent of the last commit, and
 * writes the changelog to test/results/schema-changelog.md. It reads only this clone, so it needs no network. A shallow clone has no older
 * version; then the changelog says so, and nothing is refused.
 */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type AcceptedChange, findRefusedChanges, findSchemaChanges, writeChangelog } from "./schemaChanges.ts";

const schemaFile = "apps/api/schema.graphql";
const acceptedFile = "apps/api/acceptedChanges.json";
const changelogFile = "test/results/schema-changelog.md";

const run = promisify(execFile);
const maxSchemaSize = 16_000_000;

/** What git prints; null if it fails: no repository, no such commit, no such file. */
async function findGit(root: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await run("git", [...args], { cwd: root, maxBuffer: maxSchemaSize })).stdout;
  } catch {
    return null;
  }
}

interface OlderSchema {
  /** A tag or a commit. */
  readonly since: string;
  readonly sdl: string;
}

/** @param base A tag or commit that the caller prefers. */
export async function findOlderSchema(root: string, base: string | undefined): Promise<OlderSchema | null> {
  const release = (await findGit(root, ["describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^1"]))?.trim();
  for (const since of base === undefined ? [release, "HEAD^1"] : [base]) {
    if (since === undefined) continue;
    const sdl = await findGit(root, ["show", `${since}:${schemaFile}`]);
    if (sdl !== null) return { since, sdl };
  }
  return null;
}

/** @throws Error with the breaking changes that no deprecation announced and acceptedChanges.json does not list. */
export async function checkSchemaChanges(root: string, base = process.env["PAREIDOLIA_SCHEMA_BASE"]): Promise<void> {
  const older = await findOlderSchema(root, base);
  if (older === null && base !== undefined) throw new Error(`PAREIDOLIA_SCHEMA_BASE is ${base}, which has no ${schemaFile} in this clone.`);
  const accepted = JSON.parse(readFileSync(path.join(root, acceptedFile), "utf8")) as readonly AcceptedChange[];
  const changes = older === null ? [] : await findSchemaChanges(older.sdl, readFileSync(path.join(root, schemaFile), "utf8"));
  const text =
    older === null
      ? "# Changes of the schema\n\nThis clone has no earlier version. `git fetch --unshallow --tags` loads them.\n"
      : writeChangelog(changes, accepted, older.since);
  mkdirSync(path.join(root, path.dirname(changelogFile)), { recursive: true });
  writeFileSync(path.join(root, changelogFile), text);
  const refused = findRefusedChanges(changes, accepted);
  if (refused.length === 0) return;
  const lines = refused.map(({ message }) => `- ${message}`).join("\n");
  throw new Error(
    `Since ${older?.since}, these changes break clients without a deprecation:\n${lines}\nKeep the old part with a deprecationReason for a release, or list the change with its reason in ${acceptedFile}.`,
  );
}
