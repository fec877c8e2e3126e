/**
 * Values that a random search drew, in short words: those that are off are left out, and those that do nothing without another.
 * A parameter without a line here is said by its label.
 */
import { formatParameter } from "../run/parameterEntries.ts";

type Values = Readonly<Record<string, unknown>>;

interface Wording {
  readonly name: string;
  /** Such as `decay 0.01`. */
  say(value: string): string;
  /** Where 0 is off. */
  readonly zeroIsOff?: true;
  /** Whether it does anything, given all values. */
  acts?(values: Values): boolean;
  /** Why not, as a clause. */
  readonly idle?: string;
}

const usesProgress = ({ updateRule }: Values) => updateRule === "progress";
const blurs = ({ blurSigma }: Values) => blurSigma !== 0;
const byRule = "the step rule is not progress";

const wordings: readonly Wording[] = [
  { name: "decay", say: (value) => `decay ${value}`, zeroIsOff: true },
  { name: "blurSigma", say: (value) => `blur ${value}`, zeroIsOff: true },
  { name: "blurEvery", say: (value) => (value === "1" ? "each step" : `every ${value} steps`), acts: blurs, idle: "no blur" },
  { name: "smallNormPercentile", say: (value) => `norms ${value}%`, zeroIsOff: true },
  { name: "smallBenefitPercentile", say: (value) => `benefits ${value}%`, zeroIsOff: true },
  { name: "smallContributionPercentile", say: (value) => `contributions ${value}%`, zeroIsOff: true },
  { name: "earlyProgress", say: (value) => `progress ${value}`, acts: usesProgress, idle: byRule },
  { name: "lateMultiplier", say: (value) => `then ${value}`, acts: usesProgress, idle: byRule },
  { name: "iterations", say: (value) => `${value} iterations` },
];

/** `given` are the run's other values, which decide what the drawn ones do. */
export function drawnWords(drawn: Values, given: Values, labels: ReadonlyMap<string, string>): readonly string[] {
  const values = { ...given, ...drawn };
  const known = wordings
    .filter(({ name, zeroIsOff, acts }) => name in drawn && !(zeroIsOff && drawn[name] === 0) && (acts?.(values) ?? true))
    .map(({ name, say }) => say(formatParameter(drawn[name])));
  const others = Object.entries(drawn)
    .filter(([name]) => !wordings.some((wording) => wording.name === name))
    .map(([name, value]) => `${labels.get(name) ?? name} ${formatParameter(value)}`);
  return [...known, ...others];
}

/** Why drawing a parameter would change nothing with these values; null where it would. One that is drawn counts as on. */
export function idleReason(name: string, values: Values, drawn: ReadonlySet<string>): string | null {
  const { acts, idle } = wordings.find((wording) => wording.name === name) ?? {};
  const open = Object.fromEntries([...drawn].map((each) => [each, null]));
  return acts === undefined || acts({ ...values, ...open }) ? null : (idle ?? null);
}
