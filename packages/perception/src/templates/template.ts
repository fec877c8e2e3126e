/** A template: the rules of a published design, and the numbers of the original. The researcher adds images, or changes a rule. */
import type { StoppingRule } from "../stopping/registry.ts";
import type { PhaseText } from "../study/phaseTexts.ts";
import type { TrialRules } from "../trials/design.ts";

/** Languages in which templates have texts. */
export const textLanguages = ["en", "de"] as const;
export type TextLanguage = (typeof textLanguages)[number];

export interface TemplateTexts {
  /** First paragraph of the consent: the study's topic and the voter's task. */
  readonly introduction: string;
  /** One of each phase. */
  readonly phases: readonly PhaseText[];
}

/** Texts of a template with one phase. */
export function onePhase(introduction: string, instructions: string, question: string | null = null): TemplateTexts {
  return { introduction, phases: [{ instructions, question }] };
}

export interface Template {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Citation with the experiment's number. */
  readonly source: string;
  readonly rules: TrialRules;
  readonly stopping: StoppingRule;
  /** Voters to whom each image is assigned: at least as many as the stopping rule may need. */
  readonly votes: number;
  /** What voters read, in each of our languages. */
  readonly texts: Readonly<Record<TextLanguage, TemplateTexts>>;
  /** Whether each image needs its own class, which is never offered: without it, the question has another meaning. */
  readonly needsOwnClasses?: boolean;
  /** Numbers and labels of the original, as far as they are known; null if not. */
  readonly original: { readonly images: number | null; readonly voters: number | null; readonly labels: readonly string[] | null };
}

/** Votes on each image where the source names no number: enough for a 95% interval of about ±20 points. */
export const usualVotes = 24;
