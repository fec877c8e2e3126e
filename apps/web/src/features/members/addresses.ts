/** E-mail addresses as people type and paste them: separated by commas, semicolons, spaces or lines, also as `Name <address>`. */
const form = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/;

export interface TypedAddresses {
  /** In lower case, each once. */
  readonly addresses: readonly string[];
  /** What is no address. */
  readonly others: readonly string[];
}

export function readAddresses(text: string): TypedAddresses {
  const words = text
    .replaceAll(/"[^"\n]*"\s*(?=<)/g, "")
    .split(/[,;\n]+/)
    .flatMap((part) => {
      const inBrackets = /<([^<>]*)>/.exec(part)?.[1];
      return inBrackets === undefined ? part.split(/\s+/) : [inBrackets];
    });
  const unique = [...new Set(words.map((word) => word.trim().toLowerCase()).filter((word) => word !== ""))];
  return { addresses: unique.filter((word) => form.test(word)), others: unique.filter((word) => !form.test(word)) };
}
