/** A small release of simulated votes for tests: real images and genomes, and every part that a release may have. */
import { createHash } from "node:crypto";
import { Purpose, Random } from "@pareidolia/core/random";
import { encodePng } from "@pareidolia/images/png";
import type { StoppingRule } from "@pareidolia/perception/stopping/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { resolveExclusion } from "@pareidolia/perception/voters/exclusion";
import type { ReleaseDescription } from "@pareidolia/release/metadata/releaseDescription";
import { plannedImages, type ReleasedImage } from "@pareidolia/release/tables/imageTable";
import type { ReleasedVoter } from "@pareidolia/release/tables/voterTable";
import type { ReleaseInput } from "@pareidolia/release/writeRelease";
import { studyDesign } from "./studyDesigns.ts";
import { studyPlan } from "./studyPlans.ts";
import { type SimulationOptions, simulatedStudy } from "./studyVotes.ts";

export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** An 8 x 8 image that depends on the name. */
function pngOf(name: string): Uint8Array {
  const seed = Number.parseInt(sha256Of(name).slice(0, 7), 16);
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.SIMULATE });
  return encodePng({ width: 8, height: 8, channels: 3, pixels: Uint8Array.from({ length: 192 }, () => random.below(256)) });
}

export const releaseDescription: ReleaseDescription = {
  title: "What people see in evolved images",
  description: "Simulated votes on random images, for a test.",
  version: "1.0.0",
  releasedOn: "2026-03-01",
  creators: [
    {
      kind: "person",
      name: "Ada Example",
      givenName: "Ada",
      familyName: "Example",
      orcid: "0000-0002-1825-0097",
      affiliation: "Example Lab",
    },
    { kind: "organization", name: "Example Lab", givenName: null, familyName: null, orcid: null, affiliation: null },
  ],
  publisher: "Example Lab",
  releasedBy: "Ada Example",
  licence: {
    name: "Creative Commons Attribution 4.0 International",
    spdx: "CC-BY-4.0",
    url: "https://creativecommons.org/licenses/by/4.0/",
  },
  keywords: ["fooling images", "perception"],
  doi: null,
  url: null,
  softwareVersion: "0.1.0",
};

export interface SampleOptions extends Partial<SimulationOptions> {
  readonly images?: number;
  /** By default, two alternatives of a label in one phase. */
  readonly design?: DesignedTrials;
  /** By default, a fixed number of votes. */
  readonly stopping?: StoppingRule;
}

/** Ten images and seven voters by default; voter 6 has images that the server assigned. */
export function sampleRelease({ images = 10, design, stopping, voters = 7, ...more }: SampleOptions = {}): ReleaseInput {
  const named = design ?? { ...studyDesign(images), perVoter: { counted: images, gold: 2, noise: 1, canaries: 1 } };
  const files = new Map<string, Uint8Array>();
  const hashed = (name: string): string => {
    const bytes = pngOf(name);
    const hash = sha256Of(bytes);
    files.set(hash, bytes);
    return hash;
  };
  const withHashes = <T extends { readonly image: string }>(list: readonly T[]): T[] =>
    list.map((one) => ({ ...one, image: hashed(one.image) }));
  const plan = studyPlan(
    {
      ...named,
      stimuli: withHashes(named.stimuli),
      gold: withHashes(named.gold),
      canaries: withHashes(named.canaries),
      noise: named.noise.map(hashed),
      exemplars: named.exemplars.slice(0, 3).map(({ label, images: list }) => ({ label, images: list.slice(0, 2).map(hashed) })),
    },
    { exclusion: resolveExclusion({ goldHits: 1, medianMs: 400 }), ...(stopping === undefined ? {} : { stopping }) },
  );
  const items = Array.from({ length: Math.ceil(images / 2) }, (_, index) => 2 * index);
  const study = simulatedStudy(plan, { voters, items: (voter) => (voter === 6 ? items : null), ...more });
  const evidence = collectStudy(study);
  const genomes = new Map<string, Uint8Array>();
  const released = plannedImages(plan).map(({ role, index }): ReleasedImage => {
    const image = role === "counted" ? study.images[index] : undefined;
    const genome = image?.source === "cppn" ? new TextEncoder().encode(`genome ${index}`) : null;
    if (genome !== null) genomes.set(sha256Of(genome), genome);
    return {
      role,
      index,
      source: image?.source ?? (role === "noise" ? "noise" : "photograph"),
      confidence: image?.confidence ?? null,
      model: role === "canary" ? "LeNet" : (image?.model ?? null),
      encoding: genome === null ? null : "cppn",
      genome: genome === null ? null : sha256Of(genome),
      generation: image?.generation ?? null,
      agreeingNetworks: (image?.networks ?? []).filter(({ agrees }) => agrees).map(({ model }) => model),
      otherNetworks: (image?.networks ?? []).filter(({ agrees }) => !agrees).map(({ model }) => model),
    };
  });
  const get = (from: ReadonlyMap<string, Uint8Array>, hash: string): Promise<Uint8Array> => {
    const found = from.get(hash);
    return found === undefined ? Promise.reject(new Error(`There is no file ${hash}.`)) : Promise.resolve(found);
  };
  return {
    description: releaseDescription,
    study: "STU-12",
    planText: serialiseStudyPlan(plan),
    images: released,
    readImage: (hash) => get(files, hash),
    readGenome: (hash) => get(genomes, hash),
    voters: study.voters.map((voter): ReleasedVoter => ({ ...voter, language: "en", consentVersion: 1 })),
    readVotes: (number) => Promise.resolve(study.votes.filter(({ voter }) => voter === number)),
    results: Object.fromEntries(resultKindIds.map((kind) => [kind, computeResult(kind, evidence)])),
  };
}

/** All bytes of a stream. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(Buffer.concat(all));
}
