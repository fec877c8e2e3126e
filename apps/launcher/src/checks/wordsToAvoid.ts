/**
 * Finds the words that GLOSSARY.md lists under "Words to avoid" in tracked sources and documents. It searches the whole text: comments,
 * strings, JSX text and identifiers. A phrase of two words also matches across a line break of a comment, and in a camelCase name.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { listTrackedFiles } from "./sources.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Texts in which the words are allowed, such as names in third-party software. */
  readonly allowed: readonly string[];
}

const glossary = "GLOSSARY.md";
const heading = "## Words to avoid";
const searched = /\.(ts|tsx|mjs|md|css|graphql|prisma)$/;

/** @throws Error with one line per occurrence, or if GLOSSARY.md lists no words. */
export function findWordsToAvoid(root: string): void {
  const section = findSection(readFileSync(path.join(root, glossary), "utf8"));
  const rules = readRules(section);
  if (rules.length === 0) throw new Error(`${glossary} lists no words under "${heading}".`);
  const problems = listTrackedFiles(root)
    .filter((file) => searched.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      const searchedText = file === glossary ? text.replace(section, (list) => list.replaceAll(/[^\n]/g, " ")) : text;
      return findOccurrences(searchedText, rules).map(({ line, word, instead }) => `${file}:${line}: "${word}": say ${instead}`);
    });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** The text from the heading to the next heading of the same level; empty if the heading is missing. */
function findSection(text: string): string {
  const start = text.indexOf(`${heading}\n`);
  if (start < 0) return "";
  const end = text.indexOf("\n## ", start);
  return text.slice(start, end < 0 ? text.length : end);
}

/** Reads rows of the form | `word`, `word` | say instead | why | `allowed`, `allowed` |. A row without code in its first cell is a heading. */
function readRules(section: string): Rule[] {
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .flatMap((line) => {
      const [words = "", instead = "", , allowed = ""] = line.split("|").slice(1, -1);
      const phrases = readCode(words);
      if (phrases.length === 0) return [];
      return [{ pattern: matchPhrases(phrases), instead: instead.trim(), allowed: readCode(allowed) }];
    });
}

/** The code spans of a Markdown cell: `a`, or `` `a` `` for one that contains backticks. */
function readCode(cell: string): string[] {
  return [...cell.matchAll(/(`+) ?(.+?) ?\1(?!`)/g)].map(([, , code]) => code as string);
}

function matchPhrases(phrases: readonly string[]): RegExp {
  // Separators of two words: nothing in camelCase, `_` or `-` in other names, white space in prose, a line break in a comment.
  const gap = String.raw`(?:[_-]?|\s+(?:(?:\*|//+|#+|>)\s+)?)`;
  return new RegExp(phrases.map((phrase) => phrase.split(" ").map(matchWord).join(gap)).join("|"), "g");
}

/** Matches a whole word in lower case, capitalised or in capitals. */
function matchWord(word: string): string {
  const capitalised = word.charAt(0).toUpperCase() + word.slice(1);
  return `(?:(?<![A-Za-z])${word}(?![a-z])|${capitalised}(?![a-z])|(?<![A-Za-z])${word.toUpperCase()}(?![A-Za-z]))`;
}

function findOccurrences(source: string, rules: readonly Rule[]): { line: number; word: string; instead: string }[] {
  // The letter of an escape sequence is not part of the word after it.
  const text = source.replaceAll(/\\[bnrt]/g, "  ");
  return rules
    .flatMap(({ pattern, instead, allowed }) => {
      const exceptions = allowed.flatMap((name) => findAll(source, name).map((start) => ({ start, end: start + name.length })));
      return [...text.matchAll(pattern)]
        .filter(({ index, 0: word }) => !exceptions.some(({ start, end }) => start <= index && index + word.length <= end))
        .map(({ index, 0: word }) => ({
          line: text.slice(0, index).split("\n").length,
          word: word.replaceAll(/\s+(?:[*/#>]+\s+)?/g, " "),
          instead,
        }));
    })
    .sort((a, b) => a.line - b.line);
}

function findAll(text: string, part: string): number[] {
  const starts: number[] = [];
  for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + 1)) starts.push(start);
  return starts;
}
