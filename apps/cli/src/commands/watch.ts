/** `pareidolia watch RUN-142`: the archive of a run in the terminal, as it fills. */
import { type Command, Option } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import { imageModes } from "../drawing/abilities.ts";
import { type FollowOptions, followRun, followSweep } from "./follow.ts";

export function addWatch(program: Command, { run }: CommandHost): void {
  program
    .command("watch")
    .description("Follow a run or a sweep until it ends; for an evolution, draw its archive.")
    .argument("<run>", "key of a run, such as RUN-142, or of a sweep, such as SWP-7")
    .addOption(new Option("--images <how>", "how to draw; default: the best that the terminal supports").choices(imageModes))
    .option("--once", "draw once and exit")
    .addHelpText("after", examples("watch RUN-142", "watch RUN-142 --images sixel", "watch RUN-142 --json", "watch SWP-7"))
    .action(
      run<FollowOptions>((context, options, reference = "") =>
        reference.startsWith("SWP-") ? followSweep(context, reference) : followRun(context, reference, options),
      ),
    );
}
