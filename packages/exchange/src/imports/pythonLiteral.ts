/**
 * Reads a literal of Python's syntax, as NumPy writes headers (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html) and
 * pandas writes dictionaries: numbers, strings, True, False, None, tuples, lists and dictionaries. Nothing is evaluated.
 */
import { quote, unreadable } from "./foreignData.ts";

export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

const deepest = 20;
const numberPattern = /[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const wordPattern = /[A-Za-z_]+/y;
const words: Readonly<Record<string, Literal>> = {
  True: true,
  False: false,
  None: null,
  true: true,
  false: false,
  null: null,
  nan: Number.NaN,
  NaN: Number.NaN,
  inf: Infinity,
  Infinity,
};
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"' };

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): Literal {
    const value = this.#read(0);
    this.#skipSpace();
    if (this.#at !== this.#text.length) throw this.#refuse();
    return value;
  }

  #refuse(): Error {
    return unreadable(`${quote(this.#text.slice(this.#at))} is not a plain value`);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  #peek(): string {
    this.#skipSpace();
    return this.#text[this.#at] ?? "";
  }

  #read(depth: number): Literal {
    if (depth > deepest) throw unreadable("a value is nested too deeply");
    const next = this.#peek();
    if (next === "(" || next === "[") return this.#readList(next === "(" ? ")" : "]", depth);
    if (next === "{") return this.#readDictionary(depth);
    if (next === "'" || next === '"') return this.#readString(next);
    return this.#match(numberPattern, (text) => Number(text.replaceAll("_", ""))) ?? this.#readWord();
  }

  #match<T>(pattern: RegExp, parse: (text: string) => T): T | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return null;
    this.#at = pattern.lastIndex;
    return parse(found[0]);
  }

  #readWord(): Literal {
    const word = this.#match(wordPattern, (text) => text);
    if (word === null || !Object.hasOwn(words, word)) throw this.#refuse();
    return words[word] as Literal;
  }

  #readString(mark: string): string {
    let text = "";
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const next = this.#text[this.#at] as string;
      if (next === mark) {
        this.#at++;
        return text;
      }
      if (next !== "\\") {
        text += next;
        continue;
      }
      const escaped = this.#text[++this.#at] ?? "";
      text += escapes[escaped] ?? `\\${escaped}`;
    }
    throw unreadable("a text has no end");
  }

  #readList(end: string, depth: number): readonly Literal[] {
    const items: Literal[] = [];
    for (this.#at++; this.#peek() !== end; ) {
      items.push(this.#read(depth + 1));
      if (this.#peek() === ",") this.#at++;
      else if (this.#peek() !== end) throw this.#refuse();
    }
    this.#at++;
    return items;
  }

  #readDictionary(depth: number): ReadonlyMap<string, Literal> {
    const entries = new Map<string, Literal>();
    for (this.#at++; this.#peek() !== "}"; ) {
      const name = this.#read(depth + 1);
      if (typeof name !== "string" || this.#peek() !== ":") throw this.#refuse();
      this.#at++;
      entries.set(name, this.#read(depth + 1));
      if (this.#peek() === ",") this.#at++;
      else if (this.#peek() !== "}") throw this.#refuse();
    }
    this.#at++;
    return entries;
  }
}

/** @throws AppError CORRUPT_DATA for anything else than one literal. */
export function readLiteral(text: string): Literal {
  return new LiteralReader(text).readAll();
}
