/**
 * Simulated voters for checking a plan before it opens: a perfect voter, whom no plan may leave out; a typical one, who sometimes errs; and
 * one who guesses. How often typical voters err is an assumption, stated here, and shown with every forecast.
 */
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import type { Random } from "@pareidolia/core/random";
import type { Sight } from "../protocols/protocolKind.ts";
import { hasAnswerToNoise, type Protocol } from "../protocols/registry.ts";
import type { TrialRole } from "../trials/voterStreams.ts";

export const voterKinds = ["perfect", "typical", "guessing"] as const;
export type VoterKind = (typeof voterKinds)[number];

export interface SimulatedVoter {
  sees(role: TrialRole, protocol: Protocol, random: Random): Sight;
  /** Milliseconds from the image to the answer, if the trial does not end before. */
  responseMs(random: Random): number;
}

/** Probabilities that a typical voter names a photograph, the label of a counted image, and a canary's. */
const typicalSight: Readonly<Record<Exclude<TrialRole, "noise">, number>> = { gold: 0.95, counted: 0.6, repeat: 0.6, canary: 0.2 };
/**
 * That a typical voter says to recognise nothing in noise: rarely missed where the question has an answer for it, but where labels are
 * offered, people choose one about as often as "can't tell".
 */
const seesNoise = { withAnswer: 0.9, withLabels: 0.5 } as const;

/** A log-normal time with this median. */
function timeAround(median: number, spread: number, random: Random): number {
  return median * Math.exp(spread * normalQuantile((random.uint32() + 0.5) * 2 ** -32));
}

/** @param slowest the longest median time that the plan's rules ask for: a perfect voter takes that time. */
export function simulatedVoter(id: VoterKind, slowest: number): SimulatedVoter {
  switch (id) {
    case "perfect":
      return { sees: (role) => (role === "noise" ? "nothing" : "label"), responseMs: () => Math.max(2_000, slowest) };
    case "typical":
      return {
        sees(role, protocol, random) {
          if (role !== "noise") return random.chance(typicalSight[role]) ? "label" : "guess";
          return random.chance(hasAnswerToNoise(protocol) ? seesNoise.withAnswer : seesNoise.withLabels) ? "nothing" : "guess";
        },
        responseMs: (random) => timeAround(2_000, 0.5, random),
      };
    case "guessing":
      return { sees: () => "guess", responseMs: (random) => timeAround(400, 0.5, random) };
  }
}
