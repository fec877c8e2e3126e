/** Draws a study's images from those that match its rule. The same candidates and rule always give the same images in the same order. */
import { Purpose, Random } from "@pareidolia/core/random";
import { shuffled } from "../draws.ts";
import type { SelectionRule } from "./selectionRule.ts";

export interface Candidate {
  /** SHA-256 of its bytes. */
  readonly image: string;
  /** The class that the network names. */
  readonly label: number;
  /** The network's confidence, 0 to 1. */
  readonly confidence: number;
}

const better = (a: Candidate, b: Candidate): number =>
  b.confidence - a.confidence || (a.image < b.image ? -1 : a.image > b.image ? 1 : 0) || a.label - b.label;

/** The first candidate with each key, the most confident ones first. */
function distinct<C extends Candidate>(candidates: readonly C[], key: (candidate: C) => unknown): C[] {
  const seen = new Set<unknown>();
  return candidates.filter((candidate) => {
    const own = key(candidate);
    if (seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

/**
 * An image with several labels keeps the one with the highest confidence.
 * @param chosen images chosen by hand, which are always part of the study.
 */
export function drawImages<C extends Candidate>(candidates: readonly C[], chosen: readonly C[], rule: SelectionRule): C[] {
  const excluded = new Set(rule.excluded);
  const byHand = distinct([...chosen].sort(better), ({ image }) => image).filter(({ image }) => !excluded.has(image));
  const taken = new Set(byHand.map(({ image }) => image));
  const images = distinct([...candidates].sort(better), ({ image }) => image);
  const niches = rule.oneEachNiche ? distinct(images, ({ label }) => label) : images;
  const open = niches.filter(({ image }) => !excluded.has(image) && !taken.has(image));
  const random = new Random({ seed: rule.seed, generation: 0, index: 0, purpose: Purpose.SELECT });
  const drawn = rule.take === null ? open : shuffled(open, random).slice(0, Math.max(0, rule.take - byHand.length));
  return [...byHand, ...drawn];
}
