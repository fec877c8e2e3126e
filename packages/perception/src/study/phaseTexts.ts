/**
 * What voters read about each phase: instructions before its first trial, and the study's own wording of its question. Without them, voters
 * read the usual wording of the protocol.
 */
import { dictionary, list, nullable, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { PlanProblems } from "../planProblem.ts";
import { namesLabel } from "../protocols/registry.ts";
import type { Phase } from "../trials/design.ts";
import { labelPlace } from "./labelPlace.ts";

const phaseTextShape = record({
  /** Read before the first trial of the phase; may be empty. */
  instructions: text,
  /** Replaces the usual wording; null keeps it. `{label}` stands for the label in the question. */
  question: nullable(text),
});
export type PhaseText = ShapeValue<typeof phaseTextShape>;

/** By language, as BCP 47 tags: a text for each phase, in order. A language without texts uses the usual wording. */
export type PhaseTexts = { readonly [language: string]: readonly PhaseText[] };
export const phaseTextsShape = dictionary(list(phaseTextShape));

export const usualPhaseText: PhaseText = { instructions: "", question: null };

/** In characters. */
export const maxInstructionsLength = 1_000;
export const maxQuestionLength = 200;

/** The texts of a language, one for each phase. */
export function phaseTextsIn(texts: PhaseTexts, language: string, phases: number): PhaseText[] {
  const own = Object.hasOwn(texts, language) ? texts[language] : undefined;
  return Array.from({ length: phases }, (_, phase) => own?.[phase] ?? usualPhaseText);
}

export function* phaseTextProblems(texts: PhaseTexts, languages: readonly string[], phases: readonly Phase[]): PlanProblems {
  for (const [language, own] of Object.entries(texts)) {
    const field = `phaseTexts.${language}`;
    const of = (phase: number): string => (phases.length === 1 ? "" : ` of phase ${phase + 1}`);
    if (!languages.includes(language))
      yield { message: `The study is not offered in ${language}. Remove its texts of questions, or add the language.`, field };
    if (own.length !== phases.length)
      yield {
        message: `Voters read ${own.length} texts in ${language} about ${phases.length} phases. Give one for each phase, or remove them.`,
        field,
      };
    for (const [phase, { instructions, question }] of own.entries()) {
      if (instructions.length > maxInstructionsLength)
        yield {
          message: `The instructions${of(phase)} in ${language} have more than ${maxInstructionsLength} characters. Shorten them.`,
          field,
        };
      if (question === null) continue;
      if (question.trim() === "" || question.length > maxQuestionLength)
        yield { message: `The question${of(phase)} in ${language} must have from 1 to ${maxQuestionLength} characters.`, field };
      const protocol = phases[phase]?.protocol;
      const places = question.split(labelPlace).length - 1;
      const needed = protocol !== undefined && namesLabel(protocol) ? 1 : 0;
      if (places !== needed)
        yield {
          message: `The question${of(phase)} in ${language} must ${needed === 1 ? `name its label once, as ${labelPlace}` : `not contain ${labelPlace}, since it names no label`}.`,
          field,
        };
    }
  }
}
