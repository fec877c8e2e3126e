/**
 * Speed on reassessed ImageNet, 924,810 votes, compared with the peers in the same run: in turns, the best time of each. Reading and
 * arranging the votes is excluded on both sides; ours starts from three columns of numbers, crowd-kit from a table of numbers, krippendorff
 * from a matrix of voters x questions.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@pareidolia/core/appError";
import { fitConfusionModel } from "@pareidolia/perception/aggregation/confusionModel";
import { dawidSkeneModel } from "@pareidolia/perception/aggregation/dawidSkene";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import { voteShares } from "@pareidolia/perception/aggregation/starts";
import { krippendorffAlpha } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { votesByItem } from "@pareidolia/perception/votesByItem";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import { preparePeers } from "../peers/peerEnvironment.ts";
import { PythonPeer } from "../peers/pythonPeer.ts";
import { describe, judge, noBar, type ReportRow } from "../report.ts";
import { readReassessedImagenet } from "./realVotes.ts";
import { notMeasured } from "./row.ts";

const turns = 5;
// From dist/ as well as from src/.
const peerFile = (name: string): string => fileURLToPath(new URL(`../../src/perception/peers/${name}`, import.meta.url));
const speedUp = 5;

const rows = {
  alpha: { id: "speed alpha", what: "Krippendorff's alpha: krippendorff's time over ours" },
  equal: { id: "speed dawidSkene", what: "Dawid-Skene, as many iterations as crowd-kit makes: crowd-kit's time over ours" },
} as const;

/** Not the same work, so without a bar: crowd-kit stops before the maximum. */
const converged = { id: "speed dawidSkene", what: "Dawid-Skene, ours converged to 1e-8, crowd-kit by its own rule: its time over ours" };

export async function speedGates(cacheFolder: string, onProgress: (line: string) => void): Promise<readonly ReportRow[]> {
  onProgress("speed: reassessed ImageNet");
  let table: VoteTable;
  try {
    ({ table } = await readReassessedImagenet(cacheFolder));
  } catch (error) {
    if (!(error instanceof AppError && error.code === "UNAVAILABLE")) throw error;
    return Object.values(rows).map((row) => notMeasured({ ...row, bar: `>= ${speedUp}`, reason: error.message }));
  }
  return [...(await compareWithPeers(table, cacheFolder, onProgress)), ...everyAggregator(table, onProgress)];
}

/** Seconds of each aggregator with all of its starts and intervals, for information. */
function everyAggregator(table: VoteTable, onProgress: (line: string) => void): readonly ReportRow[] {
  return aggregators.map(({ id, name, aggregate }) => {
    onProgress(`speed: ${name}`);
    const { seconds, result } = time(() => aggregate(table));
    return {
      id: `seconds ${id}`,
      what: `${name} with all starts and intervals, ${table.item.length} votes of ${table.voters} voters: seconds`,
      figure: seconds,
      bar: noBar,
      holds: true,
      detail: `${result.iterations} iterations`,
      description: true,
    };
  });
}

async function compareWithPeers(table: VoteTable, cacheFolder: string, onProgress: (line: string) => void): Promise<readonly ReportRow[]> {
  const prepared = preparePeers(
    {
      requirements: peerFile("requirements.txt"),
      variable: "PAREIDOLIA_VOTES_PYTHON",
      needs: "crowd-kit and krippendorff",
      size: "0.8 GB, a minute",
    },
    process.env,
    onProgress,
  );
  const opened = "missing" in prepared ? prepared : await PythonPeer.open(prepared.python, peerFile("votes.py"));
  if ("missing" in opened) return Object.values(rows).map((row) => notMeasured({ ...row, bar: `>= ${speedUp}`, reason: opened.missing }));
  const { peer } = opened;
  try {
    await peer.run({ work: "read", file: join(cacheFolder, "data", "votes", "reassessed-imagenet-votes.csv.gz") });
    const best = { alpha: Infinity, equal: Infinity, converged: Infinity, theirAlpha: Infinity, theirs: Infinity };
    let iterations = 0;
    let ownIterations = 0;
    // The first turn is a warm-up of ours and does not count.
    for (let turn = 0; turn <= turns; turn++) {
      const alpha = time(() => krippendorffAlpha(table, { metric: "nominal" })).seconds;
      const theirAlpha = (await peer.run<{ seconds: number }>({ work: "alpha" })).seconds;
      const theirs = await peer.run<{ seconds: number; iterations: number }>({ work: "dawidSkene" });
      ({ iterations } = theirs);
      const equal = time(() => fitDawidSkene(table, theirs.iterations)).seconds;
      const { seconds: own, result } = time(() => fitDawidSkene(table));
      ownIterations = result.iterations;
      if (turn === 0) continue;
      best.alpha = Math.min(best.alpha, alpha);
      best.theirAlpha = Math.min(best.theirAlpha, theirAlpha);
      best.theirs = Math.min(best.theirs, theirs.seconds);
      best.equal = Math.min(best.equal, equal);
      best.converged = Math.min(best.converged, own);
    }
    const row = (described: { id: string; what: string }, theirs: number, ours: number, detail: string): ReportRow =>
      judge({
        ...described,
        figure: theirs / ours,
        bar: { atLeast: speedUp },
        detail: `${theirs.toFixed(3)} s and ${ours.toFixed(3)} s, best of ${turns}; ${detail}`,
      });
    const detail = `crowd-kit stops after ${iterations} iterations, ours converges after ${ownIterations}`;
    return [
      row(rows.alpha, best.theirAlpha, best.alpha, peer.description),
      row(rows.equal, best.theirs, best.equal, `${iterations} iterations`),
      describe(row(converged, best.theirs, best.converged, detail)),
    ];
  } finally {
    await peer.close();
  }
}

function fitDawidSkene(table: VoteTable, mostIterations?: number) {
  const votes = votesByItem(table);
  const limit = mostIterations === undefined ? {} : { mostIterations };
  return fitConfusionModel(votes, dawidSkeneModel(table.answers), { posterior: voteShares(votes) }, limit);
}

function time<T>(work: () => T): { readonly seconds: number; readonly result: T } {
  const began = performance.now();
  const result = work();
  return { seconds: (performance.now() - began) / 1000, result };
}
