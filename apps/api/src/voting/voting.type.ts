/** The results of the mutations of voters. */
import { Extensions, Field, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { maxTrials } from "./ballot.ts";
import { Ballot, BallotVoter } from "./ballot.type.ts";

@Requires("vote:cast")
@ObjectType("JoinStudySuccess", { description: "The sender is a voter of the study, by this request or by an earlier one." })
export class JoinStudySuccess {
  @Field(() => Ballot, { description: "The ballot, with the voter." })
  readonly ballot!: unknown;

  @Field(() => String, {
    nullable: true,
    description: "The secret with which this voter votes, from any device. Shown only here; null for a member who had joined before.",
  })
  readonly session!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The code with which the voter withdraws, such as 7KQ4 M2XP. Shown only here; null for a member who had joined before.",
  })
  readonly withdrawalCode!: string | null;
}

@Requires("vote:cast")
@ObjectType("CastVoteSuccess", { description: "The trial has a vote." })
export class CastVoteSuccess {
  @Field(() => BallotVoter, { description: "The voter after the vote." })
  readonly voter!: unknown;

  @Field(() => Boolean, {
    description: "Whether this submission is the trial's vote. False if an earlier one is, or if the voter has taken this one back.",
  })
  readonly recorded!: boolean;
}

@Requires("vote:cast")
@ObjectType("CastVotesSuccess", { description: "The votes were received; none of them needs to be sent again." })
export class CastVotesSuccess {
  @Field(() => BallotVoter, { description: "The voter after the votes." })
  readonly voter!: unknown;

  @Extensions({ longest: maxTrials })
  @Field(() => [Int], { description: "Numbers of the trials whose vote is now the one that was sent." })
  readonly recorded!: readonly number[];

  @Extensions({ longest: maxTrials })
  @Field(() => [Int], {
    description:
      "Numbers of the trials whose votes came too late: cast after the study had closed, on trials that the voter had not received before, more than two hours after the voter's latest vote, or from members who could read its results by then.",
  })
  readonly tooLate!: readonly number[];
}

@Requires("vote:cast")
@ObjectType("UndoVoteSuccess", { description: "The trial is open again." })
export class UndoVoteSuccess {
  @Field(() => BallotVoter, { description: "The voter after the change." })
  readonly voter!: unknown;
}

@Requires("vote:cast")
@ObjectType("FinishStudySuccess", { description: "The voter has finished." })
export class FinishStudySuccess {
  @Field(() => BallotVoter, { description: "The voter, with the result of the gold trials." })
  readonly voter!: unknown;
}

@Requires("vote:cast")
@ObjectType("WithdrawVotesSuccess", { description: "Everything that the voter left in the study is removed." })
export class WithdrawVotesSuccess {
  @Field(() => Int, { description: "Number of votes removed, skipped trials included." })
  readonly removedVotes!: number;
}

const payload = (name: string, success: new () => object): object =>
  payloadOf({ name: `${name[0]?.toUpperCase()}${name.slice(1)}Payload`, description: `Result of \`${name}\`.`, success, missing: true });

export const JoinStudyPayload = payload("joinStudy", JoinStudySuccess);
export const CastVotePayload = payload("castVote", CastVoteSuccess);
export const CastVotesPayload = payload("castVotes", CastVotesSuccess);
export const UndoVotePayload = payload("undoVote", UndoVoteSuccess);
export const FinishStudyPayload = payload("finishStudy", FinishStudySuccess);
export const WithdrawVotesPayload = payload("withdrawVotes", WithdrawVotesSuccess);
