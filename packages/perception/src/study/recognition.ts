/**
 * What other pages show of a study's results: for each counted image, the votes that count and those that agree with its label. They are of
 * the study's first question that shows labels, as planned; or of all voters if the plan leaves out every voter.
 */
import type { ProtocolKindId } from "../protocols/registry.ts";
import type { SideName } from "./results/evidence.ts";
import type { StudyResult } from "./studyResults.ts";

/** Whose votes are shown, of results with these numbers of voters as planned; null before the first computation. */
export function shownSide(plannedVoters: number | null): SideName {
  return plannedVoters === null || plannedVoters === 0 ? "everyone" : "planned";
}

/** Questions in which a vote says that an image has a label. A "yes" says only that it shows something. */
const namingKinds: ReadonlySet<string> = new Set<ProtocolKindId>(["alternatives", "reverse"]);

export function recognitionOf({ counts, shared, ...sides }: StudyResult<"plane">): { votes: number[]; agreeing: number[] } {
  const { phases } = sides[shownSide(counts.planned.voters)];
  const shares = phases.find(({ protocol }) => namingKinds.has(protocol))?.shares;
  const none = (): number[] => shared.confidence.map(() => 0);
  return shares?.defined === true ? { votes: [...shares.votes], agreeing: [...shares.agreeing] } : { votes: none(), agreeing: none() };
}
