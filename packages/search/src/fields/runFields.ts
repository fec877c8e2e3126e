/** The searchable properties of runs. To add one, add it here and its SQL to `persistence/lab/search/runColumns`. */
import { ascents, attacks } from "@pareidolia/ascent/registry";
import { chainPresets, retrainingMethod } from "@pareidolia/core/retrainingChain";
import { importSources } from "@pareidolia/core/runKinds/imported";
import { runKinds } from "@pareidolia/core/runKinds/registry";
import { measureOf } from "@pareidolia/core/runKinds/runKind";
import { encodings } from "@pareidolia/encodings/registry";
import { type FieldValue, fieldOf, registryOf, type SearchField } from "./field.ts";
import { parameterFields } from "./parameterFields.ts";
import { withPlanFields } from "./planFields.ts";
import { recordedField } from "./recordedFields.ts";

export const stateValues: readonly FieldValue[] = [
  { name: "queued", value: "QUEUED", description: "Waits for a worker" },
  { name: "running", value: "RUNNING", description: "A worker computes it" },
  { name: "paused", value: "PAUSED", description: "Waits until it is resumed" },
  { name: "succeeded", value: "SUCCEEDED", aliases: ["finished"], description: "Finished" },
  { name: "failed", value: "FAILED", description: "Stopped by an error" },
  { name: "cancelled", value: "CANCELLED", aliases: ["canceled"], description: "A member cancelled it" },
  { name: "crashed", value: "CRASHED", description: "Its workers were lost" },
];

type Listed = { readonly id: string; readonly label: string };

const named = (entries: readonly Listed[]): FieldValue[] => entries.map(({ id, label }) => ({ name: id, value: id, description: label }));

const measured = runKinds.flatMap(({ outcome }) => (outcome.isMeasured ? [measureOf(outcome)] : []));

const methods = [...encodings, ...ascents, ...attacks, retrainingMethod, ...importSources];
const presets = new Map(
  [...encodings, ...ascents, ...attacks, { presets: chainPresets }].flatMap((method) =>
    method.presets.map((preset) => [preset.id, preset]),
  ),
);

const fromZero = { lowest: 0, highest: null } as const;

const own: readonly SearchField[] = [
  fieldOf({
    name: "run",
    aliases: ["key", "number"],
    type: "number",
    prefix: "RUN-",
    label: "Run",
    description: "The run's key, such as RUN-142, or its number.",
  }),
  fieldOf({ name: "name", type: "text", label: "Name", description: "The short name that members gave the run." }),
  fieldOf({ name: "notes", aliases: ["note"], type: "text", label: "Notes", description: "Members' notes.", isSortable: false }),
  fieldOf({
    name: "experiment",
    type: "text",
    label: "Experiment",
    description: "The key of its experiment, such as EXP-12, or the name.",
    isGroupable: true,
  }),
  fieldOf({ name: "state", type: "choice", label: "State", description: "What the run is doing.", values: stateValues }),
  fieldOf({ name: "kind", type: "choice", label: "Kind", description: "The kind of run.", values: named(runKinds) }),
  fieldOf({
    name: "method",
    type: "choice",
    label: "Method",
    description: "The encoding, ascent, attack or recipe.",
    values: named(methods),
    mayBeMissing: true,
  }),
  fieldOf({
    name: "encoding",
    type: "choice",
    label: "Encoding",
    description: "The encoding of an evolution.",
    values: named(encodings),
    mayBeMissing: true,
  }),
  fieldOf({
    name: "model",
    aliases: ["network"],
    type: "text",
    label: "Model",
    description: "The name of the network that the run tries to fool.",
    isGroupable: true,
  }),
  fieldOf({
    name: "preset",
    type: "text",
    label: "Preset",
    description: "The preset that it is based on.",
    values: named([...presets.values()]),
    isGroupable: true,
  }),
  fieldOf({
    name: "seed",
    type: "number",
    range: fromZero,
    label: "Seed",
    description: "The seed of its random numbers.",
    isGroupable: true,
  }),
  fieldOf({
    name: "generation",
    type: "number",
    range: fromZero,
    label: "Generation",
    description: "The last stored generation of an evolution.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "evaluations",
    type: "number",
    range: fromZero,
    label: "Evaluations",
    description: "Images that its network scored, or gradients that it computed.",
  }),
  fieldOf({
    name: "median",
    aliases: ["confidence"],
    type: "number",
    scale: "confidence",
    label: "Median",
    description: "Median confidence of its results on stored images, 0 to 1; an empty niche or a failed attack counts as 0.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "mean",
    type: "number",
    scale: "confidence",
    label: "Mean",
    description: "Mean confidence of an evolution's stored images over its niches, in its last stored generation, 0 to 1.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "best",
    aliases: ["maximum"],
    type: "number",
    scale: "confidence",
    label: "Best",
    description: "Highest confidence of an evolution's stored images, in its last stored generation, 0 to 1.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "reached",
    aliases: ["fooling"],
    type: "number",
    range: { lowest: 0, highest: "results" },
    label: "Reached",
    description: `Results that meet the criterion of the run's kind: ${measured.join(", ")}.`,
    mayBeMissing: true,
  }),
  fieldOf({
    name: "results",
    type: "number",
    label: "Results",
    description: "Results that the run should produce: classes, trajectories, attacks or networks.",
  }),
  fieldOf({
    name: "measure",
    type: "text",
    label: "Measure",
    description: "What its kind counts as reached.",
    values: runKinds.map(({ outcome }) => ({ name: measureOf(outcome), value: measureOf(outcome) })),
    isGroupable: true,
  }),
  fieldOf({
    name: "recognition",
    aliases: ["named"],
    type: "number",
    range: { lowest: 0, highest: 1 },
    label: "People recognise",
    description: "Mean share of people who recognise what the network names, beyond guessing, over its images with votes, 0 to 1.",
    mayBeMissing: true,
    hasColumn: false,
  }),
  fieldOf({
    name: "speed",
    type: "number",
    range: fromZero,
    label: "Speed",
    description: "Evaluations per second: of a running run between its last two checkpoints, otherwise the mean over its computing.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "waited",
    type: "number",
    range: fromZero,
    scale: "seconds",
    label: "Waited",
    description: "Seconds from its creation until a worker first took it.",
    mayBeMissing: true,
  }),
  fieldOf({
    name: "computed",
    type: "number",
    scale: "seconds",
    label: "Computed",
    description: "Seconds that workers spent on it, up to its last checkpoint.",
  }),
  fieldOf({
    name: "elapsed",
    aliases: ["duration"],
    type: "number",
    scale: "seconds",
    label: "Elapsed",
    description: "Seconds from its first start to its end or last checkpoint, including pauses.",
    mayBeMissing: true,
  }),
  fieldOf({ name: "created", type: "date", label: "Created", description: "When a member created it." }),
  fieldOf({ name: "started", type: "date", label: "Started", description: "When a worker started it.", mayBeMissing: true }),
  fieldOf({ name: "ended", type: "date", label: "Ended", description: "When it ended.", mayBeMissing: true }),
  fieldOf({ name: "updated", type: "date", label: "Updated", description: "When it last changed." }),
  fieldOf({ name: "by", aliases: ["creator", "author"], type: "person", label: "By", description: "The member who created it." }),
  fieldOf({ name: "assignee", type: "person", label: "Assignee", description: "The member it is assigned to.", mayBeMissing: true }),
  fieldOf({
    name: "tag",
    aliases: ["tags"],
    type: "tag",
    label: "Tags",
    description: "One of its tags.",
    mayBeMissing: true,
    isGroupable: false,
  }),
  fieldOf({ name: "pinned", type: "flag", label: "Pinned", description: "Whether you pinned it.", hasColumn: false, isGroupable: false }),
  fieldOf({ name: "archived", type: "flag", label: "Archived", description: "Whether it is archived.", hasColumn: false }),
  fieldOf({ name: "locked", type: "flag", label: "Locked", description: "Whether it is locked against changes.", hasColumn: false }),
  fieldOf({
    name: "worker",
    type: "text",
    label: "Worker",
    description: "The name of the worker that computed it last.",
    mayBeMissing: true,
    isGroupable: true,
  }),
  fieldOf({
    name: "engine",
    type: "text",
    label: "Engine",
    description: "The library and device that ran the network.",
    mayBeMissing: true,
    isGroupable: true,
  }),
];

const taken = new Set(own.flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => name.toLowerCase()));
const isTaken = (name: string): boolean => taken.has(name.toLowerCase());
const ofMethods = withPlanFields(parameterFields(isTaken), isTaken);
const byParameter = new Map(ofMethods.map((field) => [field.parameter, field]));

export const runFields = registryOf("runs", [...own, ...ofMethods], (name) =>
  recordedField(name, (parameter) => byParameter.get(parameter)),
);
