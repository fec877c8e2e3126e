/** API module for norming rooms. */
import type { Role } from "@pareidolia/core/actor";
import type { NormingRoomRecord, StudyDecisionRecord } from "@pareidolia/persistence/studies/norming/readRooms";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import type { RoomsOfStudy } from "./closedRooms.ts";
import {
  NormingRoomMutations,
  NormingRoomResolver,
  RoomDecisionResolver,
  RoomImageResolver,
  StudyImageDecisionsResolver,
  StudyRoomsResolver,
} from "./normingRoom.resolver.ts";
import { NormingRoomService } from "./normingRoom.service.ts";
import { RoomExportService } from "./roomExport.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly normingRooms: NormingRoomService;
    readonly roomExports: RoomExportService;
  }
  interface Loaders {
    readonly normingRoom: Load<NormingRoomRecord | null>;
    readonly normingRoomsOfStudy: Load<RoomsOfStudy>;
    readonly decisionsOfStudy: Load<StudyDecisionRecord[]>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly NormingRoom: NormingRoomRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Everyone who may vote as a member. The room's service also checks the membership in the room. */
const participants: readonly Role[] = ["OWNER", "RESEARCHER", "LABELLER"];
const actions = {
  "normingRoom:takePart": participants,
  "normingRoom:vote": participants,
  "normingRoom:undoVote": participants,
  "normingRoom:reveal": participants,
  "normingRoom:comment": participants,
  "normingRoom:decide": participants,
  "normingRoom:create": researchers,
  "normingRoom:changeMembers": researchers,
  "normingRoom:startSecondRound": researchers,
};

export const normingRoomModule: NounModule = {
  resolvers: [
    NormingRoomResolver,
    RoomImageResolver,
    RoomDecisionResolver,
    StudyRoomsResolver,
    StudyImageDecisionsResolver,
    NormingRoomMutations,
  ],
  actions,
  services: {
    normingRooms: ({ database, roomChanges, services }) =>
      new NormingRoomService({
        database,
        roomChanges,
        shelf: services.studyShelf,
        studies: services.studies,
        voting: services.voting,
      }),
    roomExports: ({ database, services }) => new RoomExportService({ database, shelf: services.studyShelf, studies: services.studies }),
  },
  loaders: {
    normingRoom: ({ actor, services }) => new DataLoader<string, NormingRoomRecord | null>((ids) => services.normingRooms.load(actor, ids)),
    normingRoomsOfStudy: ({ actor, services }) => new DataLoader((ids) => services.normingRooms.listOfStudies(actor, ids)),
    decisionsOfStudy: ({ actor, services }) => new DataLoader((ids) => services.normingRooms.listDecisions(actor, ids)),
  },
  nodes: { NormingRoom: { byId: ({ normingRoom }) => normingRoom } },
};
