/** API module for the places of a study. */
import type { NounModule } from "../assembly/nounModule.ts";
import { owners } from "../policy/actions.ts";
import { PlacesOfStudyResolver, StudyPlaceResolver, StudyPlacesResolver } from "./studyPlace.resolver.ts";
import { StudyPlaceService } from "./studyPlace.service.ts";
import { studyPlaceConnection } from "./studyPlace.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyPlaces: StudyPlaceService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "study:managePlaces": owners };

export const studyPlaceModule: NounModule = {
  resolvers: [PlacesOfStudyResolver, StudyPlacesResolver, StudyPlaceResolver, studyPlaceConnection.resolver],
  actions,
  services: { studyPlaces: ({ database, services }) => new StudyPlaceService({ database, studies: services.studies }) },
};
