/** The rules of a plan in words. */
import { protocolKinds } from "@pareidolia/perception/protocols/registry";
import { stoppingRules } from "@pareidolia/perception/stopping/registry";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { formatCount } from "../marks/numbers.ts";
import { describeDuration } from "../studyBuilder/TrialTiming.tsx";
import { wordsOf } from "../studyBuilder/templateRules.ts";

function listValues(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${wordsOf(name)} ${typeof value === "string" ? wordsOf(value) : String(value)}`)
    .join(", ");
}

export function planFacts({ rules, overlap, languages, consent }: StudyPlan): readonly (readonly [name: string, value: string])[] {
  const { design, stopping, exclusion } = rules;
  return [
    ["Images", `${formatCount(design.stimuli.length)}, ${design.gold.length} gold, ${design.noise.length} noise`],
    ["Labels", formatCount(design.labels.length)],
    ...design.phases.flatMap(({ protocol, timing }, index): [string, string][] => {
      const phase = design.phases.length === 1 ? "" : ` of phase ${index + 1}`;
      const label = protocolKinds.find(({ id }) => id === protocol.kind)?.label ?? protocol.kind;
      const { blankMs, imageMs, maskMs, answerMs } = timing;
      return [
        [`Question${phase}`, `${label}: ${listValues(protocol.values)}`],
        [
          `Trial${phase}`,
          `blank ${describeDuration("blankMs", blankMs)}, image ${describeDuration("imageMs", imageMs)}, mask ${describeDuration("maskMs", maskMs)}, answer ${describeDuration("answerMs", answerMs)}`,
        ],
      ];
    }),
    ["Images of a voter", `${formatCount(design.perVoter.counted)}, ${wordsOf(design.assignment)}`],
    ["Order and positions", `${design.order}, ${design.places}`],
    ["Voters an image", formatCount(overlap)],
    ["Stop at", `${stoppingRules.find(({ id }) => id === stopping.kind)?.label ?? stopping.kind}: ${listValues(stopping.values)}`],
    ["Leave out voters", listValues(exclusion.values)],
    ["Languages", languages.join(", ")],
    ["Consent", `text v${consent.version}${consent.minimumAge === null ? "" : `, from ${consent.minimumAge} years`}`],
  ];
}
