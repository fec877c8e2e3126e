/** A run's parameters for its recipe, in the method's order and with its labels. Parameters that the method no longer has come last. */
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
function labelFromName(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Numbers below a million have grouped digits, larger ones an exponent: `1,500`, `1e7`. */
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
      label: specs.find((spec) => spec.name === name)?.label ?? labelFromName(name),
      text: formatParameter(value),
      isNumber: typeof value === "number",
    }))
    .sort((a, b) => (order.get(a.name) ?? specs.length) - (order.get(b.name) ?? specs.length));
}
