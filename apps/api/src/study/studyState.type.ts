/** The states of a study, who may vote in it, and what it shows an image for. */
import { studyAccesses, studyImageRoles, studyStates } from "@pareidolia/core/studyState";
import { registerEnumType } from "type-graphql";

export const StudyStateEnum = Object.fromEntries(studyStates.map((state) => [state, state]));

registerEnumType(StudyStateEnum, {
  name: "StudyState",
  description: "State of a study.",
  valuesConfig: {
    DRAFT: { description: "Researchers still edit it." },
    OPEN: { description: "People vote. Its plan is locked." },
    PAUSED: { description: "Voting is paused." },
    CLOSED: { description: "Voting has ended." },
    ARCHIVED: { description: "Closed, and no longer listed by default." },
  },
});

export const StudyAccessEnum = Object.fromEntries(studyAccesses.map((access) => [access, access]));

registerEnumType(StudyAccessEnum, {
  name: "StudyAccess",
  description: "Who may vote in a study.",
  valuesConfig: {
    MEMBERS: { description: "Labellers, researchers and owners of its workspace." },
    LINK: { description: "Every visitor with its link, and the members." },
  },
});

export const StudyImageRoleEnum = Object.fromEntries(studyImageRoles.map((role) => [role, role]));

registerEnumType(StudyImageRoleEnum, {
  name: "StudyImageRole",
  description: "What a study shows an image for.",
  valuesConfig: {
    COUNTED: { description: "Answers count as votes." },
    GOLD: { description: "A photograph whose label people know; checks attention." },
    NOISE: { description: "Random pixels; checks attention." },
    CANARY: { description: "Many networks give it the same label, and people rarely do; reveals answers copied from a network." },
    EXEMPLAR: { description: "A photograph that illustrates a label." },
  },
});
