/** The glossary, and its terms that pages explain. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { glossaryTerms } from "../../../../apps/web/src/features/glossary/glossaryTerms.ts";

const glossary = readFileSync(new URL("../../../../GLOSSARY.md", import.meta.url), "utf8");

it.each(Object.values(glossaryTerms))("the web application explains $word as the glossary does", ({ word, meaning }) => {
  expect(glossary).toContain(`| ${word} | ${meaning} |`);
});

it("the glossary is in alphabetical order", () => {
  const table = glossary.slice(glossary.indexOf("| --- | --- |"), glossary.indexOf("\n\n## "));
  const words = [...table.matchAll(/^\| ([^|]+) \|/gm)].map(([, word = ""]) => word.toLowerCase()).filter((word) => word !== "---");
  expect(words.length).toBeGreaterThan(100);
  expect(words).toEqual(words.toSorted((one, other) => (one < other ? -1 : 1)));
});
