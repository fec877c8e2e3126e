/** Resolves the assignments of a study's images to members. */

import type { StudyAssignmentRecord } from "@pareidolia/persistence/studies/norming/assignments";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { MemberRecord } from "@pareidolia/persistence/workspace/members/members";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { MemberType } from "../member/member.type.ts";
import { Requires } from "../policy/requires.ts";
import { StudyType } from "../study/study.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { AssignStudyImagesInput, AssignStudyImagesPayload, StudyAssignmentType } from "./studyAssignment.type.ts";

@Resolver(() => StudyAssignmentType)
export class StudyAssignmentResolver {
  @Requires("study:assign")
  @Mutation(() => AssignStudyImagesPayload, {
    description: "Assigns counted images of an open study to members. They get these images before others when they join.",
  })
  assignStudyImages(
    @Arg("input", () => AssignStudyImagesInput, { description: "Input of `assignStudyImages`." }) input: AssignStudyImagesInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ assignments: StudyAssignmentRecord[] }>> {
    return resolvePayload("AssignStudyImagesSuccess", async () => ({ assignments: await services.studyAssignments.assign(actor, input) }));
  }

  @FieldResolver(() => MemberType, { description: "Who is to vote." })
  member(@Root() { memberId }: StudyAssignmentRecord, @Ctx() { loaders }: ApiContext): Promise<MemberRecord> {
    return loadExisting(loaders.member, memberId);
  }

  @FieldResolver(() => UserType, { description: "The member's user." })
  user(@Root() { userId }: StudyAssignmentRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord> {
    return loadExisting(loaders.user, userId);
  }
}

@Resolver(() => StudyType)
export class StudyAssignmentsResolver {
  @Requires("study:assign")
  @FieldResolver(() => [StudyAssignmentType], {
    complexity: statementCost,
    description: "The members who may vote in it, with the images that are assigned to them, by name. Only for researchers.",
  })
  assignments(@Root() study: StudyRecord, @Ctx() { actor, services }: ApiContext): Promise<StudyAssignmentRecord[]> {
    return services.studyAssignments.list(actor, study);
  }

  @FieldResolver(() => Int, {
    description: "Number of images that are assigned to the sender and await the sender's answers; 0 once the study takes no votes.",
  })
  imagesAwaitingSender(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.imagesAwaitingSender.load(study.id);
  }
}
