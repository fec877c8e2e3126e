/** API module for votes. */
import type { Role } from "@pareidolia/core/actor";
import type { NounModule } from "../assembly/nounModule.ts";
import type { SharedResource } from "../policy/resource.ts";
import { BallotImageService } from "./ballotImage.service.ts";
import { StudyShelf } from "./studyShelf.ts";
import { StudyWeightResolver } from "./studyWeight.resolver.ts";
import { BallotResolver, BallotVoterResolver, VotingResolver } from "./voting.resolver.ts";
import { VotingService } from "./voting.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyShelf: StudyShelf;
    readonly voting: VotingService;
    readonly ballotImages: BallotImageService;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<keyof typeof actions, SharedResource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Viewers only read; with the link, they vote without an account like every visitor. */
const voters: readonly Role[] = ["OWNER", "RESEARCHER", "LABELLER"];
const actions = { "vote:cast": [...voters, "VISITOR"] } as const;

export const votingModule: NounModule = {
  resolvers: [BallotResolver, BallotVoterResolver, VotingResolver, StudyWeightResolver],
  actions,
  services: {
    studyShelf: ({ database }) => new StudyShelf(database),
    voting: ({ database, secret, services }) => new VotingService({ database, secret, shelf: services.studyShelf }),
    ballotImages: ({ database, objectStore, services }) => new BallotImageService({ database, objectStore, shelf: services.studyShelf }),
  },
};
