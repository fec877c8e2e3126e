/** `pareidolia pull RUN-142`: the images and genomes of a run's results, each checked by its hash, with a table of them. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { findRun } from "@pareidolia/client/operations";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { csvLine } from "@pareidolia/core/csv";
import { type Command, InvalidArgumentError } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { type RunResult, type RunResults, runResults } from "../documents.ts";
import { CliError } from "../failure.ts";

import { fileNameOf } from "../serverNames.ts";

interface PullOptions {
  readonly out?: string;
  readonly genomes: boolean;
  readonly parallel: number;
}

const kinds = ["elites", "trajectories", "perturbations"] as const;
const sha256Hex = /^[0-9a-f]{64}$/;

function readParallel(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 16) throw new InvalidArgumentError("Give 1 to 16.");
  return count;
}

/** The results of the run's kind, all pages of them. */
async function readResults({ client, terminal }: Context, runId: string): Promise<RunResult[]> {
  const results: RunResult[] = [];
  const cursors: Partial<Record<(typeof kinds)[number], string | null>> = {};
  for (let more = true; more; ) {
    const page = await client.query<RunResults>(runResults, { runId, ...cursors }, { signal: terminal.signal });
    more = false;
    for (const kind of kinds) {
      const { nodes, pageInfo } = page[kind];
      results.push(...nodes);
      if (nodes.length === 0 || !pageInfo.hasNextPage) continue;
      cursors[kind] = pageInfo.endCursor;
      more = true;
    }
  }
  // The last page of one kind comes again while another kind has more.
  return [...new Map(results.map((result) => [result.id, result])).values()];
}

async function hashOf(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return bytes === null ? null : createHash("sha256").update(bytes).digest("hex");
}

/** Runs a limited number at a time. The first failure aborts the others and is thrown once they have ended. */
async function inParallel<Item>(
  items: readonly Item[],
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const take = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !either.aborted; item = waiting.shift()) await work(item, either);
  };
  await Promise.all(Array.from({ length: count }, () => take().catch((error: unknown) => failure.abort(error))));
  either.throwIfAborted();
}

/** Written under another name first, so that a file that is there is complete. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

async function pull(context: Context, options: PullOptions, reference = ""): Promise<void> {
  const { client, terminal } = context;
  const { node: run } = await client.query(findRun, { id: reference }, { signal: terminal.signal });
  if (run === null || run === undefined || !("key" in run)) throw new CliError("notFound", `There is no run ${reference}.`);
  const folder = options.out ?? fileNameOf(run.key);
  const results = await readResults(context, run.id);
  if (results.length === 0) throw new CliError("notFound", `${run.key} has no results yet.`);
  // The hashes become names of files.
  for (const { image, genome } of results)
    if (!sha256Hex.test(image.sha256) || (genome !== undefined && !sha256Hex.test(genome.sha256)))
      throw new CliError("failed", "The server sent an invalid hash. Nothing was written.");
  await mkdir(path.join(folder, "images"), { recursive: true });
  const images = [...new Map(results.map(({ image }) => [image.sha256, image])).values()];
  const bar = context.progress(`Pulling ${run.key}`);
  let [done, downloaded, bytes] = [0, 0, 0];
  try {
    await inParallel(images, { count: options.parallel, signal: terminal.signal }, async ({ sha256, url }, signal) => {
      const file = path.join(folder, "images", `${sha256}.png`);
      if ((await hashOf(file)) !== sha256) {
        const { byteLength } = await client.download(url, file, { sha256, signal });
        downloaded += 1;
        bytes += byteLength;
      }
      done += 1;
      bar.show(done / images.length, `${done} of ${images.length} images`);
    });
  } finally {
    bar.end();
  }
  const genomes = options.genomes ? results.flatMap(({ genome }) => (genome === undefined ? [] : [genome])) : [];
  if (genomes.length > 0) await mkdir(path.join(folder, "genomes"), { recursive: true });
  for (const { sha256, document } of genomes)
    await writeWhole(path.join(folder, "genomes", `${sha256}.json`), `${JSON.stringify(document)}\n`);
  await writeTables(folder, run.key, results);
  const summary = { run: run.key, folder, results: results.length, images: images.length, downloaded, bytes, genomes: genomes.length };
  await context.print({
    json: summary,
    text: () =>
      `${folder} has ${results.length} results of ${run.key}: ${images.length} images, ${genomes.length} genomes. ` +
      `${downloaded} images were downloaded (${formatByteSize(bytes)}), ${images.length - downloaded} were already there; all hashes match.\n`,
  });
}

async function writeTables(folder: string, run: string, results: readonly RunResult[]): Promise<void> {
  const rows = results.map(({ image, genome, ...rest }) => ({
    ...rest,
    image: `images/${image.sha256}.png`,
    sha256: image.sha256,
    width: image.width,
    height: image.height,
    genome: genome === undefined ? null : genome.sha256,
  }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const field = (value: unknown): string => {
    if (value === null || value === undefined) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  const lines = rows.map((row) => csvLine(columns.map((column) => field((row as Record<string, unknown>)[column]))));
  await writeWhole(path.join(folder, "results.csv"), [csvLine(columns), ...lines].join(""));
  await writeWhole(path.join(folder, "results.json"), `${JSON.stringify({ run, results: rows }, null, 2)}\n`);
}

export function addPull(program: Command, { run }: CommandHost): void {
  program
    .command("pull")
    .description("Download the images and genomes of a run's results, and check their hashes.")
    .argument("<run>", "key of the run, such as RUN-142")
    .option("--out <folder>", "folder to write to; default: the run's key")
    .option("--no-genomes", "leave the genomes out")
    .option("--parallel <count>", "downloads at a time", readParallel, 4)
    .addHelpText("after", examples("pull RUN-142", "pull RUN-142 --out results/run-142 --no-genomes"))
    .action(run<PullOptions>(pull));
}
