/**
 * The paper's claims, the abstract's first and then R1 to R11 in its order (Nguyen, Yosinski & Clune 2015, arXiv 1412.1897). All are judged
 * by one rule (`judgeClaim`). A statement covers exactly what its verdict judges: a part of a claim with a different outcome has its own
 * letter.
 */
import type { Claim } from "./claim.ts";
import { digitClaims } from "./digitClaims.ts";
import { imagenetClaims } from "./imagenetClaims.ts";
import { peopleClaims } from "./peopleClaims.ts";
import { retrainingClaims } from "./retrainingClaims.ts";

/** R2 before R2b before R10. */
function placeOf({ id }: Claim): number {
  const [, number = "0", letter = ""] = /^R(\d+)([a-z]?)$/.exec(id) ?? [];
  return 100 * Number(number) + (letter === "" ? 0 : letter.charCodeAt(0) - 96);
}

export const claims: readonly Claim[] = [...peopleClaims, ...digitClaims, ...imagenetClaims, ...retrainingClaims].sort(
  (one, other) => placeOf(one) - placeOf(other),
);
