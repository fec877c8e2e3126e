/** `pareidolia comment`: comments on a run or an experiment. */
import type { Command } from "commander";
import { change } from "../changes.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import { type ConfirmOptions, confirm, yesOption } from "../confirm.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { addComment, type CommentRow, type CommentsRead, comments, deleteComment } from "../noteDocuments.ts";
import { formatTime } from "../output/numbers.ts";
import { readAll } from "../readAll.ts";
import { sent } from "./runKinds.ts";

async function list(context: Context, _options: object, reference = ""): Promise<void> {
  const found = await readAll(async (after) => {
    const { node } = await context.client.query<CommentsRead>(comments, { id: reference, after }, sent(context));
    if (node?.comments === undefined) throw new CliError("notFound", `There is no run or experiment ${reference}.`);
    return node.comments;
  });
  const draw = ({ id, body, createdAt, author }: CommentRow): string =>
    `${author?.name ?? "A former member"}, ${formatTime(createdAt)}  (${id})\n${body.trimEnd()}\n`;
  await context.print({ json: found, text: () => (found.length === 0 ? "No comments.\n" : found.map(draw).join("\n")) });
}

async function add(context: Context, _options: object, subjectId = "", text = ""): Promise<void> {
  const body = text === "-" ? await context.terminal.readInput() : text;
  const { comment } = await change<{ readonly comment: CommentRow }>(context, addComment, { subjectId, body });
  await context.print({ json: comment, text: () => `Your comment on ${subjectId} is ${comment.id}.\n` });
}

async function remove(context: Context, options: ConfirmOptions, commentId = ""): Promise<void> {
  await confirm(context, options, `Delete the comment ${commentId}?`);
  const deleted = await change<{ readonly deletedId: string }>(context, deleteComment, { commentId });
  await context.print({ json: { deletedId: deleted.deletedId }, text: () => "The comment is deleted.\n" });
}

export function addComments(program: Command, { run }: CommandHost): void {
  const parent = program.command("comment").description("Read and write comments on a run or an experiment.");
  const subject = ["<subject>", "key of a run or an experiment, such as RUN-142 or EXP-12"] as const;
  parent
    .command("list")
    .description("List the comments.")
    .argument(...subject)
    .action(run(list));
  parent
    .command("add")
    .description("Write a comment.")
    .argument(...subject)
    .argument("<text>", "its text in Markdown, or - for standard input")
    .addHelpText("after", examples("comment add RUN-142 'The best one so far, @Grace'"))
    .action(run(add));
  parent
    .command("delete")
    .description("Delete a comment.")
    .argument("<comment>", "its ID, which `comment list` shows")
    .option(...yesOption)
    .action(run<ConfirmOptions>(remove));
}
