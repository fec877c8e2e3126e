/** The foil policies, by the ID that a study stores. */
import { far, near } from "./byDistance.ts";
import { cyclicShift } from "./cyclicShift.ts";
import type { FoilPolicy } from "./foilPolicy.ts";
import { listed } from "./listed.ts";
import { random } from "./random.ts";
import { secondChoice } from "./secondChoice.ts";

const policies = { cyclicShift, random, secondChoice, near, far, listed };

export type FoilPolicyId = keyof typeof policies;

export const foilPolicyIds = Object.keys(policies) as readonly FoilPolicyId[];

export function getFoilPolicy(id: FoilPolicyId): FoilPolicy {
  return policies[id];
}
