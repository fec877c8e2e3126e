/**
 * Checks whether a plan can open, by its text, the trials of its first voters, and simulated voters.
 */
import { type PlanProblem, type PlanProblems, problemOfError, refuseProblems } from "../planProblem.ts";
import { showsLabels } from "../protocols/registry.ts";
import { boundProblems, voterProblems } from "../simulation/voterProblems.ts";
import { type DesignedTrials, designProblems, unsortedProblems } from "../trials/design.ts";
import { stoppingProblems } from "./checkRules.ts";
import { consentProblems } from "./consent.ts";
import { maxNameLength } from "./ownNames.ts";
import { phaseTextProblems } from "./phaseTexts.ts";
import { imageHash, selectionProblems } from "./selectionRule.ts";
import { imagesFlash } from "./stillVersion.ts";
import type { StudyPlan } from "./studyPlan.ts";
import { testStudyRules } from "./studyRules.ts";

const mostOverlap = 100_000;
/** A language, with an optional script and region: "en", "pt-BR", "zh-Hant". */
const languageTag = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;
/**
 * Images that one voter may see in all phases, including checks. It is more than an hour of trials, which are built while the voter waits.
 */
export const maxShown = 2_000;

/** @throws AppError INVALID_INPUT naming all problems. */
export function checkStudyPlan(plan: StudyPlan): void {
  refuseProblems([...studyPlanProblems(plan)].filter((problem) => problem !== null));
}

/**
 * Finds everything that prevents a plan from opening. Also builds the trials of the first voters and simulates their answers.
 * @param options.hasDetails whether images have all details that trials need; otherwise no trials are built.
 * @param options.ofDraft whether `checkDraft` has found missing groups, conditions and names already, in the researcher's terms.
 * @yields each problem, and null between steps, so that a server can handle other requests meanwhile.
 */
export function* studyPlanProblems(
  plan: StudyPlan,
  { hasDetails = true, ofDraft = false }: { readonly hasDetails?: boolean; readonly ofDraft?: boolean } = {},
): Generator<PlanProblem | null, void, void> {
  const { seed, rules, overlap, selection, consent, labelNames, languages } = plan;
  const { design } = rules;
  const shown = new Set<number>();
  const ofDesign = [...designProblems(design), ...(ofDraft ? [] : unsortedProblems(design)), ...shownProblems(design)];
  yield* ofDesign;
  let hasTrials = hasDetails && ofDesign.length === 0;
  if (hasTrials)
    try {
      for (const trials of testStudyRules(rules, seed)) {
        for (const { screen } of trials) for (const label of screen.labels) shown.add(label);
        yield null;
      }
    } catch (cause) {
      hasTrials = false;
      const { message, field } = problemOfError(cause);
      yield { message, field: field === "" ? "phases" : field };
    }
  yield* imageProblems(design);
  const isOverlap = Number.isInteger(overlap) && overlap >= 1 && overlap <= mostOverlap;
  const ofVotes = isOverlap
    ? [...stoppingProblems(plan)]
    : [{ message: `The number of votes for each image must be from 1 to ${mostOverlap}.`, field: "overlap" }];
  yield* ofVotes;
  if (hasTrials && ofVotes.length === 0) yield* voterProblems(plan);
  else yield* boundProblems(plan);
  if (plan.stillVersion !== "notOffered" && !imagesFlash(design.phases))
    yield { message: "Only studies with flashed images have a still version.", field: "stillVersion" };
  yield* selectionProblems(selection);
  if (languages.length === 0) yield { message: "A study needs at least one language.", field: "languages" };
  if (new Set(languages).size !== languages.length) yield { message: "A language is listed twice.", field: "languages" };
  const malformed = languages.find((language) => !languageTag.test(language));
  if (malformed !== undefined) yield { message: `"${malformed}" is not a language tag such as en or pt-BR.`, field: "languages" };
  yield* consentProblems(consent, languages);
  yield* phaseTextProblems(plan.phaseTexts, languages, design.phases);
  for (const language of languages) {
    if (!ofDraft) yield* missingNameProblems(labelNames, language, design);
    yield* nameProblems(labelNames, language, design);
  }
  const unused = Object.keys(labelNames).find((language) => !languages.includes(language));
  if (unused !== undefined)
    yield { message: `The study is not offered in ${unused}. Remove its names, or add the language.`, field: "labelNames" };
  yield* unnamedProblems(design, shown);
}

/** Groups and conditions count as many images as the voter with the most of them sees. */
function* shownProblems({ assignment, perVoter, phases, stimuli, repeats = 0 }: DesignedTrials): PlanProblems {
  const members = new Map<string, number>();
  const key = assignment === "onePerGroup" ? "group" : "condition";
  for (const stimulus of stimuli) members.set(stimulus[key], (members.get(stimulus[key]) ?? 0) + 1);
  const counted =
    assignment === "all"
      ? perVoter.counted
      : assignment === "onePerGroup"
        ? members.size
        : [...members.values()].reduce((most, size) => Math.max(most, size), 0);
  const shown = phases.length * (counted + repeats + perVoter.gold + perVoter.noise + perVoter.canaries);
  if (shown > maxShown)
    yield {
      message: `A voter would see ${shown} images, but the limit is ${maxShown}. Show each voter fewer of them.`,
      field: "rules.design.perVoter.counted",
    };
}

function* imageProblems({ stimuli, gold, canaries, noise, exemplars }: DesignedTrials): PlanProblems {
  const images = [...[...stimuli, ...gold, ...canaries].map(({ image }) => image), ...noise, ...exemplars.flatMap((one) => one.images)];
  const other = images.find((image) => !imageHash.test(image));
  if (other !== undefined) yield { message: `"${other}" is not the SHA-256 of an image.`, field: "rules.design" };
}

function namesIn(labelNames: StudyPlan["labelNames"], language: string): readonly string[] {
  return (Object.hasOwn(labelNames, language) ? labelNames[language] : undefined) ?? [];
}

function* missingNameProblems(labelNames: StudyPlan["labelNames"], language: string, { labels }: DesignedTrials): PlanProblems {
  const names = namesIn(labelNames, language);
  if (names.length !== labels.length || names.some((name) => name.trim() === ""))
    yield { message: `Give a name in ${language} to each of the ${labels.length} labels.`, field: `labelNames.${language}` };
}

function* nameProblems(labelNames: StudyPlan["labelNames"], language: string, { labels, phases }: DesignedTrials): PlanProblems {
  const field = `labelNames.${language}`;
  const names = namesIn(labelNames, language);
  const long = labels.filter((_, index) => (names[index] ?? "").length > maxNameLength);
  if (long.length > 0) {
    const which = long.length === 1 ? `The name of label ${long[0]}` : `The names of label ${long[0]} and of ${long.length - 1} more`;
    yield { message: `${which} in ${language} must have up to ${maxNameLength} characters.`, field };
  }
  if (!phases.some(({ protocol }) => showsLabels(protocol))) return;
  const given = names.filter((name) => name.trim() !== "");
  const twice = new Set(given.filter((name, index) => given.indexOf(name) !== index));
  for (const name of twice)
    yield { message: `Two labels have the name "${name}" in ${language}. Rename one, so that voters can distinguish them.`, field };
}

/**
 * Labels of images and listed foils, and all labels that the first voters see, must be in the study's list, since only those have names.
 */
function* unnamedProblems(design: DesignedTrials, shown: ReadonlySet<number>): PlanProblems {
  const { stimuli, gold, canaries, exemplars } = design;
  const used = [...stimuli, ...gold, ...canaries].flatMap(({ label, foils }) => [label, ...foils]);
  const named = new Set(design.labels);
  const unnamed = [...used, ...exemplars.map(({ label }) => label), ...shown].find((label) => !named.has(label));
  if (unnamed !== undefined)
    yield { message: `Label ${unnamed} is used, but is not in the study's list of labels.`, field: "rules.design.labels" };
}
