import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { glossaryTerms } from "../../../../apps/web/src/features/glossary/glossaryTerms.ts";

const glossary = readFileSync(new URL("../../../../GLOSSARY.md", import.meta.url), "utf8");

it.each(Object.values(glossaryTerms))("the web application explains $word as the glossary does", ({ word, meaning }) => {
  expect(glossary).toContain(`| ${word} | ${meaning} |`);
});
