/**
 * The introduction of a consent for the questions that a study asks: its template's, or a usual one for a study whose questions differ from
 * its template's. Introductions to other questions are reported, since voters would consent to another task than theirs.
 */
import type { PlanProblem } from "../planProblem.ts";
import type { Protocol, ProtocolKindId } from "../protocols/registry.ts";
import { findTemplate, templates } from "../templates/registry.ts";
import { type TextLanguage, textLanguages } from "../templates/template.ts";
import type { Phase } from "../trials/design.ts";
import type { Consent } from "./consent.ts";
import { type PhaseText, type PhaseTexts, phaseTextsIn, usualPhaseText } from "./phaseTexts.ts";

type Framing = "machine" | "looksLike";
type Introductions = Readonly<Record<TextLanguage, string>>;

const named = {
  en: "A computer program has given each of these images a name.",
  de: "Ein Computerprogramm hat jedem dieser Bilder einen Namen gegeben.",
};

const usual: Readonly<Record<ProtocolKindId, Introductions | Readonly<Record<Framing, Introductions>>>> = {
  alternatives: {
    machine: { en: `${named.en} Guess which name.`, de: `${named.de} Raten Sie, welchen.` },
    looksLike: {
      en: "You see images and names. Tell us which name fits each image best.",
      de: "Sie sehen Bilder und Namen. Sagen Sie uns, welcher Name am besten zu jedem Bild passt.",
    },
  },
  reverse: {
    machine: { en: `${named.en} Guess which image got which name.`, de: `${named.de} Raten Sie, welches Bild welchen bekam.` },
    looksLike: {
      en: "You see several images at a time and a name. Tell us which image fits the name best.",
      de: "Sie sehen jeweils mehrere Bilder und einen Namen. Sagen Sie uns, welches Bild am besten zum Namen passt.",
    },
  },
  yesNo: {
    en: "You see images, some of which may show something you know. Tell us whether you recognise anything.",
    de: "Sie sehen Bilder, von denen manche etwas zeigen, das Sie kennen. Sagen Sie uns, ob Sie etwas erkennen.",
  },
  freeText: {
    en: "You see one image at a time. Tell us in your own words what it looks like to you.",
    de: "Sie sehen jeweils ein Bild. Sagen Sie uns in eigenen Worten, wonach es für Sie aussieht.",
  },
  confidenceRating: {
    en: "You see images and names. Tell us how sure you are that an image shows what a name says.",
    de: "Sie sehen Bilder und Namen. Sagen Sie uns, wie sicher Sie sind, dass ein Bild zeigt, was ein Name sagt.",
  },
  pairwise: {
    en: "You see two images at a time and a name. Tell us which of the two fits the name better.",
    de: "Sie sehen jeweils zwei Bilder und einen Namen. Sagen Sie uns, welches der beiden besser zum Namen passt.",
  },
};

function framingOf({ values }: Protocol): Framing {
  return "framing" in values ? values.framing : "looksLike";
}

function usualIntroductionOf(protocol: Protocol, language: TextLanguage): string {
  const texts = usual[protocol.kind];
  return "machine" in texts ? texts[framingOf(protocol)][language] : texts[language];
}

/** Templates name numbers up to four, as in "which of two names". */
const maxNamed = 4;

/** What texts say about a question: its kind, whether the machine's answer is wanted, a small number of answers, and the second choice. */
function gist(protocol: Protocol): string {
  const { kind, values } = protocol;
  const count = "alternatives" in values && values.alternatives <= maxNamed ? values.alternatives : "";
  const second = "foils" in values && values.foils === "secondChoice" ? "second choice" : "";
  return [kind, framingOf(protocol), count, second].join(" ");
}

type Questions = readonly Pick<Phase, "protocol">[];

const asks = (phases: Questions, others: Questions): boolean =>
  phases.length === others.length && phases.every(({ protocol }, index) => gist(protocol) === gist((others[index] as Phase).protocol));

const isOurs = (language: string): language is TextLanguage => (textLanguages as readonly string[]).includes(language);

/** Null in a language without our texts. */
export function introductionOf(template: string | null, phases: Questions, language: string): string | null {
  if (!isOurs(language)) return null;
  const own = findTemplate(template);
  if (own !== null && asks(own.rules.phases, phases)) return own.texts[language].introduction;
  return [...new Set(phases.map(({ protocol }) => usualIntroductionOf(protocol, language)))].join(" ");
}

/** The template's text of a phase, or the usual one if the phase asks another question. */
export function phaseTextOf(template: string | null, phases: Questions, phase: number, language: string): PhaseText {
  const own = findTemplate(template);
  const [theirs, asked] = [own?.rules.phases[phase], phases[phase]];
  if (own === null || !isOurs(language) || theirs === undefined || asked === undefined || !asks([theirs], [asked])) return usualPhaseText;
  return own.texts[language].phases[phase] ?? usualPhaseText;
}

/** Texts of ours that speak of another question than the study asks. The researcher's own are not judged. */
export function textWarnings({
  phases,
  consent,
  phaseTexts,
}: {
  phases: Questions;
  consent: Consent;
  phaseTexts: PhaseTexts;
}): PlanProblem[] {
  const fitting = templates.filter(({ rules }) => asks(rules.phases, phases));
  return Object.entries(consent.texts).flatMap(([language, { introduction }]) => {
    if (!isOurs(language)) return [];
    const warnings: PlanProblem[] = [];
    const ours = templates.filter(({ texts }) => texts[language].introduction === introduction);
    if (ours.length > 0 && !ours.some((each) => fitting.includes(each)) && introduction !== introductionOf(null, phases, language))
      warnings.push({
        message: `The consent in ${language} introduces another question than the study asks: "${introduction}" Change its introduction.`,
        field: `consent.texts.${language}.introduction`,
      });
    for (const [phase, { instructions }] of phaseTextsIn(phaseTexts, language, phases.length).entries()) {
      const about = templates.flatMap(({ texts, rules }) =>
        texts[language].phases.flatMap((text, index) => (text.instructions === instructions ? [rules.phases[index] as Phase] : [])),
      );
      if (about.length > 0 && !about.some((theirs) => asks([theirs], [phases[phase] as Phase])))
        warnings.push({
          message: `The instructions in ${language} are about another question than the study asks: "${instructions}" Change them.`,
          field: `phaseTexts.${language}`,
        });
    }
    return warnings;
  });
}
