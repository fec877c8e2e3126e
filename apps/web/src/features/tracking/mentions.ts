/** Mentions of members in a comment: @ and the full name, in any case, as the database finds whom to notify. */

/** A mention that is being typed. */
export interface TypedMention {
  /** Where its @ is. */
  readonly start: number;
  /** What follows the @, up to the caret. */
  readonly name: string;
}

/** Longer text after an @ is no name. */
const maxTyped = 40;
const wordCharacter = /[\p{L}\p{N}_]/u;

const isWordAt = (text: string, at: number): boolean => wordCharacter.test(text.charAt(at));

/** Null if the caret is not in a name after an @ that begins a word. */
export function findTypedMention(text: string, caret: number): TypedMention | null {
  const start = text.lastIndexOf("@", caret - 1);
  const name = text.slice(start + 1, caret);
  if (start < 0 || isWordAt(text, start - 1) || name.length > maxTyped || /[\n@]|^\s/u.test(name)) return null;
  return { start, name };
}

/** Names that begin with what was typed come first, then names of which another word does. */
export function suggestNames(typed: string, names: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase();
  const begins = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const within = names.filter((name) => !begins.includes(name) && name.toLowerCase().includes(` ${wanted}`));
  return [...begins, ...within];
}

function isNamedAt(text: string, at: number, name: string): boolean {
  return name !== "" && text.slice(at, at + name.length).toLowerCase() === name.toLowerCase() && !isWordAt(text, at + name.length);
}

/** Code in Markdown mentions no one on purpose. */
const withoutCode = (text: string): string => text.replaceAll(/```[^]*?(?:```|$)|`[^`\n]*`/gu, (code) => " ".repeat(code.length));

/** The word after each @ that begins a word and that no member's name follows. */
export function findUnknownMentions(text: string, names: readonly string[]): readonly string[] {
  const prose = withoutCode(text);
  const unknown = new Set<string>();
  for (const { index, 1: word } of prose.matchAll(/@([\p{L}\p{N}_][\p{L}\p{N}_'-]*)/gu))
    if (word !== undefined && !isWordAt(prose, index - 1) && !names.some((name) => isNamedAt(prose, index + 1, name))) unknown.add(word);
  return [...unknown];
}
