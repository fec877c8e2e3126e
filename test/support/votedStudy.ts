/**
 * An opened study with the simulated votes of an electorate in its tables, for tests of pages that show results. Workers compute the results
 * from these rows. Counted images may be those of finished runs.
 */

import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import { voterRows } from "@pareidolia/perception/study/trialRow";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import { studyVotesChannel } from "@pareidolia/persistence/lab/scores/markRescored";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type OpenedStudy, writeOpenedStudy } from "./openedStudy.ts";
import { classesUpTo, imagesOf, studyDesign } from "./studyDesigns.ts";
import { exportedStudy, simulatedStudy } from "./studyVotes.ts";

export interface ShownImage {
  readonly sha256: string;
  readonly label: number;
  /** Null without a machine. */
  readonly confidence: number | null;
  readonly source: string;
  /** The row of the elite that it shows; its run's model gave the label. */
  readonly eliteId?: string;
  /** The probability that a person of the electorate names the label. */
  readonly recognised: number;
}

/** Whether the answer is a vote, as the counters of images have it. */
const roleOf = { counted: "COUNTED", gold: "GOLD", noise: "NOISE", canary: "CANARY", repeat: "COUNTED" } as const;

const digits = classesUpTo(10);

/** Writes the study with the votes of all voters; the images' labels are digits. */
export async function writeVotedStudy(
  parts: { readonly database: Database; readonly objectStore: ObjectStore },
  { images, voters, title }: { readonly images: readonly ShownImage[]; readonly voters: number; readonly title: string },
): Promise<OpenedStudy> {
  const { connection } = parts.database;
  const design = studyDesign(
    images.length,
    {
      phases: [
        { protocol: resolveProtocol("alternatives", { alternatives: 10 }), timing: resolveParameters(timingSpecs, { imageMs: 250 }) },
      ],
      perVoter: { counted: images.length, gold: 8, noise: 2, canaries: 4 },
    },
    {
      stimuli: images.map(({ sha256, label }) => plainStimulus(sha256, label)),
      labels: digits,
      gold: imagesOf(digits.slice(0, 8), "gold of results"),
      canaries: imagesOf(digits.slice(0, 6), "canary of results"),
      exemplars: [],
    },
  );
  const opened = await writeOpenedStudy(parts, {
    design,
    rules: { exclusion: resolveExclusion({ goldHits: 5, medianMs: 400 }) },
    plan: { labelNames: { en: digits.map(String) } },
    sources: images.map(({ source }) => source),
  });
  const { id: studyId } = opened.study;
  await connection.study.update({ where: { id: studyId }, data: { title } });
  for (const [index, { confidence, eliteId }] of images.entries()) {
    const elite = eliteId === undefined ? null : await connection.elite.findUnique({ where: { id: eliteId }, select: { run: true } });
    await connection.studyImage.update({
      where: { studyId_role_index: { studyId, role: "COUNTED", index } },
      data: { confidence, ...(elite === null ? {} : { eliteId: eliteId ?? null, modelId: elite.run.modelId }) },
    });
  }
  await writeVotes(parts.database, opened, images, voters);
  return opened;
}

/** People who name the label with the image's probability, and say "8" too often otherwise; on gold, most are right. */
function answerOf(images: readonly ShownImage[]) {
  return ({ options, target, role, item }: Trial, voter: number, random: Random): unknown => {
    const draw = random.uniform();
    if (draw < 0.02) return null;
    if (voter === 5) return { choice: random.below(options.length) };
    const right = role === "gold" ? 0.95 : role === "counted" ? (images[item]?.recognised ?? 0.1) : 0.1;
    if (target !== null && random.chance(right)) return { choice: target };
    const eight = options.indexOf(8);
    return { choice: eight >= 0 && random.chance(0.2) ? eight : random.below(options.length) };
  };
}

async function writeVotes(
  { connection }: Database,
  { study, plan }: OpenedStudy,
  images: readonly ShownImage[],
  voters: number,
): Promise<void> {
  const items = [...images.keys()];
  const simulated = simulatedStudy(plan, { voters, answer: answerOf(images), items: () => items });
  const exported = exportedStudy(simulated);
  const tallies = images.map(() => ({ votes: 0, agreeing: 0 }));
  const joinedAt = new Date(Date.now() - 3_600_000);
  for (const voter of simulated.voters) {
    const own = simulated.votes.filter((vote) => vote.voter === voter.number);
    const rows = [...voterRows(exported, { voter, votes: own, exclusions: [] })];
    const id = `${study.id}-voter-${voter.number}`;
    await connection.studyVoter.create({
      data: {
        id,
        studyId: study.id,
        number: voter.number,
        insider: voter.insider,
        consentVersion: 1,
        language: "en",
        items,
        trialCount: trialsOf(plan, voter).length,
        leaseExpiresAt: joinedAt,
        joinedAt,
        finishedAt: voter.finished ? joinedAt : null,
      },
    });
    await connection.vote.createMany({
      data: rows.map(({ trial, vote, agrees }) => ({
        voterId: id,
        trial: trial.number,
        studyId: study.id,
        role: roleOf[trial.role],
        item: trial.item,
        repeated: trial.role === "repeat",
        submissionId: `${voter.number}-${trial.number}`,
        ...(vote.answer === null ? {} : { answer: vote.answer as object }),
        agrees,
        responseMs: vote.responseMs,
        ...(vote.timing === null ? {} : { timing: { ...vote.timing } }),
        votedAt: vote.votedAt,
      })),
    });
    for (const { trial, agrees } of rows) {
      const tally = trial.role === "counted" ? tallies[trial.item] : undefined;
      if (tally === undefined || agrees === null) continue;
      tally.votes++;
      if (agrees) tally.agreeing++;
    }
  }
  for (const [index, tally] of tallies.entries())
    await connection.studyImage.update({
      where: { studyId_role_index: { studyId: study.id, role: "COUNTED", index } },
      data: { ...tally, tallySequence: 1 },
    });
  const voteCount = tallies.reduce((sum, { votes }) => sum + votes, 0);
  await connection.study.update({
    where: { id: study.id },
    data: { voteCount, tallySequence: 1, lastVoterNumber: voters - 1, lastVoteAt: joinedAt },
  });
}

/** Adds votes to the tally of one image, and notifies subscribers as a stored vote does. The votes themselves are not stored. */
export async function addToTally(
  { connection }: Pick<Database, "connection">,
  {
    studyId,
    index,
    votes,
    agreeing,
  }: { readonly studyId: string; readonly index: number; readonly votes: number; readonly agreeing: number },
): Promise<void> {
  const { tallySequence } = await connection.study.update({ where: { id: studyId }, data: { tallySequence: { increment: 1 } } });
  await connection.studyImage.update({
    where: { studyId_role_index: { studyId, role: "COUNTED", index } },
    data: { votes: { increment: votes }, agreeing: { increment: agreeing }, tallySequence },
  });
  await connection.$executeRaw`SELECT pg_notify(${studyVotesChannel}, ${studyId})`;
}

/** Images of an electorate's study without runs: hashes are names of images to be stored. */
export function recognisedBy(random: Random, source: string): number {
  if (source === "photograph") return 0.75 + 0.2 * random.uniform();
  return source === "direct" ? 0.1 + 0.05 * random.uniform() : 0.1 + 0.6 * random.uniform() ** 2;
}

export const randomOfElectorate = (seed: number): Random => new Random({ seed, generation: 0, index: 3, purpose: Purpose.SIMULATE });
