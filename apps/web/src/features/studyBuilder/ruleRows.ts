/** Where on the page a field of a draft or plan is edited, so that a problem can lead there. */
import { exclusionSpecs, mistimedSpec } from "@pareidolia/perception/voters/exclusion";

export interface RuleTarget {
  /** The element's ID. */
  readonly id: string;
  /** The row's name on the page. */
  readonly name: string;
}

/** The ID of the row of a rule, such as `exclusion.goldHits`. */
export function rowId(rule: string): string {
  return `rule-${rule.replaceAll(".", "-")}`;
}

const row = (rule: string, name: string): RuleTarget => ({ id: rowId(rule), name });
const images: RuleTarget = { id: "study-images", name: "Images" };
const plan: RuleTarget = { id: "study-plan", name: "Plan" };

/** The first whose pattern matches. Fields of a plan begin with `rules`, those of a draft do not. */
const targets: readonly (readonly [RegExp, RuleTarget])[] = [
  ...[...exclusionSpecs, mistimedSpec].map(
    ({ name, label }) => [new RegExp(`^rules\\.exclusion\\.${name}$`), row(`exclusion.${name}`, label)] as const,
  ),
  [/^rules\.stopping/, row("stopping", "Stop at")],
  [/^overlap/, row("overlap", "Votes an image")],
  [/perVoter\.counted$/, row("trialsPerVoter", "Trials each")],
  [/gold$/, row("gold", "Gold")],
  [/noise$/, row("noise", "Noise")],
  [/canaries$/, row("canaries", "Canaries")],
  [/^exemplars/, row("exemplars", "Examples of labels")],
  [/^foils/, row("foils", "Listed foils")],
  [/^truths/, row("truths", "Own classes")],
  [/^(groups|conditions)/, row("groups", "Images each")],
  [/labels$/, row("labelSet", "Labels from")],
  [/^repeats/, row("repeats", "Shown twice")],
  [/^anonymousVoters/, row("anonymousVoters", "By the link")],
  [/^decay/, row("decay", "Checks halve after")],
  [/^stillVersion/, row("stillVersion", "Offer a still version")],
  [/^(languages|labelNames)/, row("languages", "Labels in")],
  [/^phaseTexts/, row("phaseTexts", "Texts of the questions")],
  [/^consent/, row("consent", "Consent")],
  [/^(rules\.design\.)?phases/, row("phases.0.protocol", "Protocol")],
  [/^(selection|stimuli|rules\.design)/, images],
];

export function targetOf(field: string): RuleTarget {
  return targets.find(([pattern]) => pattern.test(field))?.[1] ?? plan;
}
