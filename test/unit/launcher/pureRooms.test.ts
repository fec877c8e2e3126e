/** The lint rules and the import rules must agree on which packages are pure. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");

it("the linter forbids clock and randomness in the same packages as external imports", () => {
  const { overrides } = JSON.parse(read(".oxlintrc.json")) as { overrides: { files: string[]; rules: Record<string, unknown> }[] };
  const linted = overrides.find(({ files, rules }) => files.length > 1 && "eslint/no-restricted-properties" in rules)?.files;
  const pure = /const pure = "\^packages\/\(([a-z|]+)\)\/src\/"/.exec(read(".dependency-cruiser.mjs"))?.[1]?.split("|");
  // The search language has a parser of its own, which imports Lezer.
  expect(linted).toEqual([...(pure ?? []), "search"].map((room) => `packages/${room}/**`));
});
