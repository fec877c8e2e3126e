/** Resolves ballots, and the mutations of voters. None of them needs an account. */

import { AppError } from "@pareidolia/core/appError";
import { Arg, Args, ArgsType, Ctx, Extensions, Field, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ReadsAgain } from "../firstAnswer/readAgain.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { type BallotView, maxTrials, type TrialView, type VoterView } from "./ballot.ts";
import { Ballot, BallotGold, BallotTrial, BallotVoter } from "./ballot.type.ts";
import { CastVoteInput, CastVotesInput, FinishStudyInput, JoinStudyInput, UndoVoteInput, WithdrawVotesInput } from "./voting.input.ts";
import type { GoldView, JoinedVoter } from "./voting.service.ts";
import {
  CastVotePayload,
  CastVotesPayload,
  FinishStudyPayload,
  JoinStudyPayload,
  UndoVotePayload,
  WithdrawVotesPayload,
} from "./voting.type.ts";
import { nullIfUnreadable, weighingCost } from "./weighing.ts";

@ArgsType()
class BallotArguments {
  @Field(() => ID, { nullable: true, description: "ID of the study, or its key such as STU-12; for members." })
  study?: string | null;

  @Field(() => String, { nullable: true, description: "The secret part of the study's link; for all others." })
  link?: string | null;

  @Field(() => String, { nullable: true, description: "The session that `joinStudy` returned." })
  session?: string | null;
}

@ArgsType()
class TrialArguments {
  @Field(() => Int, { defaultValue: 0, description: "Number of the first trial. Default: 0." })
  from!: number;

  @Field(() => Int, { defaultValue: 20, description: "Number of trials, at most 100. Default: 20." })
  count!: number;
}

/** For a repeated request: the voter as of now. */
async function readVoter({ actor, services }: ApiContext, { study, session }: FinishStudyInput): Promise<VoterView> {
  const ballot = await services.voting.readBallot(actor, { study, session });
  if (ballot?.voter == null) throw new AppError("NOT_FOUND", "You have not joined this study, or have withdrawn from it.");
  return ballot.voter;
}

@Resolver(() => Ballot)
export class BallotResolver {
  @Requires("vote:cast")
  @Query(() => Ballot, {
    nullable: true,
    complexity: statementCost,
    description:
      "What voters may know of a study, which is found by its link or a session or, for members, by its ID. Null if there is none.",
  })
  ballot(@Args(() => BallotArguments) address: BallotArguments, @Ctx() { actor, services }: ApiContext): Promise<BallotView | null> {
    return services.voting.readBallot(actor, address);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    complexity: weighingCost,
    description:
      "About the bytes of the images of one session. Null if the images cannot be read now, as while the object store is not available.",
  })
  imageBytes(@Root() { shelved }: BallotView, @Ctx() { services }: ApiContext): Promise<number | null> {
    return services.ballotImages.weigh(shelved).catch(nullIfUnreadable);
  }
}

@Resolver(() => BallotVoter)
export class BallotVoterResolver {
  @Extensions({ longest: maxTrials })
  @FieldResolver(() => [BallotTrial], { description: "The voter's trials, in order, with everything needed to vote offline." })
  trials(
    @Root() voter: VoterView,
    @Args(() => TrialArguments) range: TrialArguments,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly TrialView[]> {
    return services.voting.readTrials(voter, range);
  }

  @FieldResolver(() => BallotGold, {
    nullable: true,
    complexity: statementCost,
    description: "The result of the gold trials. Null until the voter has finished, and for studies without gold trials.",
  })
  gold(@Root() voter: VoterView, @Ctx() { services }: ApiContext): Promise<GoldView | null> {
    return services.voting.readGold(voter);
  }
}

@Resolver()
export class VotingResolver {
  // A voter who reloads the page may have another screen.
  @Extensions({ inputMayDiffer: true })
  @Requires("vote:cast")
  @Mutation(() => JoinStudyPayload, { description: "Makes the sender a voter of an open study, and assigns images to the voter." })
  joinStudy(
    @Arg("input", () => JoinStudyInput, { description: "Input of `joinStudy`." }) input: JoinStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<JoinedVoter>> {
    return resolvePayload("JoinStudySuccess", () => services.voting.join(actor, input));
  }

  @ReadsAgain("voter", readVoter)
  @Requires("vote:cast")
  @Mutation(() => CastVotePayload, { description: "Stores the answer to a trial. Each trial has one vote: the first one that arrives." })
  castVote(
    @Arg("input", () => CastVoteInput, { description: "Input of `castVote`." }) input: CastVoteInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ voter: VoterView; recorded: boolean }>> {
    return resolvePayload("CastVoteSuccess", () => services.voting.cast(actor, input));
  }

  @ReadsAgain("voter", readVoter)
  @Requires("vote:cast")
  @Mutation(() => CastVotesPayload, {
    description:
      "Stores answers that a browser kept while it was offline. For two hours after the voter's latest vote, also after the study has closed, it accepts votes that were cast before on trials that the voter had received by then.",
  })
  castVotes(
    @Arg("input", () => CastVotesInput, { description: "Input of `castVotes`." }) input: CastVotesInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ voter: VoterView; recorded: readonly number[]; tooLate: readonly number[] }>> {
    return resolvePayload("CastVotesSuccess", async () => services.voting.castMany(actor, input));
  }

  @ReadsAgain("voter", readVoter)
  @Requires("vote:cast")
  @Mutation(() => UndoVotePayload, {
    description:
      "Takes back the voter's latest vote or skip. Not possible once the voter has finished. " +
      "For two hours after the voter's latest vote, also after the study has closed, it accepts what the voter took back before.",
  })
  undoVote(
    @Arg("input", () => UndoVoteInput, { description: "Input of `undoVote`." }) input: UndoVoteInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ voter: VoterView }>> {
    return resolvePayload("UndoVoteSuccess", () => services.voting.undo(actor, input));
  }

  @ReadsAgain("voter", readVoter)
  @Requires("vote:cast")
  @Mutation(() => FinishStudyPayload, { description: "Ends the voter's session once every trial is answered or skipped." })
  finishStudy(
    @Arg("input", () => FinishStudyInput, { description: "Input of `finishStudy`." }) input: FinishStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ voter: VoterView }>> {
    return resolvePayload("FinishStudySuccess", () => services.voting.finish(actor, input));
  }

  @Requires("vote:cast")
  @Mutation(() => WithdrawVotesPayload, {
    description:
      "Removes everything that a voter left in a study, and the computed results of the study. Possible at any time, even after the study has closed.",
  })
  withdrawVotes(
    @Arg("input", () => WithdrawVotesInput, { description: "Input of `withdrawVotes`." }) input: WithdrawVotesInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ removedVotes: number }>> {
    return resolvePayload("WithdrawVotesSuccess", () => services.voting.withdraw(actor, input));
  }
}
