/**
 * The designs of Dujmović, Malhotra & Bowers 2020 ("What do adversarial images tell us about human vision?", eLife 9:e55978): how much
 * agreement depends on foils, on which image of a class is chosen, and on how images were made. Order and positions are
 * counterbalanced here. Numbers of options, examples and votes are defaults of this product, not the article's.
 */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, resolveProtocol } from "../protocols/registry.ts";
import { resolveStoppingRule } from "../stopping/registry.ts";
import type { Assignment } from "../trials/assignment.ts";
import { timingSpecs } from "../trials/timing.ts";
import { onePhase, type Template, usualVotes } from "./template.ts";

function design(
  name: string,
  {
    protocol,
    assignment,
    part,
    ...rest
  }: {
    readonly label: string;
    readonly description: string;
    readonly part: string;
    readonly protocol: Protocol;
    readonly assignment: Assignment;
    readonly texts: Template["texts"];
  },
): Template {
  return {
    id: `dujmovic${name}`,
    ...rest,
    source: `Dujmović, Malhotra & Bowers 2020, eLife 9:e55978, ${part}`,
    rules: {
      phases: [{ protocol, timing: resolveParameters(timingSpecs, {}) }],
      order: "counterbalanced",
      places: "counterbalanced",
      assignment,
      perVoter: { counted: 1, gold: 0, noise: 0, canaries: 0 },
      decay: null,
    },
    stopping: resolveStoppingRule("fixedNumber", { votes: usualVotes }),
    votes: usualVotes,
    original: { images: null, voters: null, labels: null },
  };
}

export const dujmovic: readonly Template[] = [
  design("CompetitiveFoils", {
    label: "Competitive foils",
    description: "The machine's label beside labels chosen by hand for the image because they compete with it.",
    part: "experiment 1",
    protocol: resolveProtocol("alternatives", { alternatives: 4, foils: "listed" }),
    assignment: "all",
    texts: {
      en: onePhase(
        "A computer program that names objects has given each of these images a name. Guess which of four names it gave.",
        "You see one image at a time and four names that might fit it. Choose the name that you think the program gave.",
      ),
      de: onePhase(
        "Ein Computerprogramm, das Gegenstände benennt, hat jedem dieser Bilder einen Namen gegeben. Raten Sie, welchen von vier Namen.",
        "Sie sehen jeweils ein Bild und vier Namen, die passen könnten. Wählen Sie den, den das Programm Ihrer Meinung nach gegeben hat.",
      ),
    },
  }),
  design("BestAndWorst", {
    label: "Best and worst case",
    description: "For each class, a voter sees either the most or the least recognisable image. Groups are classes.",
    part: "experiment 2",
    protocol: resolveProtocol("alternatives", { alternatives: 4, foils: "random" }),
    assignment: "onePerGroup",
    texts: {
      en: onePhase(
        "A computer program that names objects has given each of these images a name. Some resemble what it named, others hardly do. Guess the names.",
        "You see one image at a time and four names. Choose the name that you think the program gave, even if you see no resemblance.",
      ),
      de: onePhase(
        "Ein Computerprogramm, das Gegenstände benennt, hat jedem dieser Bilder einen Namen gegeben. Manche ähneln dem Genannten, andere kaum. Raten Sie die Namen.",
        "Sie sehen jeweils ein Bild und vier Namen. Wählen Sie den, den das Programm Ihrer Meinung nach gegeben hat, auch wenn Sie keine Ähnlichkeit sehen.",
      ),
    },
  }),
  design("FourConditions", {
    label: "Encodings and data sets",
    description: "Direct or CPPN images of ImageNet or MNIST classes. Each voter sees the images of one condition.",
    part: "experiment 3",
    protocol: resolveProtocol("alternatives", { alternatives: 4, foils: "random" }),
    assignment: "oneCondition",
    texts: {
      en: onePhase(
        "A computer program has drawn images that it takes for known things. Guess what it takes them for.",
        "You see one image at a time and four names. Choose the name that you think the program gave.",
      ),
      de: onePhase(
        "Ein Computerprogramm hat Bilder gezeichnet, die es für bekannte Dinge hält. Raten Sie, wofür.",
        "Sie sehen jeweils ein Bild und vier Namen. Wählen Sie den, den das Programm Ihrer Meinung nach gegeben hat.",
      ),
    },
  }),
  design("OneOfThree", {
    label: "One of three",
    description: "Which of three images of static did the machine give this label? With photographs of the label.",
    part: "experiment 4",
    protocol: resolveProtocol("reverse", { alternatives: 3, exemplars: 5 }),
    assignment: "all",
    texts: {
      en: onePhase(
        "A computer program that names objects has given a name to one of three images of static. Guess to which.",
        "You see three images of static, a name, and photographs of it. Choose the image to which you think the program gave the name.",
      ),
      de: onePhase(
        "Ein Computerprogramm, das Gegenstände benennt, hat einem von drei Rauschbildern einen Namen gegeben. Raten Sie, welchem.",
        "Sie sehen drei Rauschbilder, einen Namen und Fotos dazu. Wählen Sie das Bild, dem das Programm Ihrer Meinung nach den Namen gab.",
      ),
    },
  }),
];
