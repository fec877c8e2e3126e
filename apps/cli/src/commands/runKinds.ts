/** The kinds of runs that the command line starts: their flags, defaults and mutations, and how their input is read. */

import { successOf } from "@pareidolia/client/errors";
import { createExperiment, startAscent, startChain, startEvolution, startPerturbation } from "@pareidolia/client/operations";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { findPreset, type Input, type InputOptions, readSharedInput, withoutUndefined } from "./runInput.ts";
import type { StartedRun, StartOptions } from "./startedRun.ts";

export interface RunOptions extends InputOptions, StartOptions {
  readonly encoding?: string;
  readonly generations?: number;
  readonly offspring?: number;
  readonly ascent?: string;
  readonly classes?: number[];
  readonly starts?: number;
  readonly source?: string;
  readonly attack?: string;
  readonly target?: number;
  readonly bounds?: number[];
  readonly name?: string;
  readonly dataset?: string;
  readonly iterations?: number;
  readonly axis?: readonly string[];
  readonly replicates?: number;
  readonly kind?: Kind;
}

type Flags = Pick<
  RunOptions,
  | "encoding"
  | "generations"
  | "offspring"
  | "ascent"
  | "classes"
  | "starts"
  | "attack"
  | "target"
  | "bounds"
  | "name"
  | "dataset"
  | "iterations"
>;

/** What an input needs besides the fields that all kinds of runs have. */
interface NeededFields {
  /** For fields that neither a flag nor the file has. */
  readonly defaults: Input;
  /** Fields without a default, with the sentence that asks for each. */
  readonly required: Readonly<Record<string, string>>;
}

export interface KindOfRun extends NeededFields {
  /** The flags that are fields of its input, as they are. */
  readonly flags: readonly (keyof Flags)[];
  /** Of which methods the preset is, and the field of the input that names the method. */
  readonly methods: "encodings" | "ascents" | "attacks" | "chainRecipes";
  readonly method: string;
  /** The field of its input in those of `planRun` and of sweeps. */
  readonly field: "evolution" | "ascent" | "perturbation" | "retraining";
  start(context: Context, input: never): Promise<StartedRun>;
}

export const sent = ({ terminal }: Context) => ({ signal: terminal.signal });

export const kinds = {
  evolution: {
    flags: ["encoding", "generations", "offspring"],
    defaults: { encoding: "direct", generations: 200 },
    required: {},
    methods: "encodings",
    method: "encoding",
    field: "evolution",
    start: async (context, input) => successOf((await context.client.mutate(startEvolution, { input }, sent(context))).startEvolution).run,
  },
  ascent: {
    flags: ["ascent", "classes", "starts"],
    defaults: {},
    required: {},
    methods: "ascents",
    method: "ascent",
    field: "ascent",
    start: async (context, input) => successOf((await context.client.mutate(startAscent, { input }, sent(context))).startAscent).run,
  },
  perturbation: {
    flags: ["attack", "target", "bounds"],
    defaults: {},
    required: {
      attack: "Name the attack with --attack, such as --attack fgsm.",
      sourceId: "Name the photo or image to change with --source.",
    },
    methods: "attacks",
    method: "attack",
    field: "perturbation",
    start: async (context, input) =>
      successOf((await context.client.mutate(startPerturbation, { input }, sent(context))).startPerturbation).run,
  },
  chain: {
    flags: ["name", "dataset", "iterations"],
    defaults: { dataset: "mnist", iterations: 3 },
    required: { name: "Name the chain with --name." },
    methods: "chainRecipes",
    method: "recipe",
    field: "retraining",
    start: async (context, input) => successOf((await context.client.mutate(startChain, { input }, sent(context))).startChain).chain.run,
  },
} as const satisfies Readonly<Record<string, KindOfRun>>;

type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as Kind[];

/** An empty `experimentId` stands for one that does not exist yet, as in the API's plans. */
export async function readInput(
  context: Context,
  kind: KindOfRun,
  options: RunOptions,
  { defaults, required }: NeededFields,
): Promise<Input> {
  const shared = await readSharedInput(context, options);
  const flags = withoutUndefined({
    ...Object.fromEntries(kind.flags.map((flag) => [flag, options[flag]])),
    sourceId: options.source,
  });
  const input: Input = { ...defaults, ...shared, ...flags, ...(options.newExperiment === undefined ? {} : { experimentId: "" }) };
  for (const [field, sentence] of Object.entries(required)) if (input[field] == null) throw new CliError("usage", sentence);
  input["preset"] ??= await findPreset(context, kind.methods, input[kind.method]);
  return input;
}

/** The input with its experiment. A new one is created only once `check` has accepted everything else, so a refused start leaves none. */
export async function withExperiment(
  context: Context,
  { newExperiment }: RunOptions,
  input: Input,
  check: (input: Input) => Promise<unknown>,
): Promise<Input> {
  if (newExperiment === undefined) return input;
  await check(input);
  const created = await context.client.mutate(createExperiment, { input: { name: newExperiment } }, sent(context));
  const { experiment } = successOf(created.createExperiment);
  context.note(`Created ${experiment.key}, ${experiment.name}.`);
  return { ...input, experimentId: experiment.id };
}
