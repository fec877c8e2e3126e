/** The life of a study: a draft opens once, may pause and resume, closes, and is archived. */
export const studyStates = ["DRAFT", "OPEN", "PAUSED", "CLOSED", "ARCHIVED"] as const;
export type StudyState = (typeof studyStates)[number];

/** Who may vote: labellers, researchers and owners of the workspace, or every visitor with the link, too. */
export const studyAccesses = ["MEMBERS", "LINK"] as const;
export type StudyAccess = (typeof studyAccesses)[number];

/** The states from which each state can be entered. */
const predecessors: Readonly<Record<StudyState, readonly StudyState[]>> = {
  DRAFT: [],
  OPEN: ["DRAFT", "PAUSED"],
  PAUSED: ["OPEN"],
  CLOSED: ["OPEN", "PAUSED", "ARCHIVED"],
  ARCHIVED: ["CLOSED"],
};

export function statesBefore(state: StudyState): readonly StudyState[] {
  return predecessors[state];
}

/** What a study shows an image for. */
export const studyImageRoles = ["COUNTED", "GOLD", "NOISE", "CANARY", "EXEMPLAR"] as const;
export type StudyImageRole = (typeof studyImageRoles)[number];
