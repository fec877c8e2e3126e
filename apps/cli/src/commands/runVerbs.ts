/** `pareidolia run pause` and other commands that change runs. */
import { successOf } from "@pareidolia/client/errors";
import { cancelRun, pauseRun, resumeRun } from "@pareidolia/client/operations";
import type { Command } from "commander";
import { change, changeEach, printItems } from "../changes.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import { type ConfirmOptions, confirm, yesOption } from "../confirm.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { archiveRuns, type ItemsChanged, type RunChanged, renameRun, tagRuns, unarchiveRuns } from "../verbDocuments.ts";
import { collect, withoutUndefined } from "./runInput.ts";
import { sent } from "./runKinds.ts";

const runs = ["<run...>", "keys of runs, such as RUN-142"] as const;

interface ControlVerb {
  send(context: Context, runId: string): Promise<{ readonly key: string; readonly state: string }>;
  /** Of a run that a worker still computes, which obeys at its next step. */
  readonly later: string;
  /** Asked first, if the verb loses something. */
  readonly question?: (references: string) => string;
}

const pause: ControlVerb = {
  send: async (context, runId) => successOf((await context.client.mutate(pauseRun, { input: { runId } }, sent(context))).pauseRun).run,
  later: "pauses at its next checkpoint.",
};
const resume: ControlVerb = {
  send: async (context, runId) => successOf((await context.client.mutate(resumeRun, { input: { runId } }, sent(context))).resumeRun).run,
  later: "continues.",
};
const cancel: ControlVerb = {
  send: async (context, runId) => successOf((await context.client.mutate(cancelRun, { input: { runId } }, sent(context))).cancelRun).run,
  later: "ends at its next checkpoint.",
  question: (keys) => `Cancel ${keys}?`,
};

const control =
  ({ send, later, question }: ControlVerb) =>
  async (context: Context, options: ConfirmOptions, ...args: string[]): Promise<void> => {
    const references = args.flat();
    if (question !== undefined) await confirm(context, options, question(references.join(", ")));
    await changeEach(
      context,
      references,
      (runId) => send(context, runId),
      ({ key, state }) => `${key} ${state === "RUNNING" ? later : `is ${state.toLowerCase()}.`}`,
    );
  };

async function rename(context: Context, _options: object, runId = "", name = ""): Promise<void> {
  const { run } = await change<RunChanged>(context, renameRun, { runId, name });
  await context.print({ json: run, text: () => `${run.key} is now ${run.name}.\n` });
}

interface TagOptions {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

async function tag(context: Context, { add, remove }: TagOptions, ...args: string[]): Promise<void> {
  if (add === undefined && remove === undefined) throw new CliError("usage", "Name a tag with --add or --remove, such as --add paper.");
  const changes = [{ runIds: args.flat(), ...withoutUndefined({ add, remove }) }];
  const { items } = await change<ItemsChanged>(context, tagRuns, { changes });
  await printItems(context, items, "has its new tags.");
}

const archive =
  (document: string, said: string) =>
  async (context: Context, _options: object, ...args: string[]): Promise<void> =>
    printItems(context, (await change<ItemsChanged>(context, document, { runIds: args.flat() })).items, said);

export function addRunVerbs(parent: Command, { run }: CommandHost): void {
  parent
    .command("pause")
    .description("Pause runs; a running one pauses at its next checkpoint.")
    .argument(...runs)
    .addHelpText("after", examples("run pause RUN-142"))
    .action(run(control(pause)));
  parent
    .command("resume")
    .description("Resume runs that are paused, failed or crashed.")
    .argument(...runs)
    .addHelpText("after", examples("run resume RUN-142 RUN-143"))
    .action(run(control(resume)));
  parent
    .command("cancel")
    .description("Cancel runs; their results stay, but they cannot be resumed.")
    .argument(...runs)
    .option(...yesOption)
    .addHelpText("after", examples("run cancel RUN-142 --yes"))
    .action(run(control(cancel)));
  parent
    .command("rename")
    .description("Rename a run; an empty name stands for the one made of its method, model and preset.")
    .argument("<run>", "key of the run, such as RUN-142")
    .argument("<name>", "new name")
    .addHelpText("after", examples("run rename RUN-142 'Figure 3'"))
    .action(run(rename));
  parent
    .command("tag")
    .description("Add tags to runs, or remove them.")
    .argument(...runs)
    .option("--add <tag>", "tag to add; may be repeated", collect)
    .option("--remove <tag>", "tag to remove; may be repeated", collect)
    .addHelpText("after", examples("run tag RUN-142 RUN-143 --add paper --remove draft"))
    .action(run<TagOptions>(tag));
  parent
    .command("archive")
    .description("Archive runs: lists leave them out, and nothing is deleted.")
    .argument(...runs)
    .addHelpText("after", examples("run archive RUN-142"))
    .action(run(archive(archiveRuns, "is archived.")));
  parent
    .command("unarchive")
    .description("Take runs out of the archive.")
    .argument(...runs)
    .addHelpText("after", examples("run unarchive RUN-142"))
    .action(run(archive(unarchiveRuns, "is no longer archived.")));
}
