/** The places for voters of a study, and the mutations of its owners. */
import { type PlaceState, placeStates } from "@pareidolia/persistence/studies/voting/readPlaces";
import { Extensions, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { StudyType } from "../study/study.type.ts";

/** Voters in one request. */
export const maxRemoved = 1_000;

const StudyPlaceStateEnum = Object.fromEntries(placeStates.map((state) => [state, state])) as { [State in PlaceState]: State };
registerEnumType(StudyPlaceStateEnum, {
  name: "StudyPlaceState",
  description: "What a voter has made of a place in a study.",
  valuesConfig: {
    HELD: { description: "The voter has joined, and the place is held for some minutes. Answers confirm it." },
    CONFIRMED: { description: "The first answers have confirmed the place." },
    FINISHED: { description: "The voter has finished." },
    RETURNED: { description: "The hold has ended without answers that confirm the place. Others can take it." },
  },
});

@Requires("study:managePlaces")
@ObjectType("StudyPlace", { description: "A voter of a study who has not withdrawn, without what the voter answered." })
export class StudyPlaceType {
  @Field(() => Int, { description: "Number of the voter, from 0, as `removeStudyVoters` takes it." })
  readonly number!: number;

  @Field(() => Boolean, { description: "Whether the voter joined without an account. Only such voters need a place." })
  readonly anonymous!: boolean;

  @Field(() => StudyPlaceStateEnum, { description: "State of the place." })
  readonly state!: PlaceState;

  @Field(() => Int, { description: "Number of trials that the voter has answered; skipped trials are not." })
  readonly answers!: number;

  @Field(() => DateTimeScalar, { description: "When the voter joined." })
  readonly joinedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when the voter's images are held. Null for voters who have finished, and once the hold has ended.",
  })
  readonly heldUntil!: Date | null;
}

export const studyPlaceConnection = connectionTypesOf({
  noun: "StudyPlace",
  plural: "voters of a study",
  node: StudyPlaceType,
  action: "study:managePlaces",
});

@Requires("study:managePlaces")
@ObjectType("StudyPlaces", { description: "A study's places for voters without an account, and its voters." })
export class StudyPlacesType {
  @Field(() => Int, { description: "Number of places. `raiseVoterLimit` raises it." })
  readonly limit!: number;

  @Field(() => Int, { description: "Number of places that are taken: confirmed by answers, or held." })
  readonly taken!: number;

  @Field(() => Int, { description: "Of those taken, the places that are held, and not confirmed yet." })
  readonly held!: number;

  @Field(() => Int, { description: "Number of voters whose hold has ended without answers that confirm the place. They take none." })
  readonly returned!: number;
}

@InputType("RemoveStudyVotersInput", { description: "Input of `removeStudyVoters`." })
export class RemoveStudyVotersInput {
  @Field(() => ID, { description: "ID or key of the study." })
  studyId!: string;

  @Extensions({ longest: maxRemoved })
  @Field(() => [Int], { description: "Numbers of voters, at most 1,000. Those with votes stay." })
  voters!: number[];
}

@InputType("RaiseVoterLimitInput", { description: "Input of `raiseVoterLimit`." })
export class RaiseVoterLimitInput {
  @Field(() => ID, { description: "ID or key of a study that is open or paused." })
  studyId!: string;

  @Field(() => Int, { description: "The new number of voters without an account: higher than before, and at most 1,000,000." })
  limit!: number;
}

@Requires("study:managePlaces")
@ObjectType("RemoveStudyVotersSuccess", { description: "The voters are removed." })
export class RemoveStudyVotersSuccess {
  @Extensions({ longest: maxRemoved })
  @Field(() => [Int], { description: "Numbers of the voters who were removed, ascending. The others had votes, or had withdrawn." })
  readonly removed!: readonly number[];

  @Field(() => StudyType, { description: "The study after the change." })
  readonly study!: unknown;
}

@Requires("study:managePlaces")
@ObjectType("RaiseVoterLimitSuccess", { description: "The study takes more voters without an account." })
export class RaiseVoterLimitSuccess {
  @Field(() => StudyType, { description: "The study after the change." })
  readonly study!: unknown;
}

export const RemoveStudyVotersPayload = payloadOf({
  name: "RemoveStudyVotersPayload",
  description: "Result of `removeStudyVoters`.",
  success: RemoveStudyVotersSuccess,
  missing: true,
});

export const RaiseVoterLimitPayload = payloadOf({
  name: "RaiseVoterLimitPayload",
  description: "Result of `raiseVoterLimit`.",
  success: RaiseVoterLimitSuccess,
  missing: true,
});
