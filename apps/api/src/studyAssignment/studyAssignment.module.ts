/** API module for the assignment of images to members. */
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { StudyAssignmentResolver, StudyAssignmentsResolver } from "./studyAssignment.resolver.ts";
import { StudyAssignmentService } from "./studyAssignment.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyAssignments: StudyAssignmentService;
  }
  interface Loaders {
    readonly imagesAwaitingSender: Load<number>;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "study:assign": researchers };

export const studyAssignmentModule: NounModule = {
  resolvers: [StudyAssignmentResolver, StudyAssignmentsResolver],
  actions,
  services: { studyAssignments: ({ database, services }) => new StudyAssignmentService({ database, studies: services.studies }) },
  loaders: {
    imagesAwaitingSender: ({ actor, services }) => new DataLoader((ids) => services.studyAssignments.countAwaiting(actor, ids)),
  },
};
