/** The rules of a plan in words. */
import type { ParameterSpec, ParameterValue } from "@pareidolia/core/parameterSpec";
import { protocolKinds } from "@pareidolia/perception/protocols/registry";
import { stoppingRules } from "@pareidolia/perception/stopping/registry";
import { imagesFlash } from "@pareidolia/perception/study/stillVersion";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { exclusionSpecs } from "@pareidolia/perception/voters/exclusion";
import { formatCount } from "../marks/numbers.ts";
import { describeValue } from "../studyBuilder/SpecControl.tsx";
import { describePart } from "../studyBuilder/TrialTiming.tsx";
import { stillVersionTexts, wordsOf } from "../studyBuilder/templateRules.ts";

/** Groups or conditions that are named. */
const maxNames = 6;

/** `can't tell: not offered, alternatives: 2`, by the labels of the parameters. */
function listValues(specs: readonly ParameterSpec[], values: Readonly<Record<string, ParameterValue>>): string {
  return specs.map(({ name, label }) => `${label.toLowerCase()}: ${describeValue(values[name])}`).join(", ");
}

/** `Yes or no (can't tell: not offered)`. */
function describeKind(kind: string, specs: readonly ParameterSpec[], values: Readonly<Record<string, ParameterValue>>): string {
  return specs.length === 0 ? kind : `${kind} (${listValues(specs, values)})`;
}

/** Rules that exclude voters; those that are off are left out. */
function describeExclusion(values: Readonly<Record<string, ParameterValue>>): string {
  const active = exclusionSpecs.filter(({ name }) => values[name] !== 0 && values[name] !== false);
  return active.length === 0 ? "none" : listValues(active, values);
}

function countImages({ stimuli, gold, noise, canaries, exemplars }: DesignedTrials): string {
  const examples = exemplars.reduce((sum, { images }) => sum + images.length, 0);
  const parts = [
    `${gold.length} gold`,
    `${noise.length} noise`,
    `${canaries.length} canaries`,
    ...(examples > 0 ? [`${examples} examples`] : []),
  ];
  return [formatCount(stimuli.length), ...parts].join(", ");
}

/** Groups and conditions, if the images have any. */
function sortedFacts({ stimuli }: DesignedTrials): readonly (readonly [string, string])[] {
  return (["group", "condition"] as const).flatMap((name): [string, string][] => {
    const names = [...new Set(stimuli.map((stimulus) => stimulus[name]).filter((own) => own !== ""))];
    if (names.length === 0) return [];
    const shown = names.slice(0, maxNames).join(", ");
    const more = names.length > maxNames ? " and others" : "";
    return [[name === "group" ? "Groups" : "Conditions", `${formatCount(names.length)}: ${shown}${more}`]];
  });
}

export function planFacts({
  rules,
  stillVersion,
  overlap,
  languages,
  consent,
}: StudyPlan): readonly (readonly [name: string, value: string])[] {
  const { design, stopping, exclusion } = rules;
  const stoppingKind = stoppingRules.find(({ id }) => id === stopping.kind);
  return [
    ["Images", countImages(design)],
    ["Labels", formatCount(design.labels.length)],
    ...sortedFacts(design),
    ...design.phases.flatMap(({ protocol, timing }, index): [string, string][] => {
      const phase = design.phases.length === 1 ? "" : ` of phase ${index + 1}`;
      const kind = protocolKinds.find(({ id }) => id === protocol.kind);
      const { blankMs, imageMs, maskMs, answerMs } = timing;
      return [
        [`Question${phase}`, describeKind(kind?.label ?? protocol.kind, kind?.parameters ?? [], protocol.values)],
        [
          `Trial${phase}`,
          [
            describePart("blankMs", blankMs),
            describePart("imageMs", imageMs),
            describePart("maskMs", maskMs),
            describePart("answerMs", answerMs),
          ].join(", "),
        ],
      ];
    }),
    ["Images of a voter", `${formatCount(design.perVoter.counted)}, ${wordsOf(design.assignment)}`],
    ...(design.repeats === undefined ? [] : ([["Images shown twice", formatCount(design.repeats)]] as const)),
    ["Order and positions", `${design.order}, ${design.places}`],
    ["Voters an image", formatCount(overlap)],
    ["Stop at", describeKind(stoppingKind?.label ?? stopping.kind, stoppingKind?.parameters ?? [], stopping.values)],
    ["Leave out voters", describeExclusion(exclusion.values)],
    ...(exclusion.mistimedMs === undefined
      ? []
      : ([["Leave out trials", `shown longer or shorter than planned by more than ${exclusion.mistimedMs} ms`]] as const)),
    ...(imagesFlash(design.phases) ? ([["Still version", stillVersionTexts[stillVersion]]] as const) : []),
    ["Languages", languages.join(", ")],
    ["Consent", `text v${consent.version}${consent.minimumAge === null ? "" : `, from ${consent.minimumAge} years`}`],
  ];
}
