/** `pareidolia vote STU-3`: the link where people vote in a study, and the votes so far. */
import type { Command } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { type StudyLink, studyLink } from "../documents.ts";
import { CliError } from "../failure.ts";
import { formatConfidence, formatCount, formatPercent } from "../output/numbers.ts";
import { drawPairs, drawTable } from "../output/table.ts";
import { pageAddress } from "../pageAddress.ts";

interface VoteOptions {
  readonly open?: boolean;
  readonly tallies: boolean;
}

type Study = NonNullable<StudyLink["node"]>;
type Tally = Study["images"]["nodes"][number];

async function readStudy({ client, terminal }: Context, reference: string): Promise<Study> {
  let study: Study | null = null;
  const images: Tally[] = [];
  for (let after: string | null = null; ; ) {
    const { node }: StudyLink = await client.query<StudyLink>(studyLink, { id: reference, after }, { signal: terminal.signal });
    if (node?.key === undefined) throw new CliError("notFound", `There is no study ${reference}.`);
    study ??= node;
    images.push(...node.images.nodes);
    const { hasNextPage, endCursor }: Study["images"]["pageInfo"] = node.images.pageInfo;
    if (!hasNextPage || endCursor === null) return { ...study, images: { ...study.images, nodes: images } };
    after = endCursor;
  }
}

/** Null for a draft. Links to vote are outside of workspaces. */
async function addressOf({ state, linkToken, key }: Study, context: Context): Promise<string | null> {
  if (state === "DRAFT") return null;
  return linkToken === null ? pageAddress(context, `/vote/${key}`) : new URL(`/vote/${linkToken}`, context.access.url).href;
}

async function vote(context: Context, options: VoteOptions, reference = ""): Promise<void> {
  const study = await readStudy(context, reference);
  const address = await addressOf(study, context);
  if (options.open === true) {
    if (address === null) throw new CliError("conflict", `${study.key} is a draft. Open it for votes first.`);
    if (!(await context.terminal.openBrowser(address))) context.note(`No browser could be opened. Open ${address} yourself.`);
  }
  const { key, title, state, voteCount, voterCount, finishedVoterCount, images } = study;
  const shares = images.nodes.map((image) => ({ ...image, share: image.votes === 0 ? null : image.agreeing / image.votes }));
  await context.print({
    json: { key, title, state, address, voteCount, voterCount, finishedVoterCount, tallies: options.tallies ? shares : undefined },
    text: () =>
      drawPairs([
        ["Study", `${key}  ${title}`],
        ["State", state.toLowerCase()],
        ["Link", address ?? "none: it is a draft"],
        [
          "Votes",
          `${formatCount(voteCount)} of ${formatCount(voterCount)} voters, ${formatCount(finishedVoterCount)} of whom have finished`,
        ],
      ]) +
      (options.tallies && shares.length > 0
        ? `\n${drawTable(
            shares,
            [
              { title: "Image", value: ({ index }) => String(index), isNumber: true },
              { title: "Label", value: ({ label }) => String(label), isNumber: true },
              { title: "Machine", value: ({ confidence }) => formatConfidence(confidence), isNumber: true },
              { title: "Votes", value: ({ votes }) => formatCount(votes), isNumber: true },
              { title: "Agree", value: ({ share }) => (share === null ? "-" : formatPercent(share)), isNumber: true },
            ],
            context.tableWidth,
          )}`
        : ""),
  });
}

export function addVote(program: Command, { run }: CommandHost): void {
  program
    .command("vote")
    .description("Show the link of a study and its votes so far.")
    .argument("<study>", "key of the study, such as STU-3")
    .option("--open", "open the link in the browser")
    .option("--no-tallies", "leave out the votes on each image")
    .addHelpText("after", examples("vote STU-3", "vote STU-3 --open", "vote STU-3 --jq '.tallies[] | [.index, .share]'"))
    .action(run<VoteOptions>(vote));
}
