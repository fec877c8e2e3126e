/** A trial of a draft's plan as the API would send it to a voter, from the images that the builder has. */
import { questionOf } from "@pareidolia/perception/protocols/question";
import { phaseTextsIn } from "@pareidolia/perception/study/phaseTexts";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { Phase } from "@pareidolia/perception/trials/design";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { BallotImage, BallotTrial } from "../voting/ballot.ts";

/** In the language of a voter. */
export function labelName({ labelNames, rules }: StudyPlan, language: string, label: number): string {
  return labelNames[language]?.[rules.design.labels.indexOf(label)] ?? String(label);
}

/** @param images by SHA-256; a missing one has no address. */
export function previewedTrial(
  plan: StudyPlan,
  { number, phase, screen }: Pick<Trial, "number" | "phase" | "screen">,
  { language, images }: { readonly language: string; readonly images: ReadonlyMap<string, BallotImage> },
): BallotTrial {
  const { phases } = plan.rules.design;
  const { protocol, timing } = phases[phase] as Phase;
  const { showsOptions, ...question } = questionOf(protocol);
  const wording = phaseTextsIn(plan.phaseTexts, language, phases.length)[phase]?.question ?? null;
  const names = screen.labels.map((label) => labelName(plan, language, label));
  const imageOf = (sha256: string): BallotImage => images.get(sha256) ?? { url: "", width: 1, height: 1 };
  return {
    number,
    phase,
    question: { ...question, wording, label: showsOptions ? null : (names[0] ?? null) },
    images: screen.images.map(imageOf),
    options: showsOptions ? names : [],
    exemplars: screen.exemplars.map(imageOf),
    timing,
    answered: false,
  };
}
