/** `pareidolia webhook`: the addresses of other programs to which events are posted. */

import { successOf } from "@pareidolia/client/errors";
import {
  type CreateWebhookMutationVariables,
  changeWebhook,
  createWebhook,
  deleteWebhook,
  replayDeliveries,
  testWebhook,
  type WebhookFieldsFragment,
  webhooks,
} from "@pareidolia/client/operations";
import type { Command } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import { type ConfirmOptions, confirm, yesOption } from "../confirm.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { formatNumberOf } from "../output/numbers.ts";
import { drawPairs, drawTable } from "../output/table.ts";
import { readTime } from "../readTime.ts";
import { sent } from "./runKinds.ts";

async function readWebhooks(context: Context): Promise<readonly WebhookFieldsFragment[]> {
  return (await context.client.query(webhooks, {}, sent(context))).webhooks;
}

/** By name or ID. */
async function findWebhook(context: Context, wanted: string): Promise<WebhookFieldsFragment> {
  const found = (await readWebhooks(context)).filter(({ id, name }) => id === wanted || name === wanted);
  const [webhook] = found;
  if (webhook === undefined) throw new CliError("notFound", `There is no webhook ${wanted}. \`pareidolia webhook list\` lists them.`);
  if (found.length > 1) throw new CliError("conflict", `${found.length} webhooks have the name ${wanted}. Give the ID.`);
  return webhook;
}

function stateOf({ disabledAt, pausedAt, failingSince }: WebhookFieldsFragment): string {
  if (disabledAt !== null) return "disabled";
  if (pausedAt !== null) return "paused";
  return failingSince === null ? "works" : "fails";
}

async function list(context: Context): Promise<void> {
  const found = await readWebhooks(context);
  await context.print({
    json: found,
    text: () =>
      found.length === 0
        ? "No webhooks.\n"
        : drawTable(
            found,
            [
              { title: "Name", value: ({ name }) => name },
              { title: "Address", value: ({ url }) => url },
              { title: "Events", value: ({ kinds }) => kinds.join(",").toLowerCase() },
              { title: "For", value: ({ personal }) => (personal ? "you" : "the workspace") },
              { title: "State", value: stateOf },
            ],
            context.tableWidth,
          ),
  });
}

interface CreateOptions {
  readonly events: readonly string[];
  readonly personal?: boolean;
}

async function create(context: Context, { events, personal }: CreateOptions, name = "", url = ""): Promise<void> {
  const input = { name, url, kinds: events, personal: personal === true } as CreateWebhookMutationVariables["input"];
  const { createWebhook: payload } = await context.client.mutate(createWebhook, { input }, sent(context));
  const { webhook, secret } = successOf(payload);
  context.note("Only this answer has the secret, with which your program verifies messages. Store it now.");
  await context.print({
    json: { ...webhook, secret },
    text: () =>
      drawPairs([
        ["Webhook", webhook.name],
        ["ID", webhook.id],
        ["Secret", secret],
      ]),
  });
}

async function test(context: Context, _options: object, wanted = ""): Promise<void> {
  const { id, name } = await findWebhook(context, wanted);
  const { testWebhook: payload } = await context.client.mutate(testWebhook, { input: { webhookId: id } }, sent(context));
  const { delivery } = successOf(payload);
  await context.print({ json: delivery, text: () => `A test message to ${name} is ${delivery.state.toLowerCase()}.\n` });
}

const setPaused =
  (paused: boolean) =>
  async (context: Context, _options: object, wanted = ""): Promise<void> => {
    const { id } = await findWebhook(context, wanted);
    const { changeWebhook: payload } = await context.client.mutate(changeWebhook, { input: { webhookId: id, paused } }, sent(context));
    const { webhook } = successOf(payload);
    await context.print({ json: webhook, text: () => `${webhook.name} ${paused ? "is paused" : "gets events again"}.\n` });
  };

async function replay(context: Context, { since }: { readonly since: string }, wanted = ""): Promise<void> {
  const { id } = await findWebhook(context, wanted);
  const { replayDeliveries: payload } = await context.client.mutate(replayDeliveries, { input: { webhookId: id, since } }, sent(context));
  const { count } = successOf(payload);
  await context.print({ json: { count }, text: () => `${formatNumberOf(count, "message")} will be sent again.\n` });
}

async function remove(context: Context, options: ConfirmOptions, wanted = ""): Promise<void> {
  const { id, name } = await findWebhook(context, wanted);
  await confirm(context, options, `Delete the webhook ${name}?`);
  const { deleteWebhook: payload } = await context.client.mutate(deleteWebhook, { input: { webhookId: id } }, sent(context));
  await context.print({ json: { deletedId: successOf(payload).deletedId }, text: () => `${name} is deleted.\n` });
}

const readEvents = (text: string): readonly string[] => text.split(",").map((name) => name.trim().toUpperCase());

export function addWebhooks(program: Command, { run }: CommandHost): void {
  const parent = program.command("webhook").description("Manage the addresses of other programs to which events are posted.");
  const webhook = ["<webhook>", "its name or ID"] as const;
  parent
    .command("list")
    .description("List your webhooks and, for owners, those of the workspace.")
    .action(run((context) => list(context)));
  parent
    .command("create")
    .description("Create a webhook, and print its secret.")
    .argument("<name>", "its name")
    .argument("<url>", "address to which events are posted")
    .requiredOption("--events <kinds>", "kinds of events, separated by commas, such as run_succeeded,run_failed", readEvents)
    .option("--personal", "post what you are notified of, instead of all events of the workspace")
    .addHelpText("after", examples("webhook create Bot https://bot.example/events --events run_succeeded,run_failed --personal"))
    .action(run<CreateOptions>(create));
  parent
    .command("test")
    .description("Post a test message.")
    .argument(...webhook)
    .action(run(test));
  parent
    .command("pause")
    .description("Post no events for now.")
    .argument(...webhook)
    .action(run(setPaused(true)));
  parent
    .command("resume")
    .description("Post events again.")
    .argument(...webhook)
    .action(run(setPaused(false)));
  parent
    .command("replay")
    .description("Post all failed messages again, such as after an outage of your program.")
    .argument(...webhook)
    .requiredOption("--since <date>", "of events since then, such as 2026-11-28", readTime)
    .addHelpText("after", examples("webhook replay Bot --since 2026-11-28"))
    .action(run<{ readonly since: string }>(replay));
  parent
    .command("delete")
    .description("Delete a webhook.")
    .argument(...webhook)
    .option(...yesOption)
    .action(run<ConfirmOptions>(remove));
}
