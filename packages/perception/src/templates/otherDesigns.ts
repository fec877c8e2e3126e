/**
 * Templates of other studies, and two of our own: what people recognise without any label, and free text before labels are seen. Numbers
 * that a source does not fix are defaults of this product.
 */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "../protocols/registry.ts";
import { resolveStoppingRule } from "../stopping/registry.ts";
import type { TrialRules } from "../trials/design.ts";
import { type Timing, timingSpecs } from "../trials/timing.ts";
import { onePhase, type Template, usualVotes } from "./template.ts";

const unlimited = resolveParameters(timingSpecs, {});
const original = { images: null, voters: null, labels: null };

function rules(phases: readonly Protocol[], timing: Timing = unlimited): TrialRules {
  return {
    phases: phases.map((protocol) => ({ protocol, timing })),
    order: "counterbalanced",
    places: "counterbalanced",
    assignment: "all",
    perVoter: { counted: 1, gold: 0, noise: 0, canaries: 0 },
    decay: 20,
  };
}

export const otherDesigns: readonly Template[] = [
  {
    id: "recognisable",
    label: "Yes or no",
    description: "Do you recognise anything? No label is shown.",
    source: "Pareidolia",
    rules: rules([resolveProtocol("yesNo", { cantTell: "missing" })]),
    stopping: resolveStoppingRule("sequentialBound", { bound: 0.5, width: 0.2, atMost: 60 }),
    votes: 60,
    texts: {
      en: onePhase(
        "You see images, some of which may show something you know. Tell us whether you recognise anything.",
        "You see one image at a time. Say yes if you recognise anything in it, whatever it is, and no if you do not.",
      ),
      de: onePhase(
        "Sie sehen Bilder, von denen manche etwas zeigen, das Sie kennen. Sagen Sie uns, ob Sie etwas erkennen.",
        "Sie sehen jeweils ein Bild. Sagen Sie Ja, wenn Sie etwas darin erkennen, was immer es ist, und sonst Nein.",
      ),
    },
    original,
  },
  {
    id: "freeTextFirst",
    label: "Free text first",
    description: "What does this look like? Afterwards, two labels for the same images.",
    source: "Pareidolia",
    rules: rules([resolveProtocol("freeText", { cantTell: "missing" }), resolveProtocol("alternatives", { cantTell: "missing" })]),
    stopping: resolveStoppingRule("fixedNumber", { votes: usualVotes }),
    votes: usualVotes,
    texts: {
      en: {
        introduction: "You see images that are hard to make out. First describe them in your own words, then choose names for them.",
        phases: [
          { instructions: "You see one image at a time. Write in a few words what it looks like to you.", question: null },
          {
            instructions:
              "Now the same images again, with another question. A computer program has given each of them a name. You see two names: choose the one that you think it gave.",
            question: null,
          },
        ],
      },
      de: {
        introduction:
          "Sie sehen Bilder, auf denen sich wenig erkennen lässt. Beschreiben Sie sie zuerst in eigenen Worten, und wählen Sie dann Namen dafür.",
        phases: [
          { instructions: "Sie sehen jeweils ein Bild. Schreiben Sie in wenigen Wörtern, wonach es für Sie aussieht.", question: null },
          {
            instructions:
              "Nun noch einmal dieselben Bilder mit einer anderen Frage. Ein Computerprogramm hat jedem einen Namen gegeben. Sie sehen zwei Namen: Wählen Sie den, den es Ihrer Meinung nach gegeben hat.",
            question: null,
          },
        ],
      },
    },
    original,
  },
  {
    id: "elsayed",
    label: "Brief exposure",
    description:
      "A subtly perturbed photograph for 63 ms, then a mask: its own class or the machine's. List the class as the image's foil.",
    source: "Elsayed et al. 2018, NeurIPS",
    rules: rules([resolveProtocol("alternatives", { alternatives: 2, foils: "listed", framing: "looksLike" })], {
      ...unlimited,
      imageMs: 63,
      maskMs: 100,
      answerMs: 2500,
    }),
    stopping: resolveStoppingRule("fixedNumber", { votes: 38 }),
    votes: 38,
    texts: {
      en: onePhase(
        "You see photographs for a very short time. Tell us what each of them shows.",
        "A photograph appears for a fraction of a second, then noise covers it. Choose the word that fits it better. Answer soon: each trial has a time limit.",
      ),
      de: onePhase(
        "Sie sehen Fotos für sehr kurze Zeit. Sagen Sie uns, was jedes zeigt.",
        "Ein Foto erscheint für den Bruchteil einer Sekunde, dann verdeckt es Rauschen. Wählen Sie das Wort, das besser passt. Antworten Sie bald: Die Zeit ist begrenzt.",
      ),
    },
    original: { images: null, voters: 38, labels: null },
  },
  {
    id: "veerabadran",
    label: "Subtle perturbations, unlimited viewing",
    description: "A subtly perturbed photograph without a time limit: two labels, one of which the machine gives.",
    source: "Veerabadran et al. 2023, Nature Communications 14:4933",
    rules: rules([resolveProtocol("alternatives", { alternatives: 2, foils: "listed", framing: "looksLike" })]),
    stopping: resolveStoppingRule("fixedNumber", { votes: usualVotes }),
    votes: usualVotes,
    texts: {
      en: onePhase(
        "You see photographs, some of which were changed a little. Tell us what each of them shows.",
        "You see one photograph at a time, for as long as you like, and two words. Choose the word that fits the photograph better.",
      ),
      de: onePhase(
        "Sie sehen Fotos, von denen manche ein wenig verändert wurden. Sagen Sie uns, was jedes zeigt.",
        "Sie sehen jeweils ein Foto, so lange Sie möchten, und zwei Wörter. Wählen Sie das Wort, das besser zum Foto passt.",
      ),
    },
    original,
  },
  {
    id: "golan",
    label: "Confidence in ten classes",
    description: "How sure are you that the image shows each of ten classes? Five levels from 0 to 1; some images come twice.",
    source: "Golan, Raju & Kriegeskorte 2020, PNAS 117:29330",
    // As in the authors' data: ratings are 0, .25, .5, .75 or 1, and `image_repetition` tells the second time of an image from the first.
    rules: { ...rules([resolveProtocol("confidenceRating", { levels: 5, labels: "every" })]), repeats: 10 },
    stopping: resolveStoppingRule("fixedNumber", { votes: 30 }),
    votes: 30,
    texts: {
      en: onePhase(
        "You see images that may show one thing, several, or none. Tell us how sure you are of each.",
        "You see one image at a time and a list of names. For each name, say how sure you are that the image shows it. Several may fit, or none. Some images come twice: answer by what you see then.",
      ),
      de: onePhase(
        "Sie sehen Bilder, die ein Ding zeigen können, mehrere oder keines. Sagen Sie uns, wie sicher Sie bei jedem sind.",
        "Sie sehen jeweils ein Bild und eine Liste von Namen. Sagen Sie bei jedem, wie sicher Sie sind, dass das Bild es zeigt. Es können mehrere passen oder keiner. Manche Bilder kommen zweimal: Antworten Sie nach dem, was Sie dann sehen.",
      ),
    },
    original,
  },
];
