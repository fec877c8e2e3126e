/**
 * A short summary of the values that a random search drew. It omits values that turn a parameter off or have no effect. A parameter
 * without an entry here is shown with its label.
 */
import { formatParameter } from "../run/parameterEntries.ts";

type Values = Readonly<Record<string, unknown>>;

interface Summary {
  readonly name: string;
  /** Such as `decay 0.01`. */
  format(value: string): string;
  /** Whether 0 turns the parameter off. */
  readonly zeroIsOff?: true;
  /** Whether the parameter has an effect, given all values; always by default. */
  isUsed?(values: Values): boolean;
  /** Why it has no effect, as a clause. */
  readonly unused?: string;
}

const usesProgress = ({ updateRule }: Values) => updateRule === "progress";
const blurs = ({ blurSigma }: Values) => blurSigma !== 0;
const otherRule = "the step rule is not progress";

const summaries: readonly Summary[] = [
  { name: "decay", format: (value) => `decay ${value}`, zeroIsOff: true },
  { name: "blurSigma", format: (value) => `blur ${value}`, zeroIsOff: true },
  { name: "blurEvery", format: (value) => (value === "1" ? "each step" : `every ${value} steps`), isUsed: blurs, unused: "no blur" },
  { name: "smallNormPercentile", format: (value) => `norms ${value}%`, zeroIsOff: true },
  { name: "smallBenefitPercentile", format: (value) => `benefits ${value}%`, zeroIsOff: true },
  { name: "smallContributionPercentile", format: (value) => `contributions ${value}%`, zeroIsOff: true },
  { name: "earlyProgress", format: (value) => `progress ${value}`, isUsed: usesProgress, unused: otherRule },
  { name: "lateMultiplier", format: (value) => `then ${value}`, isUsed: usesProgress, unused: otherRule },
  { name: "iterations", format: (value) => `${value} iterations` },
];

/** `given` has the run's other values, which decide whether the drawn values have an effect. */
export function drawnSummary(drawn: Values, given: Values, labels: ReadonlyMap<string, string>): readonly string[] {
  const values = { ...given, ...drawn };
  const known = summaries
    .filter(({ name, zeroIsOff, isUsed }) => name in drawn && !(zeroIsOff && drawn[name] === 0) && (isUsed?.(values) ?? true))
    .map(({ name, format }) => format(formatParameter(drawn[name])));
  const others = Object.entries(drawn)
    .filter(([name]) => !summaries.some((summary) => summary.name === name))
    .map(([name, value]) => `${labels.get(name) ?? name} ${formatParameter(value)}`);
  return [...known, ...others];
}

/** Why drawing a parameter would have no effect with these values; null if it would have one. Drawn parameters count as on. */
export function unusedReason(name: string, values: Values, drawn: ReadonlySet<string>): string | null {
  const { isUsed, unused } = summaries.find((summary) => summary.name === name) ?? {};
  const open = Object.fromEntries([...drawn].map((each) => [each, null]));
  return isUsed === undefined || isUsed({ ...values, ...open }) ? null : (unused ?? null);
}
