/** Writes src/grammar/parser.ts from the grammar. Run it after each change of the grammar. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildParserFile } from "@lezer/generator";

const place = (name) => fileURLToPath(new URL(`src/grammar/${name}`, import.meta.url));
const { parser } = buildParserFile(readFileSync(place("search.grammar"), "utf8"), { moduleStyle: "es", typeScript: true });
writeFileSync(place("parser.ts"), parser);
