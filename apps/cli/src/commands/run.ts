/** `pareidolia run`: starts an evolution, an ascent, a perturbation, a chain or a sweep, from flags or a JSON file. */
import { type Command, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { addRunCompare } from "./runCompare.ts";
import { addRunCopies } from "./runCopies.ts";
import { collect, type Input, readNumbers, readWhole } from "./runInput.ts";
import { type KindOfRun, kindNames, kinds, type RunOptions, readInput, withExperiment } from "./runKinds.ts";
import { sweep } from "./runSweep.ts";
import { addRunVerbs } from "./runVerbs.ts";
import { planOf, printPlan, printStarted } from "./startedRun.ts";

const startOf =
  (kind: KindOfRun) =>
  async (context: Context, options: RunOptions): Promise<void> => {
    const given = await readInput(context, kind, options, kind);
    const plan = (input: Input) => planOf(context, kind.field, input);
    if (options.dryRun === true) return printPlan(context, await plan(given));
    const input = await withExperiment(context, options, given, plan);
    await printStarted(context, await kind.start(context, input as never), options);
  };

function withShared(command: Command): Command {
  return command
    .option("--from <file>", "JSON file with the input; flags override it; - for standard input")
    .option("--experiment <key>", "experiment of the run, such as EXP-12")
    .option("--new-experiment <name>", "create an experiment for the run")
    .option("--model <network>", "network, by short name, name or ID")
    .option("--preset <preset>", "named parameter values; default: the method's first")
    .option("--set <name=value>", "value of a parameter; may be repeated", collect)
    .option("--seed <number>", "seed of the random numbers; default: a random one", readWhole)
    .option("--dry-run", "check everything, show what it would start, and create nothing")
    .option("--watch", "follow until it ends");
}

export function addRun(program: Command, host: CommandHost): void {
  const { run } = host;
  const parent = program.command("run").description("Start runs, and change those that exist.");
  withShared(parent.command("evolution").description("Start an evolution: MAP-Elites over all classes of a network."))
    .option("--encoding <encoding>", "direct or cppn; default: direct")
    .option("--generations <count>", "number of generations; default: 200", readWhole)
    .option("--offspring <count>", "children of a generation", readWhole)
    .addHelpText(
      "after",
      examples(
        "run evolution --experiment EXP-12 --model lenet --encoding cppn --generations 500 --watch",
        "run evolution --new-experiment 'First try' --model lenet --seed 1",
        "run evolution --from input.json --set mutationRate=0.2 --dry-run",
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
    .addHelpText(
      "after",
      examples(
        "run sweep --experiment EXP-12 --model lenet --encoding direct --axis generations=100,200 --replicates 5",
        "run sweep --experiment EXP-12 --model lenet --generations 100 --axis encoding=direct,cppn --dry-run",
      ),
    )
    .action(run<RunOptions>(sweep));
  addRunCopies(parent, host);
  addRunCompare(parent, host);
  addRunVerbs(parent, host);
}
