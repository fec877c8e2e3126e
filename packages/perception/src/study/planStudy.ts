/** Makes the plan of a study from its draft and the images drawn by the draft's rules. */
import { foilsFor } from "../foils/foilPolicy.ts";
import type { Stimulus } from "../protocols/stimulus.ts";
import { repeatsOf } from "../templates/registry.ts";
import { designVersion } from "../trials/design.ts";
import { ownNames } from "./ownNames.ts";
import { imagesFlash } from "./stillVersion.ts";
import type { StudyDraft } from "./studyDraft.ts";
import { planVersion, type StudyPlan } from "./studyPlan.ts";

/** An image of a draft, in the order of its role's list. */
export interface DraftImage extends Stimulus {
  readonly role: "COUNTED" | "GOLD" | "NOISE" | "CANARY" | "EXEMPLAR";
}

export interface PlanInput {
  /** The study's seed: an integer in [0, 2^31 - 1]. */
  readonly seed: number;
  readonly images: readonly DraftImage[];
  /** The network's names of its classes. */
  readonly classNames: readonly string[];
}

/** How many of the network's next choices are offered besides its label; 0 if foils are chosen otherwise. */
function nextChoicesShown({ phases }: StudyDraft): number {
  const shown = phases.map(({ protocol }) =>
    protocol.kind === "alternatives" && protocol.values.foils === "secondChoice" ? protocol.values.alternatives - 1 : 0,
  );
  return Math.max(0, ...shown);
}

/** The distinct classes that voters may see, in ascending order: each needs a name. */
export function labelsOf(draft: StudyDraft, { images, classNames }: Omit<PlanInput, "seed">): number[] {
  if (draft.labelSet === "all") return Array.from(classNames, (_, index) => index);
  const next = nextChoicesShown(draft);
  const used = images.flatMap((image) => {
    const { role, label, foils, runnersUp } = image;
    if (role === "NOISE") return [];
    return [label, ...foils, ...(role === "COUNTED" ? foilsFor(image, runnersUp).slice(0, next) : [])];
  });
  return [...new Set(used)].sort((a, b) => a - b);
}

/** The names of labels in a language: from the draft, else from the network, else empty, which a plan may not have. */
function namesIn(draft: StudyDraft, language: string, labels: readonly number[], classNames: readonly string[]): string[] {
  const given = Object.hasOwn(draft.labelNames, language) ? draft.labelNames[language] : undefined;
  const own = ownNames(classNames, labels, language);
  return labels.map((label, index) => given?.[String(label)] ?? own[index] ?? "");
}

/** Does not check the plan; `checkDraft` does. */
export function planStudy(draft: StudyDraft, input: PlanInput): StudyPlan {
  const of = (role: DraftImage["role"]): Stimulus[] =>
    input.images.flatMap(({ role: own, ...stimulus }) => (own === role ? [stimulus] : []));
  const [stimuli, gold, noise, canaries] = [of("COUNTED"), of("GOLD"), of("NOISE"), of("CANARY")];
  const exemplars = new Map<number, string[]>();
  for (const { label, image } of of("EXEMPLAR")) exemplars.set(label, [...(exemplars.get(label) ?? []), image]);
  const labels = labelsOf(draft, input);
  const { phases, order, places, assignment, decay, stopping, exclusion, overlap, selection, consent, languages } = draft;
  const counted = assignment === "all" ? Math.min(draft.trialsPerVoter ?? stimuli.length, stimuli.length) : stimuli.length;
  return {
    version: planVersion,
    seed: input.seed,
    rules: {
      design: {
        version: designVersion,
        labels,
        stimuli,
        gold,
        noise: noise.map(({ image }) => image),
        canaries,
        exemplars: [...exemplars].map(([label, images]) => ({ label, images })),
        phases,
        order,
        places,
        assignment,
        perVoter: {
          counted,
          gold: gold.length,
          noise: noise.length,
          canaries: canaries.length,
        },
        decay,
        ...repeatsOf(counted, draft.repeats),
      },
      stopping,
      exclusion,
    },
    stillVersion: imagesFlash(phases) ? draft.stillVersion : "notOffered",
    overlap,
    selection,
    consent,
    phaseTexts: Object.fromEntries(Object.entries(draft.phaseTexts).filter(([language]) => languages.includes(language))),
    labelNames: Object.fromEntries(languages.map((language) => [language, namesIn(draft, language, labels, input.classNames)])),
    languages,
  };
}
