/** The states of a study, who may vote in it, and what it shows an image for. */
import { studyAccesses, studyImageRoles, studyStates } from "@pareidolia/core/studyState";
import { registerEnumType } from "type-graphql";

export const StudyStateEnum = Object.fromEntries(studyStates.map((state) => [state, state]));

registerEnumType(StudyStateEnum, {
  name: "StudyState",
  description: "State of a study.",
  valuesConfig: {
    DRAFT: { description: "Researchers are still editing it." },
    OPEN: { description: "People vote, and the plan is locked." },
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
    LINK: { description: "Every visitor with the study's link, and the members." },
  },
});

export const StudyImageRoleEnum = Object.fromEntries(studyImageRoles.map((role) => [role, role]));

registerEnumType(StudyImageRoleEnum, {
  name: "StudyImageRole",
  description: "Role of an image in a study.",
  valuesConfig: {
    COUNTED: { description: "Answers to it count as votes." },
    GOLD: { description: "A photograph whose label people know, which checks attention." },
    NOISE: { description: "Random pixels, which check attention." },
    CANARY: {
      description: "An image that many networks give the same label and people rarely do. It reveals answers copied from a network.",
    },
    EXEMPLAR: { description: "A photograph that illustrates a label." },
  },
});
