/** `pareidolia run`: starts an evolution, an ascent, a perturbation, a chain or a sweep, from flags or a JSON file. */

import { successOf } from "@pareidolia/client/errors";
import {
  createExperiment,
  planSweep,
  startAscent,
  startChain,
  startEvolution,
  startPerturbation,
  startSweep,
} from "@pareidolia/client/operations";
import { type Command, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { drawPairs } from "../output/table.ts";
import { followRun, followSweep } from "./follow.ts";
import {
  collect,
  findPreset,
  type Input,
  type InputOptions,
  readNumbers,
  readSharedInput,
  readValue,
  readWhole,
  withoutUndefined,
} from "./runInput.ts";

interface RunOptions extends InputOptions {
  readonly watch?: boolean;
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
  readonly dryRun?: boolean;
}

interface StartedRun {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly state: string;
  readonly seed: number;
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

interface KindOfRun extends NeededFields {
  /** The flags that are fields of its input, as they are. */
  readonly flags: readonly (keyof Flags)[];
  /** Of which methods the preset is, and the field of the input that names the method. */
  readonly methods: "encodings" | "ascents" | "attacks" | "chainRecipes";
  readonly method: string;
  /** The name of the input inside a sweep's. */
  readonly inSweep: "evolution" | "ascent" | "perturbation" | "retraining";
  start(context: Context, input: never): Promise<StartedRun>;
}

const sent = ({ terminal }: Context) => ({ signal: terminal.signal });

const kinds = {
  evolution: {
    flags: ["encoding", "generations", "offspring"],
    defaults: { encoding: "direct", generations: 200 },
    required: {},
    methods: "encodings",
    method: "encoding",
    inSweep: "evolution",
    start: async (context, input) => successOf((await context.client.mutate(startEvolution, { input }, sent(context))).startEvolution).run,
  },
  ascent: {
    flags: ["ascent", "classes", "starts"],
    defaults: {},
    required: {},
    methods: "ascents",
    method: "ascent",
    inSweep: "ascent",
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
    inSweep: "perturbation",
    start: async (context, input) =>
      successOf((await context.client.mutate(startPerturbation, { input }, sent(context))).startPerturbation).run,
  },
  chain: {
    flags: ["name", "dataset", "iterations"],
    defaults: { dataset: "mnist", iterations: 3 },
    required: { name: "Name the chain with --name." },
    methods: "chainRecipes",
    method: "recipe",
    inSweep: "retraining",
    start: async (context, input) => successOf((await context.client.mutate(startChain, { input }, sent(context))).startChain).chain.run,
  },
} as const satisfies Readonly<Record<string, KindOfRun>>;

type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

async function readInput(context: Context, kind: KindOfRun, options: RunOptions, { defaults, required }: NeededFields): Promise<Input> {
  const shared = await readSharedInput(context, options);
  const flags = withoutUndefined({
    ...Object.fromEntries(kind.flags.map((flag) => [flag, options[flag]])),
    sourceId: options.source,
  });
  const input: Input = { ...defaults, ...shared, ...flags };
  for (const [field, sentence] of Object.entries(required)) if (input[field] == null) throw new CliError("usage", sentence);
  input["preset"] ??= await findPreset(context, kind.methods, input[kind.method]);
  if (options.newExperiment !== undefined) {
    const created = await context.client.mutate(createExperiment, { input: { name: options.newExperiment } }, sent(context));
    const { experiment } = successOf(created.createExperiment);
    input["experimentId"] = experiment.id;
    context.note(`Created ${experiment.key}, ${experiment.name}.`);
  }
  return input;
}

const startOf =
  (kind: KindOfRun) =>
  async (context: Context, options: RunOptions): Promise<void> => {
    const run = await kind.start(context, (await readInput(context, kind, options, kind)) as never);
    if (options.watch === true) {
      context.note(`Started ${run.key}, ${run.name}, with seed ${run.seed}.`);
      return followRun(context, run.key, {});
    }
    const { id, key, name, state, seed } = run;
    const address = new URL(`/runs/${key}`, context.access.url).href;
    await context.print({
      json: { id, key, name, state, seed, url: address },
      text: () =>
        drawPairs([
          ["Run", key],
          ["Name", name],
          ["Seed", String(seed)],
          ["Page", address],
          ["Follow it", `pareidolia watch ${key}`],
        ]),
    });
  };

/** `path=a,b,c`, or `path=` and a JSON list. */
export function readAxis(text: string): { readonly path: string; readonly values: readonly unknown[] } {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new CliError("usage", `--axis ${text} has no values. Write it like --axis parameters.sigma=0.5,1,2.`);
  const [path, given] = [text.slice(0, at), text.slice(at + 1)];
  const list = readValue(given);
  return { path, values: Array.isArray(list) ? list : given.split(",").map((value) => readValue(value.trim())) };
}

async function sweep(context: Context, options: RunOptions): Promise<void> {
  const kind: KindOfRun = kinds[options.kind ?? "evolution"];
  const axes = (options.axis ?? []).map(readAxis);
  if (axes.length === 0) throw new CliError("usage", "Name at least one axis, such as --axis generations=100,200.");
  if (options.dryRun === true && options.newExperiment !== undefined)
    throw new CliError("usage", "Name the experiment with --experiment EXP-12: a dry run creates none.");
  // What an axis varies is not in the input of the run.
  const run = await readInput(context, kind, options, { defaults: {}, required: {} });
  for (const { path } of axes) if (!path.startsWith("parameters.")) run[path] ??= axes.find((axis) => axis.path === path)?.values[0];
  const input = {
    ...withoutUndefined({ name: options.name, replicates: options.replicates }),
    run: { [kind.inSweep]: run },
    axes,
  } as never;
  if (options.dryRun === true) {
    const { planSweep: plan } = await context.client.query(planSweep, { input }, sent(context));
    return context.print({
      json: plan,
      text: () => `The sweep has ${plan.pointCount} points and ${plan.runCount} runs. Nothing was started.\n`,
    });
  }
  const started = successOf((await context.client.mutate(startSweep, { input }, sent(context))).startSweep).sweep;
  if (options.watch === true) {
    context.note(`Started ${started.key} with ${started.runCount} runs.`);
    return followSweep(context, started.id);
  }
  const { id, key, state, pointCount, runCount } = started;
  const address = new URL(`/sweeps/${key}`, context.access.url).href;
  await context.print({
    json: { id, key, name: started.name, state, pointCount, runCount, url: address },
    text: () =>
      drawPairs([
        ["Sweep", key],
        ["Points", String(pointCount)],
        ["Runs", String(runCount)],
        ["Page", address],
        ["Follow it", `pareidolia watch ${key}`],
      ]),
  });
}

function withShared(command: Command): Command {
  return command
    .option("--from <file>", "JSON file with the input; flags override it; - for standard input")
    .option("--experiment <key>", "experiment of the run, such as EXP-12")
    .option("--new-experiment <name>", "create an experiment for the run")
    .option("--model <network>", "network, by short name, name or ID")
    .option("--preset <preset>", "named parameter values; default: the method's first")
    .option("--set <name=value>", "value of a parameter; may be repeated", collect)
    .option("--seed <number>", "seed of the random numbers; default: a random one", readWhole)
    .option("--watch", "follow until it ends");
}

export function addRun(program: Command, { run }: CommandHost): void {
  const parent = program.command("run").description("Start an evolution, an ascent, a perturbation, a chain or a sweep.");
  withShared(parent.command("evolution").description("Start an evolution: MAP-Elites over all classes of a network."))
    .option("--encoding <encoding>", "direct or cppn; default: direct")
    .option("--generations <count>", "number of generations; default: 200", readWhole)
    .option("--offspring <count>", "children of a generation", readWhole)
    .addHelpText(
      "after",
      examples(
        "run evolution --experiment EXP-12 --model lenet --encoding cppn --generations 500 --watch",
        "run evolution --new-experiment 'First try' --model lenet --seed 1",
        "run evolution --from input.json --set mutationRate=0.2",
      ),
    )
    .action(run<RunOptions>(startOf(kinds.evolution)));
  withShared(parent.command("ascent").description("Start a gradient ascent of some classes of a network."))
    .option("--ascent <method>", "method; default: the first")
    .option("--classes <numbers>", "indices of classes, separated by commas", readNumbers)
    .option("--starts <count>", "starts of each class", readWhole)
    .option("--source <id>", "ID of the photo or image to start from")
    .addHelpText("after", examples("run ascent --experiment EXP-12 --model lenet --classes 0,1,2 --starts 3"))
    .action(run<RunOptions>(startOf(kinds.ascent)));
  withShared(parent.command("perturbation").description("Start attacks on a photograph."))
    .option("--attack <attack>", "attack, such as fgsm or pgd")
    .option("--source <id>", "ID of the photo or image to change")
    .option("--target <class>", "index of the target class", readWhole)
    .option("--bounds <numbers>", "bounds in grey levels, separated by commas", readNumbers)
    .addHelpText("after", examples("run perturbation --experiment EXP-12 --model mobilenet --attack fgsm --source PHOTO_ID --bounds 1,2,4"))
    .action(run<RunOptions>(startOf(kinds.perturbation)));
  withShared(parent.command("chain").description("Start a retraining chain: networks trained with the images that fooled the one before."))
    .option("--name <name>", "name of the chain")
    .option("--dataset <data set>", "data set to train on; default: mnist")
    .option("--iterations <count>", "networks to train; default: 3", readWhole)
    .addHelpText("after", examples("run chain --experiment EXP-12 --model lenet --name 'Three rounds' --iterations 3"))
    .action(run<RunOptions>(startOf(kinds.chain)));
  withShared(parent.command("sweep").description("Start many runs that differ in some properties."))
    .addOption(new Option("--kind <kind>", "kind of the runs").choices(kindNames).default("evolution"))
    .option("--axis <path=values>", "property and its values; may be repeated", collect)
    .option("--replicates <count>", "runs of each point, with different seeds", readWhole)
    .option("--name <name>", "name of the sweep")
    .option("--encoding <encoding>", "encoding of evolutions")
    .option("--generations <count>", "generations of evolutions", readWhole)
    .option("--classes <numbers>", "classes of ascents", readNumbers)
    .option("--starts <count>", "starts of ascents", readWhole)
    .option("--attack <attack>", "attack of perturbations")
    .option("--source <id>", "photo of perturbations")
    .option("--dry-run", "show how many runs it would have, and start none")
    .addHelpText(
      "after",
      examples(
        "run sweep --experiment EXP-12 --model lenet --encoding direct --axis generations=100,200 --replicates 5",
        "run sweep --experiment EXP-12 --model lenet --generations 100 --axis encoding=direct,cppn --dry-run",
      ),
    )
    .action(run<RunOptions>(sweep));
}
