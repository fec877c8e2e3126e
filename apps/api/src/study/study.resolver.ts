/** Resolves studies and their images. */

import type { StudyImageRole } from "@pareidolia/core/studyState";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { StudyImageRecord } from "@pareidolia/persistence/studies/studies/studyImages";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, studyKey } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { statementCost, surveyCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import { StudyDraftScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import type { StudyOpening } from "./opening.ts";
import {
  ChangeStudyStateInput,
  CreateStudyInput,
  DeleteStudyInput,
  EditStudyInput,
  ForkStudyInput,
  OpenStudyInput,
  StudyFilter,
} from "./study.input.ts";
import {
  ChangeStudyStatePayload,
  CreateStudyPayload,
  DeleteStudyPayload,
  EditStudyPayload,
  ForkStudyPayload,
  OpenStudyPayload,
  StudyImageType,
  StudyType,
  studyConnection,
  studyImageConnection,
} from "./study.type.ts";
import { StudyOpeningType } from "./studyOpening.type.ts";
import { StudyImageRoleEnum } from "./studyState.type.ts";

type StudyPayload = Payload<{ study: StudyRecord }>;
const studySuccess = async (study: Promise<StudyRecord>): Promise<{ study: StudyRecord }> => ({ study: await study });

async function findLastActor(
  study: StudyRecord,
  actions: readonly string[],
  { actor, services, loaders }: ApiContext,
): Promise<UserRecord | null> {
  if (!(await loaders.mayInspectStudy.load(study))) return null;
  const id = await services.studies.findLastActor(actor, study, actions);
  return id === null ? null : loaders.user.load(id);
}

@Resolver(() => StudyType)
export class StudyResolver {
  @Requires("study:read")
  @Query(() => studyConnection.connection, { description: "Studies of the workspace, latest first." })
  studies(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => StudyFilter, {
      nullable: true,
      description: "Conditions that each study must meet. Archived studies are left out unless `states` names them.",
    })
    filter: StudyFilter | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<StudyRecord>> {
    return services.studies.list(actor, args, filter);
  }

  @Requires("study:create")
  @Mutation(() => CreateStudyPayload, { description: "Creates a draft from a template, and draws its images." })
  createStudy(
    @Arg("input", () => CreateStudyInput, { description: "Input of `createStudy`." }) input: CreateStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyPayload> {
    return resolvePayload("StudySuccess", () => studySuccess(services.studies.create(actor, input)));
  }

  @Requires("study:edit")
  @Mutation(() => EditStudyPayload, { description: "Changes a draft. Draws its images again if the rules for them changed." })
  editStudy(
    @Arg("input", () => EditStudyInput, { description: "Input of `editStudy`." }) input: EditStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyPayload> {
    return resolvePayload("StudySuccess", () => studySuccess(services.studies.edit(actor, input)));
  }

  @Requires("study:open")
  @Mutation(() => OpenStudyPayload, {
    description: "Opens a draft for voting, and locks its images, protocol, stopping rule and exclusion rules as one plan with a hash.",
  })
  openStudy(
    @Arg("input", () => OpenStudyInput, { description: "Input of `openStudy`." }) input: OpenStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyPayload> {
    return resolvePayload("StudySuccess", () => studySuccess(services.studies.open(actor, input)));
  }

  @Requires("study:changeState")
  @Mutation(() => ChangeStudyStatePayload, { description: "Pauses, resumes, closes, archives or restores a study." })
  changeStudyState(
    @Arg("input", () => ChangeStudyStateInput, { description: "Input of `changeStudyState`." }) input: ChangeStudyStateInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyPayload> {
    return resolvePayload("StudySuccess", () => studySuccess(services.studies.changeState(actor, input)));
  }

  @Requires("study:create")
  @Mutation(() => ForkStudyPayload, {
    description: "Copies the rules and images of a study to a new draft. The study itself does not change.",
  })
  forkStudy(
    @Arg("input", () => ForkStudyInput, { description: "Input of `forkStudy`." }) input: ForkStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyPayload> {
    return resolvePayload("StudySuccess", () => studySuccess(services.studies.fork(actor, input)));
  }

  @Requires("study:delete")
  @Mutation(() => DeleteStudyPayload, { description: "Deletes a draft. A study that was opened cannot be deleted, only archived." })
  deleteStudy(
    @Arg("input", () => DeleteStudyInput, { description: "Input of `deleteStudy`." }) input: DeleteStudyInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteStudySuccess", async () => ({
      deletedId: encodeGlobalId("Study", (await services.studies.delete(actor, input.studyId)).id),
    }));
  }

  @FieldResolver(() => ID, { description: "ID of the study: opaque, and unique across all types." })
  id(@Root() study: StudyRecord): string {
    return encodeGlobalId("Study", study.id);
  }

  @FieldResolver(() => String, { description: "Short key of the study, such as STU-3; accepted wherever its ID is." })
  key(@Root() study: StudyRecord): string {
    return studyKey(study.number);
  }

  @FieldResolver(() => Boolean, { description: "Whether your role permits you to edit studies. Only a draft can be edited." })
  mayEdit(@Root() study: StudyRecord, @Ctx() { actor, services }: ApiContext): boolean {
    return services.studies.mayEdit(actor, study);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "User who created the draft." })
  createdBy(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(study.createdById);
  }

  @FieldResolver(() => StudyType, { nullable: true, description: "The study from which it was forked; null for other studies." })
  async forkedFrom(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<StudyRecord | null> {
    return study.forkedFromId === null ? null : loaders.study.load(study.forkedFromId);
  }

  @FieldResolver(() => StudyDraftScalar, {
    nullable: true,
    description:
      "The rules that researchers edit. An open study follows its plan, which was made from them. Null for labellers and viewers, and while you vote in the study.",
  })
  async draft(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<unknown> {
    return (await loaders.mayInspectStudy.load(study)) ? study.draft : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The locked plan as canonical JSON; its SHA-256 is `planHash`. Null in a draft, for labellers and viewers, and while you vote in the study.",
  })
  async planText(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    return (await loaders.mayInspectStudy.load(study)) ? study.planText : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The secret part of the link with which visitors vote. Null in a draft, in a study for members only, for labellers and viewers, and while you vote in the study.",
  })
  async linkToken(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    return (await loaders.mayInspectStudy.load(study)) ? study.linkToken : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "Seed of all trials. It determines the position of each right answer, so it is null for labellers and viewers, and while you vote in the study.",
  })
  async seed(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<number | null> {
    return (await loaders.mayInspectStudy.load(study)) ? study.seed : null;
  }

  @FieldResolver(() => Int, { description: "Number of voters who have not withdrawn." })
  async voterCount(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.studyVoters.load(study.id)).voters;
  }

  @FieldResolver(() => Int, { description: "Number of voters who finished all their trials and have not withdrawn." })
  async finishedVoterCount(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.studyVoters.load(study.id)).finished;
  }

  @FieldResolver(() => Int, {
    description:
      "Of `voteCount`, the votes of insiders: members who could read the labels before they voted. Results as planned leave them out.",
  })
  insiderVoteCount(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.studyInsiderVotes.load(study.id);
  }

  @FieldResolver(() => Int, { description: "Number of counted images." })
  imageCount(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.studyImageCount.load(study.id);
  }

  @FieldResolver(() => [RunType], {
    nullable: "itemsAndList",
    complexity: statementCost,
    description:
      "The runs that `draft.selection.runs` names, in that order, with null for a deleted run. Null for labellers and viewers, and while you vote in the study.",
  })
  async selectedRuns(@Root() study: StudyRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<(RunRecord | null)[] | null> {
    return (await loaders.mayInspectStudy.load(study)) ? services.studies.selectedRuns(actor, study) : null;
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    complexity: statementCost,
    description: "User who last changed the draft, or created it. Null for labellers and viewers, and while you vote in the study.",
  })
  changedBy(@Root() study: StudyRecord, @Ctx() context: ApiContext): Promise<UserRecord | null> {
    return findLastActor(study, ["study:create", "study:edit"], context);
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    complexity: statementCost,
    description: "User who opened the study. Null in a draft, for labellers and viewers, and while you vote in the study.",
  })
  openedBy(@Root() study: StudyRecord, @Ctx() context: ApiContext): Promise<UserRecord | null> {
    return findLastActor(study, ["study:open"], context);
  }

  @FieldResolver(() => [ImageType], {
    description: "The first images, at most three. Empty for labellers and viewers, and while you vote in the study.",
  })
  async previewImages(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord[]> {
    if (!(await loaders.mayInspectStudy.load(study))) return [];
    const hashes = await loaders.studyPreview.load(study.id);
    const images = await loaders.image.loadMany(hashes);
    return images.filter((image): image is ImageRecord => image !== null && !(image instanceof Error));
  }

  @Requires("study:inspect")
  @FieldResolver(() => StudyOpeningType, {
    nullable: true,
    complexity: surveyCost,
    description:
      "What `openStudy` would lock, what keeps the draft from opening, and whom its rules would count, by simulated voters. Null for a study that was opened. Only for researchers.",
  })
  opening(@Root() study: StudyRecord, @Ctx() { actor, services }: ApiContext): Promise<StudyOpening | null> {
    return services.studies.opening(actor, study);
  }

  @Requires("study:inspect")
  @Extensions({ cheaper: "imageCount" })
  @FieldResolver(() => studyImageConnection.connection, {
    complexity: statementCost,
    description:
      "The images of one role, in the plan's order, with their labels. Only for researchers, and not while they vote in the study.",
  })
  images(
    @Root() study: StudyRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("role", () => StudyImageRoleEnum, { defaultValue: "COUNTED", description: "Role of the images. Default: COUNTED." })
    role: StudyImageRole,
    @Arg("indices", () => [Int], {
      nullable: true,
      description: "Only images at these places in the plan's list, at most 1,000. Default: all.",
    })
    indices: number[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<StudyImageRecord>> {
    return services.studies.listImages(actor, study, Object.assign(args, { role, indices }));
  }
}

@Resolver(() => StudyImageType)
export class StudyImageResolver {
  @FieldResolver(() => ImageType, { description: "The stored image." })
  image(@Root() row: StudyImageRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, row.imageSha256);
  }

  @FieldResolver(() => ModelType, {
    nullable: true,
    description: "The network that gave the label and confidence; null if none did, or it was deleted.",
  })
  model(@Root() row: StudyImageRecord, @Ctx() { loaders }: ApiContext): Promise<unknown> | null {
    return row.modelId === null ? null : loaders.model.load(row.modelId);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: "ID of the elite with this image; null if it is not an elite, or the elite was deleted.",
  })
  eliteId(@Root() row: StudyImageRecord): string | null {
    return row.eliteId === null ? null : encodeGlobalId("Elite", row.eliteId);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: "ID of the photo with this image; null if it is not a photo, or the photo was deleted.",
  })
  photoId(@Root() row: StudyImageRecord): string | null {
    return row.photoId === null ? null : encodeGlobalId("Photo", row.photoId);
  }
}
