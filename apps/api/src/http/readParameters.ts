/**
 * Reads all parameters of a URL; those that occur twice become lists. Express's own parser stops after 1,000, but Apollo reads a document that
 * comes later, which the checks before it would then miss.
 */
export function readParameters(text: string | null | undefined): Readonly<Record<string, string | readonly string[]>> {
  const given = new URLSearchParams(text ?? "");
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const values = given.getAll(name);
      return [name, values.length === 1 ? (values[0] as string) : values];
    }),
  );
}
