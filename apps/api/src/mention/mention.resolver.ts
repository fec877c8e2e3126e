/** Resolves the fields of mentions, and the mentions of each run and experiment. */
import type { CommentRecord } from "@pareidolia/persistence/lab/comments/readComments";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { MentionRecord } from "@pareidolia/persistence/lab/mentions/listMentions";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CommentType } from "../comment/comment.type.ts";
import type { ApiContext } from "../context.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { RunType } from "../run/run.type.ts";
import type { MentionRow } from "./mention.service.ts";
import { MentionType, mentionConnection } from "./mention.type.ts";

@Resolver(() => MentionType)
export class MentionResolver {
  @FieldResolver(() => CommentType, { nullable: true, description: "The comment; null for notes." })
  async comment(@Root() { commentId }: MentionRecord, @Ctx() { loaders }: ApiContext): Promise<CommentRecord | null> {
    return commentId === null ? null : loaders.comment.load(commentId);
  }

  @FieldResolver(() => RunType, {
    nullable: true,
    description: "The run that the comment or notes are about; null if they are about an experiment.",
  })
  async run(@Root() { runId }: MentionRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> {
    return runId === null ? null : loaders.run.load(runId);
  }

  @FieldResolver(() => ExperimentType, {
    nullable: true,
    description: "The experiment that the comment or notes are about; null if they are about a run.",
  })
  async experiment(@Root() { experimentId }: MentionRecord, @Ctx() { loaders }: ApiContext): Promise<ExperimentRecord | null> {
    return experimentId === null ? null : loaders.experiment.load(experimentId);
  }
}

@Resolver(() => RunType)
export class RunMentionsResolver {
  @FieldResolver(() => mentionConnection.connection, {
    complexity: statementCost,
    description: "Comments and notes on other runs and on experiments that mention the run by its key, newest first.",
  })
  mentions(
    @Root() run: RunRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<MentionRow>> {
    return services.mentions.list(actor, "Run", run, args);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentMentionsResolver {
  @FieldResolver(() => mentionConnection.connection, {
    complexity: statementCost,
    description: "Comments and notes on runs and on other experiments that mention the experiment by its key, newest first.",
  })
  mentions(
    @Root() experiment: ExperimentRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<MentionRow>> {
    return services.mentions.list(actor, "Experiment", experiment, args);
  }
}
