/** The generated parser is that of the grammar. */
import { readFileSync } from "node:fs";
import { buildParserFile } from "@lezer/generator";
import { expect, it } from "vitest";

const read = (name: string) => readFileSync(new URL(`../../../packages/search/src/grammar/${name}`, import.meta.url), "utf8");

it("packages/search/src/grammar/parser.ts is generated from search.grammar: run node packages/search/generateParser.mjs", () => {
  const { parser } = buildParserFile(read("search.grammar"), { moduleStyle: "es", typeScript: true });
  expect(read("parser.ts")).toBe(parser);
});
