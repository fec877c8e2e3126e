/** `pareidolia experiment`: creates experiments, and archives them. */

import { successOf } from "@pareidolia/client/errors";
import { createExperiment } from "@pareidolia/client/operations";
import type { Command } from "commander";
import { change, printItems } from "../changes.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { drawPairs } from "../output/table.ts";
import { pageAddress } from "../pageAddress.ts";
import { archiveExperiments, type ItemsChanged, unarchiveExperiments } from "../verbDocuments.ts";
import { withoutUndefined } from "./runInput.ts";
import { sent } from "./runKinds.ts";

interface CreateOptions {
  readonly description?: string;
}

async function create(context: Context, { description }: CreateOptions, name = ""): Promise<void> {
  const input = { name, ...withoutUndefined({ description }) };
  const { createExperiment: payload } = await context.client.mutate(createExperiment, { input }, sent(context));
  const { id, key, name: given } = successOf(payload).experiment;
  const address = await pageAddress(context, `/experiments/${key}`);
  await context.print({
    json: { id, key, name: given, url: address },
    text: () =>
      drawPairs([
        ["Experiment", key],
        ["Name", given],
        ["Page", address],
      ]),
  });
}

const archive =
  (document: string, said: string) =>
  async (context: Context, _options: object, ...args: string[]): Promise<void> =>
    printItems(context, (await change<ItemsChanged>(context, document, { experimentIds: args.flat() })).items, said);

export function addExperiment(program: Command, { run }: CommandHost): void {
  const parent = program.command("experiment").description("Create experiments, and archive them.");
  const experiments = ["<experiment...>", "keys of experiments, such as EXP-12"] as const;
  parent
    .command("create")
    .description("Create an experiment.")
    .argument("<name>", "its name")
    .option("--description <text>", "what it is about")
    .addHelpText("after", examples("experiment create 'Mutation rates' --description 'Does a high rate pay off?'"))
    .action(run<CreateOptions>(create));
  parent
    .command("archive")
    .description("Archive experiments: lists leave them out, and their runs stay.")
    .argument(...experiments)
    .addHelpText("after", examples("experiment archive EXP-12"))
    .action(run(archive(archiveExperiments, "is archived.")));
  parent
    .command("unarchive")
    .description("Take experiments out of the archive.")
    .argument(...experiments)
    .action(run(archive(unarchiveExperiments, "is no longer archived.")));
}
