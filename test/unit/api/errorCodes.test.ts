/** The guide for programs lists every error code that the API sends, and no others. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ApolloServerErrorCode } from "@apollo/server/errors";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const guide = readFileSync(path.join(root, "docs/errors.md"), "utf8");
const documented = new Set(
  guide
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code)),
);

/** Codes that clients never see: masked as INTERNAL, of Apollo's features that are off, or of routes that GraphQL does not use. */
const unseen = new Set(["INTERNAL_SERVER_ERROR", "PERSISTED_QUERY_NOT_FOUND", "LEASE_LOST", "CORRUPT_DATA", "INVALID_CODE"]);

/** Of the product's own errors, and of those that sources of the API create, as `code: "..."` and as arguments. */
function codesInSources(): string[] {
  const folder = path.join(root, "apps/api/src");
  const ofProduct = readFileSync(path.join(root, "packages/core/src/appError.ts"), "utf8").matchAll(/^ {2}\| "([A-Z_]+)"/gm);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const creations = /(?:\bcode: |sendError\([^"]*|\brefuse\(\s*)"([A-Z]+(?:_[A-Z]+)*)"/g;
  const matches = files.flatMap((file) => [...readFileSync(path.join(folder, file), "utf8").matchAll(creations)]);
  return [...ofProduct, ...matches].map(([, code]) => code as string);
}

it("the guide has every code, and no code that is never sent", () => {
  const sent = new Set([...codesInSources(), ...Object.values<string>(ApolloServerErrorCode)].filter((code) => !unseen.has(code)));
  expect([...sent].filter((code) => !documented.has(code))).toEqual([]);
  expect([...documented].filter((code) => code === undefined || !sent.has(code))).toEqual([]);
  expect(sent.size).toBeGreaterThan(20);
});
