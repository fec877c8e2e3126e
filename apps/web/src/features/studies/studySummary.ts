/** What a list says about a study: its protocol in words, and the votes that it needs. */
import { AppError } from "@pareidolia/core/appError";
import { protocolKinds } from "@pareidolia/perception/protocols/registry";
import { parseStudyDraft, type StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { templates } from "@pareidolia/perception/templates/registry";

/** Null for readers who may not see it, and for a draft of a newer version. */
export function findDraft(document: unknown): StudyDraft | null {
  if (document === null || document === undefined) return null;
  try {
    return parseStudyDraft(document);
  } catch (cause) {
    if (cause instanceof AppError) return null;
    throw cause;
  }
}

/** For example "two labels, 250 ms and a mask". */
export function describeProtocol({ template, phases }: Pick<StudyDraft, "template" | "phases">): string {
  const first = phases[0];
  const kind = protocolKinds.find(({ id }) => id === first?.protocol.kind);
  const name = templates.find(({ id }) => id === template)?.label ?? kind?.label ?? "no protocol";
  const exposure = first === undefined || first.timing.imageMs === 0 ? "" : `, ${first.timing.imageMs} ms`;
  const mask = first === undefined || first.timing.maskMs === 0 ? "" : " and a mask";
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${exposure}${mask}`;
}

interface VoteTarget {
  /** Counted images. */
  readonly images: number;
  readonly phases: readonly unknown[];
  /** Voters for each image. */
  readonly overlap: number;
}

/** Counted votes once each image has been shown to its number of voters, who vote on it in each phase. */
export function neededVotes({ images, phases, overlap }: VoteTarget): number {
  return images * phases.length * overlap;
}
