/** One row of a study's export: a trial as it was shown, and what the voter answered. */
import { normaliseText } from "@pareidolia/core/normaliseText";
import { codeAgrees, type FinalCodes } from "../coding/textCodes.ts";
import { agreesWithLabel, countsAsVote, passesGold, passesNoise } from "../protocols/registry.ts";
import type { Answer } from "../protocols/screen.ts";
import type { DesignedTrials, Phase } from "../trials/design.ts";
import type { Trial } from "../trials/trial.ts";
import { type ImageRole, imageRoleOf } from "../trials/voterStreams.ts";
import { isMistimed } from "../voters/exclusion.ts";
import { pseudonymOf } from "./pseudonym.ts";
import { answeredSession } from "./results/answeredSession.ts";
import type { Exclusion } from "./results/evidence.ts";
import type { StudyImage, StudyVote, StudyVoter } from "./results/studyData.ts";
import type { StudyPlan } from "./studyPlan.ts";

export interface ExportedVote extends StudyVote {
  /** ISO 8601, by the voter's clock. */
  readonly votedAt: string;
}

/** A voter who did not withdraw, with all votes. */
export interface ExportedVoter {
  readonly voter: StudyVoter;
  readonly votes: readonly ExportedVote[];
  /** Why the votes do not count as planned; empty if they do. */
  readonly exclusions: readonly Exclusion[];
}

export interface ExportedStudy {
  /** Such as "STU-12". */
  readonly study: string;
  readonly planHash: string;
  readonly plan: StudyPlan;
  /** Of each role, in the order of the design's list. */
  readonly images: Readonly<Record<ImageRole, readonly StudyImage[]>>;
  /** The codes by which texts agree with labels. Default: coding is missing. */
  readonly codes?: FinalCodes | null;
}

export interface TrialRow {
  readonly study: string;
  readonly planHash: string;
  readonly voter: StudyVoter;
  readonly pseudonym: string;
  readonly exclusions: readonly Exclusion[];
  readonly trial: Trial;
  readonly vote: ExportedVote;
  /** Null if the trial was skipped. */
  readonly answer: Answer | null;
  /** SHA-256. */
  readonly image: string;
  readonly source: string | null;
  readonly confidence: number | null;
  /** The label of a counted, gold or canary image. */
  readonly label: number | null;
  readonly labelName: string | null;
  /** Names of the options, by position: of labels, SHA-256 of images, or "yes" and "no". */
  readonly options: readonly string[];
  /** The chosen position; null for other answers. */
  readonly choice: number | null;
  /** The class of the chosen label. */
  readonly answerClass: number | null;
  readonly agrees: boolean | null;
  /** Whether the plan leaves the trial out because its image was shown too long or too short. */
  readonly mistimed: boolean;
  /** Whether the answer counts as a vote, of this voter or of any. */
  readonly counts: boolean;
}

/** The rows of one voter, in order of trials. @throws AppError CORRUPT_DATA as `answeredSession`. */
export function* voterRows(study: ExportedStudy, { voter, votes, exclusions }: ExportedVoter): Generator<TrialRow> {
  const { plan, images } = study;
  const { design } = plan.rules;
  const names = plan.labelNames[plan.languages[0] ?? ""] ?? [];
  const nameOf = new Map(design.labels.map((label, index) => [label, names[index] ?? `class ${label}`]));
  const named = (label: number): string => nameOf.get(label) ?? `class ${label}`;
  for (const { vote, trial, answer } of answeredSession(plan, voter, votes)) {
    const { image, label } = imageOf(design, trial);
    const stored = images[imageRoleOf(trial.role)][trial.item];
    const meaning = meaningOf(trial, named);
    const choice = answer !== null && "choice" in answer ? answer.choice : null;
    yield {
      study: study.study,
      planHash: study.planHash,
      voter,
      pseudonym: pseudonymOf(voter.number),
      exclusions,
      trial,
      vote,
      answer,
      image,
      source: stored?.source ?? null,
      confidence: stored?.confidence ?? null,
      label,
      labelName: label === null ? null : named(label),
      options: meaning.names,
      choice,
      answerClass: choice === null ? null : (meaning.classes?.[choice] ?? null),
      mistimed: isMistimed(plan.rules.exclusion, vote.timing),
      counts: trial.role === "counted" && countsAsVote((design.phases[trial.phase] as Phase).protocol, answer),
      agrees: answer === null ? null : agreesAs(trial, answer, design, study.codes ?? null),
    };
  }
}

function imageOf({ stimuli, gold, canaries, noise }: DesignedTrials, { role, item }: Trial): { image: string; label: number | null } {
  const own = imageRoleOf(role);
  if (own === "noise") return { image: noise[item] ?? "", label: null };
  const found = { counted: stimuli, gold, canary: canaries }[own][item];
  return { image: found?.image ?? "", label: found?.label ?? null };
}

/** What each position stands for; classes are null unless options are labels. */
function meaningOf(
  { screen, options }: Trial,
  named: (label: number) => string,
): { readonly names: readonly string[]; readonly classes: readonly number[] | null } {
  if (screen.images.length > 1) return { names: screen.images, classes: null };
  if (screen.labels.length > 0) return { names: options.map(named), classes: options };
  return { names: options.map((option) => (option === 1 ? "yes" : "no")), classes: null };
}

/** For counted images, agreement with the label; for checks, whether they were passed, or the networks' label of a canary was named. */
function agreesAs(trial: Trial, answer: Answer, { phases, stimuli }: DesignedTrials, codes: FinalCodes | null): boolean | null {
  const protocol = phases[trial.phase]?.protocol;
  if (protocol === undefined) return null;
  const { role } = trial;
  if (imageRoleOf(role) === "counted") {
    const code = "text" in answer ? codes?.get(normaliseText(answer.text)) : undefined;
    return code === undefined ? agreesWithLabel(protocol, trial, answer) : codeAgrees(code, stimuli[trial.item]?.label as number);
  }
  return role === "noise" ? passesNoise(protocol, answer) : passesGold(protocol, trial, answer);
}
