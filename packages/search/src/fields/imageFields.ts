/**
 * The searchable properties of the gallery's images. To add one of the image, add it here and its SQL to `persistence/lab/search/imageColumns`;
 * those of its run are fields of runs.
 */
import { fieldOf, registryOf, type SearchField } from "./field.ts";
import { runFields } from "./runFields.ts";

/** The kinds of runs whose images the gallery shows. */
export const imageKinds = ["evolution", "ascent", "perturbation", "retraining"] as const;
export type ImageKind = (typeof imageKinds)[number];

function ofRuns(name: string): SearchField {
  const field = runFields.find(name);
  if (field === null) throw new Error(`Runs have no field ${name}.`);
  return { ...field, isSortable: false, isGroupable: false, hasColumn: false };
}

/** Fields of an image's run, as a search for runs has them. */
const ofItsRun = ["run", "name", "notes", "experiment", "state", "preset", "seed", "by", "assignee", "tag", "pinned", "archived"].map(
  ofRuns,
);

const own: readonly SearchField[] = [
  {
    ...ofRuns("kind"),
    description: "The kind of run that made it.",
    values: (runFields.find("kind")?.values ?? []).filter(({ value }) => imageKinds.some((kind) => kind === value)),
  },
  { ...ofRuns("method"), mayBeMissing: false },
  ofRuns("encoding"),
  { ...ofRuns("model"), description: "The name of the network that it was made for." },
  fieldOf({
    name: "class",
    aliases: ["label"],
    type: "text",
    label: "Class",
    description: "The label that its network gives it, such as king penguin.",
    isSortable: false,
  }),
  fieldOf({
    name: "confidence",
    type: "number",
    scale: "confidence",
    label: "Confidence",
    description: "Confidence of the stored image in its class, 0 to 1.",
  }),
  fieldOf({
    name: "reached",
    aliases: ["fooling"],
    type: "flag",
    label: "Reached",
    description: "Whether it meets the criterion of its kind: a confidence of .9999, or an attack that changed the label.",
  }),
  fieldOf({ name: "created", type: "date", label: "Created", description: "When it was stored." }),
  fieldOf({
    name: "generation",
    type: "number",
    label: "Generation",
    description: "The generation in which an elite took its niche.",
    mayBeMissing: true,
    isSortable: false,
  }),
  fieldOf({
    name: "replaced",
    type: "flag",
    label: "Replaced",
    description: "Whether another elite has taken its niche. Replaced elites are left out unless a search has this field.",
  }),
  fieldOf({
    name: "recognised",
    aliases: ["recognition"],
    type: "number",
    label: "People recognise",
    description: "Share of people who recognise its label, beyond guessing, 0 to 1.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "votes",
    type: "number",
    label: "Votes",
    description: "Number of votes on this label in all studies; none if no study shows the image.",
    mayBeMissing: true,
  }),
];

export const imageFields = registryOf("images", [...own, ...ofItsRun]);

const runNames: ReadonlySet<string> = new Set(ofItsRun.map(({ name }) => name));
const alsoRunNames: ReadonlySet<string> = new Set(["kind", "method", "encoding", "model"]);

/** Whether only the image's run has the field. */
export const isOnlyOfRun = ({ name }: SearchField): boolean => runNames.has(name);

/** The same, or the run has a field of that name with the same value. A network of a chain's later link is not its run's. */
export const isAlsoOfRun = ({ name }: SearchField): boolean => runNames.has(name) || alsoRunNames.has(name);

/** The fields by which only researchers may search and sort. */
export const peopleFieldNames = ["recognised", "votes"] as const;
