/** The table of images: a row for each image in each role, in the order of the plan's lists. */

import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import type { Cell } from "@pareidolia/core/csv";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";

/** Roles of images: those of trials, and photographs shown beside the question. */
export const imageRoles = ["counted", "gold", "noise", "canary", "exemplar"] as const;
export type ImageRole = (typeof imageRoles)[number];

/** What the plan does not say about an image. */
export interface ReleasedImage {
  readonly role: ImageRole;
  /** Index in the plan's list of the role; of exemplars, in the order of labels and their photographs. */
  readonly index: number;
  /** The kind of image, such as "cppn" or "photograph". */
  readonly source: string;
  /** The machine's confidence in the label on the stored bytes, from 0 to 1; null without one. */
  readonly confidence: number | null;
  /** The network whose label it is, as readers would name it; null without one. */
  readonly model: string | null;
  /** The encoding of the genome, and the SHA-256 of its canonical bytes; null unless the image is an elite. */
  readonly encoding: string | null;
  readonly genome: string | null;
  /** The generation of the elite, from 0; null unless the image is one. */
  readonly generation: number | null;
  /** Names of the other networks that have scored the image: those that give it the same label, and those that give it another. */
  readonly agreeingNetworks: readonly string[];
  readonly otherNetworks: readonly string[];
}

/** An image of the plan in one role. */
export interface PlannedImage {
  readonly role: ImageRole;
  readonly index: number;
  readonly sha256: string;
  readonly label: number | null;
  readonly truth: number | null;
}

/** All images of a plan, by role and index. */
export function plannedImages({ rules }: StudyPlan): readonly PlannedImage[] {
  const { stimuli, gold, canaries, noise, exemplars } = rules.design;
  const labelled = (role: ImageRole, list: typeof stimuli): PlannedImage[] =>
    list.map(({ image, label, truth }, index) => ({ role, index, sha256: image, label, truth }));
  return [
    ...labelled("counted", stimuli),
    ...labelled("gold", gold),
    ...noise.map((sha256, index): PlannedImage => ({ role: "noise", index, sha256, label: null, truth: null })),
    ...labelled("canary", canaries),
    ...exemplars
      .flatMap(({ label, images }) => images.map((sha256) => ({ label, sha256 })))
      .map(({ label, sha256 }, index): PlannedImage => ({ role: "exemplar", index, sha256, label, truth: null })),
  ];
}

interface ImageRow extends Omit<ReleasedImage, "role" | "index">, PlannedImage {
  readonly labelName: string | null;
}

interface ImageColumn extends TypedColumn {
  readonly value: (row: ImageRow) => Cell;
}

export const imageColumns: readonly ImageColumn[] = [
  {
    name: "role",
    description: "counted, gold, noise, canary, or exemplar: a photograph of a label, shown beside the question.",
    type: "text",
    nullable: false,
    value: ({ role }) => role,
  },
  {
    name: "index",
    description: "Index in the plan's list of the role, from 0.",
    type: "integer",
    nullable: false,
    value: ({ index }) => index,
  },
  { name: "image", description: "SHA-256 of the file in images/.", type: "text", nullable: false, value: ({ sha256 }) => sha256 },
  {
    name: "label",
    description: "The class that the machine gives the image; of gold and exemplars, the class that people see; empty for noise.",
    type: "integer",
    nullable: true,
    value: ({ label }) => label,
  },
  {
    name: "label_name",
    description: "The name of that class, in the study's first language.",
    type: "text",
    nullable: true,
    value: ({ labelName }) => labelName,
  },
  {
    name: "truth",
    description: "The class of the photograph before it was perturbed; empty if people see none.",
    type: "integer",
    nullable: true,
    value: ({ truth }) => truth,
  },
  {
    name: "source",
    description: "The kind of image, such as cppn, direct or photograph.",
    type: "text",
    nullable: false,
    value: ({ source }) => source,
  },
  {
    name: "confidence",
    description: "The machine's confidence in the label on the stored bytes, from 0 to 1; empty if it has none.",
    type: "number",
    nullable: true,
    value: ({ confidence }) => confidence,
  },
  { name: "model", description: "The network whose label it is.", type: "text", nullable: true, value: ({ model }) => model },
  { name: "encoding", description: "The encoding of the genome.", type: "text", nullable: true, value: ({ encoding }) => encoding },
  { name: "genome", description: "SHA-256 of the file in genomes/.", type: "text", nullable: true, value: ({ genome }) => genome },
  {
    name: "generation",
    description: "The generation of the elite, from 0; empty unless the image is one.",
    type: "integer",
    nullable: true,
    value: ({ generation }) => generation,
  },
  {
    name: "agreeing_networks",
    description: "Names of the other networks that have scored the image and give it the same label. A JSON list.",
    type: "list",
    nullable: false,
    value: ({ agreeingNetworks }) => agreeingNetworks,
  },
  {
    name: "other_networks",
    description: "Names of the other networks that have scored the image and give it another label. A JSON list.",
    type: "list",
    nullable: false,
    value: ({ otherNetworks }) => otherNetworks,
  },
];

/** The cells of one image. */
export function imageCells({ labelNames, languages, rules }: StudyPlan, planned: PlannedImage, released: ReleasedImage): readonly Cell[] {
  const place = planned.label === null ? -1 : rules.design.labels.indexOf(planned.label);
  const row = { ...released, ...planned, labelName: labelNames[languages[0] ?? ""]?.[place] ?? null };
  return imageColumns.map(({ value }) => value(row));
}
