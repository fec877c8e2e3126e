/** What a voter has made of a place, in words. */
import type { PlaceOfVoterFragment, StudyPlaceState } from "../../graphql/generated/graphql.ts";

export const placeStateNames: Readonly<Record<StudyPlaceState, string>> = {
  HELD: "held",
  CONFIRMED: "confirmed",
  FINISHED: "finished",
  RETURNED: "returned",
};

/** Whether the voter takes or took a place without an answer. The API also keeps voters who have only skipped trials. */
export function isRemovable({ anonymous, state, answers }: PlaceOfVoterFragment): boolean {
  return anonymous && answers === 0 && (state === "HELD" || state === "RETURNED");
}
