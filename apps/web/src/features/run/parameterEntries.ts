/** A run's parameters as its page lists them: in the method's order and by its labels; what the method no longer knows comes last. */
export interface ParameterEntry {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly isNumber: boolean;
}

interface Labelled {
  readonly name: string;
  readonly label: string;
}

/** `smallNormPercentile` as `Small norm percentile`. */
function spelledOut(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Grouped digits up to a million, powers of ten from there: `1,500`, `1e7`. */
export function formatParameter(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value);
  if (Math.abs(value) >= 1e6) return value.toExponential().replace("e+", "e");
  return Number.isInteger(value) ? value.toLocaleString("en-GB") : String(value);
}

export function parameterEntries(parameters: unknown, specs: readonly Labelled[]): readonly ParameterEntry[] {
  if (typeof parameters !== "object" || parameters === null) return [];
  const order = new Map(specs.map(({ name }, index) => [name, index]));
  return Object.entries(parameters)
    .map(([name, value]: [string, unknown]) => ({
      name,
      label: specs.find((spec) => spec.name === name)?.label ?? spelledOut(name),
      text: formatParameter(value),
      isNumber: typeof value === "number",
    }))
    .sort((a, b) => (order.get(a.name) ?? specs.length) - (order.get(b.name) ?? specs.length));
}
