/** The check of words to avoid, in a small repository with its own list. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findWordsToAvoid } from "../../../apps/launcher/src/checks/wordsToAvoid.ts";

const list = `# Glossary

| word | meaning |
| --- | --- |
| Niche | one class of the network |

## Words to avoid

| avoid | say instead | why | allowed |
| --- | --- | --- | --- |
| \`forsooth\`, \`whilom\` | indeed | dated | \`<forsooth>\`, \`"forsooth"\`, \`\` \`forsooth\` \`\` |
| \`wends away\` | leaves | literary | \`wends_away_at\` |
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "pareidolia-words-"));
  execFileSync("git", ["init", "-q"], { cwd: root });
  write("GLOSSARY.md", list);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  execFileSync("git", ["add", file], { cwd: root });
}

describe("a word to avoid", () => {
  it.each([
    ["a comment", "packages/a/src/a.ts", "// It is\n// whilom here.", 2, "whilom"],
    ["a docstring", "packages/a/src/a.ts", "/**\n * Forsooth.\n */", 2, "Forsooth"],
    ["a string", "apps/a/src/a.mjs", 'throw new Error("no\\nwhilom file");', 1, "whilom"],
    ["JSX text", "apps/web/src/A.tsx", "const a = (\n  <p>\n    Forsooth!\n  </p>\n);", 3, "Forsooth"],
    ["a camelCase name", "test/unit/a.test.ts", "const isForsoothHere = 1;", 1, "Forsooth"],
    ["a constant", "test/unit/a.test.ts", "const FORSOOTH_COUNT = 1;", 1, "FORSOOTH"],
    ["Markdown", "docs/a.md", "# A\n\nA whilom heading.", 3, "whilom"],
    ["the rest of the glossary", "GLOSSARY.md", list.replace("one class", "forsooth one class"), 5, "forsooth"],
    ["a style", "apps/web/src/a.css", ".forsooth { color: red; }", 1, "forsooth"],
    ["the GraphQL schema", "apps/api/schema.graphql", '"""Whilom."""', 1, "Whilom"],
    ["the database schema", "prisma/schema.prisma", "/// Whilom.", 1, "Whilom"],
  ])("is found in %s", (_, file, text, line, word) => {
    write(file, text);
    expect(() => findWordsToAvoid(root)).toThrow(new Error(`${file}:${line}: "${word}": say indeed`));
  });

  it("is not found within a longer word", () => {
    write("a.ts", "const forsoothly = 1; // unforsooth, whiloms");
    expect(() => findWordsToAvoid(root)).not.toThrow();
  });

  it("is allowed in the texts of the last column, and found next to them", () => {
    write("a.tsx", '<forsooth>{name === "forsooth"}</forsooth>');
    write("b.md", "The user `forsooth`.");
    expect(() => findWordsToAvoid(root)).toThrow(new Error('a.tsx:1: "forsooth": say indeed'));
    write("a.tsx", '<forsooth>{name === "forsooth"}');
    expect(() => findWordsToAvoid(root)).not.toThrow();
  });
});

describe("a phrase to avoid", () => {
  it.each([
    ["in a line", "It wends away.", "wends away"],
    ["over two lines of a docstring", "/**\n * It wends\n * away.\n */", "wends away"],
    ["over two lines of a comment", "  // It wends\n  // away.", "wends away"],
    ["as a camelCase name", "wendsAway()", "wendsAway"],
    ["within a camelCase name", "runWendsAwaySoon()", "WendsAway"],
  ])("is found %s", (_, text, words) => {
    write("a.ts", text);
    expect(() => findWordsToAvoid(root)).toThrow(`"${words}": say leaves`);
  });

  it("is not found across sentences, and is allowed in the texts of the last column", () => {
    write("a.ts", "// He wends. Away from here: SELECT wends_away_at");
    expect(() => findWordsToAvoid(root)).not.toThrow();
  });
});

it("the check lists every occurrence by file and line, and skips data and untracked files", () => {
  write("b.ts", "// It wends away,\n// forsooth, it wends away.");
  write("docs/report.json", '"Forsooth."');
  writeFileSync(path.join(root, "untracked.ts"), "// Forsooth.");
  expect(() => findWordsToAvoid(root)).toThrow(
    new Error('b.ts:1: "wends away": say leaves\nb.ts:2: "forsooth": say indeed\nb.ts:2: "wends away": say leaves'),
  );
});

it("the check fails if the glossary has no list", () => {
  write("GLOSSARY.md", list.replace("## Words to avoid", "## Others"));
  expect(() => findWordsToAvoid(root)).toThrow('GLOSSARY.md lists no words under "## Words to avoid".');
});

it("the check reads this repository's own list", () => {
  write("GLOSSARY.md", readFileSync(new URL("../../../GLOSSARY.md", import.meta.url), "utf8"));
  // In parts, so that the check does not find it here.
  const word = ["An", "ew"].join("");
  write("a.ts", `call${word}`);
  expect(() => findWordsToAvoid(root)).toThrow(new RegExp(`^a\\.ts:1: "${word}": say again`, "m"));
});
