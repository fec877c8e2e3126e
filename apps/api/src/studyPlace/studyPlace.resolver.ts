/** Resolves the places of a study, for its owners. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { PlaceRecord } from "@pareidolia/persistence/studies/voting/readPlaces";
import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { StudyType } from "../study/study.type.ts";
import type { StudyPlaces } from "./studyPlace.service.ts";
import {
  RaiseVoterLimitInput,
  RaiseVoterLimitPayload,
  RemoveStudyVotersInput,
  RemoveStudyVotersPayload,
  StudyPlacesType,
  StudyPlaceType,
  studyPlaceConnection,
} from "./studyPlace.type.ts";

@Resolver(() => StudyType)
export class PlacesOfStudyResolver {
  @Requires("study:managePlaces")
  @FieldResolver(() => StudyPlacesType, {
    complexity: statementCost,
    description: "The places for voters without an account, and who holds them. Only for owners.",
  })
  places(@Root() study: StudyRecord, @Ctx() { actor, services }: ApiContext): Promise<StudyPlaces> {
    return services.studyPlaces.read(actor, study);
  }
}

@Resolver(() => StudyPlacesType)
export class StudyPlacesResolver {
  @FieldResolver(() => studyPlaceConnection.connection, {
    complexity: statementCost,
    description: "Voters who have not withdrawn, members included, the latest first.",
  })
  voters(
    @Root() places: StudyPlaces,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PlaceRecord>> {
    return services.studyPlaces.list(actor, places, args);
  }

  @Requires("study:managePlaces")
  @Mutation(() => RemoveStudyVotersPayload, {
    description: "Removes voters without an account who have no votes, so that others can take their places. Their sessions end.",
  })
  removeStudyVoters(
    @Arg("input", () => RemoveStudyVotersInput, { description: "Input of `removeStudyVoters`." }) input: RemoveStudyVotersInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ removed: readonly number[]; study: StudyRecord }>> {
    return resolvePayload("RemoveStudyVotersSuccess", () => services.studyPlaces.remove(actor, input));
  }

  @Requires("study:managePlaces")
  @Mutation(() => RaiseVoterLimitPayload, {
    description: "Lets more voters without an account take part in a study that is open or paused. The plan and its hash do not change.",
  })
  raiseVoterLimit(
    @Arg("input", () => RaiseVoterLimitInput, { description: "Input of `raiseVoterLimit`." }) input: RaiseVoterLimitInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ study: StudyRecord }>> {
    return resolvePayload("RaiseVoterLimitSuccess", () => services.studyPlaces.raiseLimit(actor, input));
  }
}

@Resolver(() => StudyPlaceType)
export class StudyPlaceResolver {
  @FieldResolver(() => String, { description: "The name under which the voter's votes are stored, such as V-07." })
  pseudonym(@Root() { number }: PlaceRecord): string {
    return pseudonymOf(number);
  }
}
