/** Resolves comments, and those on runs and experiments. */
import type { CommentRecord } from "@pareidolia/persistence/lab/comments/readComments";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { AddCommentInput, CommentInput, EditCommentInput } from "./comment.input.ts";
import {
  AddCommentPayload,
  CommentType,
  commentConnection,
  DeleteCommentPayload,
  EditCommentPayload,
  RestoreCommentPayload,
} from "./comment.type.ts";

type CommentPayload = Promise<Payload<{ comment: CommentRecord }>>;

@Resolver(() => CommentType)
export class CommentResolver {
  @Requires("comment:add")
  @Mutation(() => AddCommentPayload, { description: "Comments on a run or an experiment, also on a locked one." })
  addComment(
    @Arg("input", () => AddCommentInput, { description: "Input of `addComment`." }) input: AddCommentInput,
    @Ctx() { actor, services }: ApiContext,
  ): CommentPayload {
    return resolvePayload("AddCommentSuccess", async () => ({ comment: await services.comments.add(actor, input) }));
  }

  @Requires("comment:edit")
  @Mutation(() => EditCommentPayload, { description: "Changes the text of your own comment; owners may edit every comment." })
  editComment(
    @Arg("input", () => EditCommentInput, { description: "Input of `editComment`." }) input: EditCommentInput,
    @Ctx() { actor, services }: ApiContext,
  ): CommentPayload {
    return resolvePayload("EditCommentSuccess", async () => ({ comment: await services.comments.edit(actor, input) }));
  }

  @Requires("comment:delete")
  @Mutation(() => DeleteCommentPayload, {
    description: "Deletes your own comment; owners may delete every comment. `restoreComment` undoes it within an hour.",
  })
  deleteComment(
    @Arg("input", () => CommentInput, { description: "The comment." }) input: CommentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteCommentSuccess", async () => {
      const { id } = await services.comments.delete(actor, input.commentId);
      return { deletedId: encodeGlobalId("Comment", id) };
    });
  }

  @Requires("comment:restore")
  @Mutation(() => RestoreCommentPayload, { description: "Restores a comment that was deleted within the last hour." })
  restoreComment(
    @Arg("input", () => CommentInput, { description: "The comment." }) input: CommentInput,
    @Ctx() { actor, services }: ApiContext,
  ): CommentPayload {
    return resolvePayload("RestoreCommentSuccess", async () => ({ comment: await services.comments.restore(actor, input.commentId) }));
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() comment: CommentRecord): string {
    return encodeGlobalId("Comment", comment.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who wrote it; null for a deleted account." })
  async author(@Root() comment: CommentRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(comment.createdById);
  }

  @FieldResolver(() => Boolean, { description: "Whether you may edit and delete it." })
  mayEdit(@Root() comment: CommentRecord, @Ctx() { actor, services }: ApiContext): boolean {
    return services.comments.mayEdit(actor, comment);
  }
}

@Resolver(() => RunType)
export class RunCommentsResolver {
  @FieldResolver(() => commentConnection.connection, { complexity: statementCost, description: "Comments on the run, oldest first." })
  comments(
    @Root() run: RunRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<CommentRecord>> {
    return services.comments.list(actor, "Run", run, args);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentCommentsResolver {
  @FieldResolver(() => commentConnection.connection, {
    complexity: statementCost,
    description: "Comments on the experiment, oldest first.",
  })
  comments(
    @Root() experiment: ExperimentRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<CommentRecord>> {
    return services.comments.list(actor, "Experiment", experiment, args);
  }
}
