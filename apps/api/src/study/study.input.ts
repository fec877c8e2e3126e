/** Creates, edits, opens, forks and closes studies. */
import { Extensions, Field, ID, InputType, Int } from "type-graphql";
import { StudyDraftScalar } from "../openValue/openValues.ts";
import { StudyAccessEnum, StudyStateEnum } from "./studyState.type.ts";

/** Images of a new study chosen by hand. */
export const maxChosen = 1_000;

@InputType("StudyFilter", { description: "Conditions for studies, all of which must hold. A condition that is null or absent is ignored." })
export class StudyFilter {
  @Field(() => [StudyStateEnum], { nullable: true, description: "Only studies in these states." })
  states?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Words, each of which is in the title or the key (such as STU-3), ignoring case; at most 200 characters.",
  })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "If true, only studies with images that are assigned to the sender and await the sender's answers.",
  })
  awaitingSender?: boolean | null;
}

@InputType("CreateStudyInput", { description: "Input of `createStudy`." })
export class CreateStudyInput {
  @Field(() => String, { description: "The study's title, which voters see: 1 to 120 characters." })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: "ID of the template to start from. Default: two labels, as in experiment 1 of Zhou & Firestone 2019.",
  })
  template?: string | null;

  @Field(() => [ID], { nullable: true, description: "IDs or keys of runs whose images the study shows: at most 50." })
  runIds?: string[] | null;

  @Extensions({ longest: maxChosen })
  @Field(() => [ID], { nullable: true, description: "IDs or keys of images that the study shows: at most 1,000." })
  imageIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the study of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("EditStudyInput", { description: "Input of `editStudy`." })
export class EditStudyInput {
  @Field(() => ID, { description: "ID or key of a draft." })
  studyId!: string;

  @Field(() => Int, { description: "The revision that you changed. If the draft has changed since, nothing is saved." })
  revision!: number;

  @Field(() => String, { nullable: true, description: "New title. Default: unchanged." })
  title?: string | null;

  @Field(() => StudyAccessEnum, { nullable: true, description: "Who may vote. Default: unchanged." })
  access?: string | null;

  @Field(() => StudyDraftScalar, {
    nullable: true,
    description:
      "The whole draft, as `Study.draft` returns it. Runs, models and photos may also be given by their IDs or keys. Images are drawn again if the selection, gold, noise, canaries or exemplars changed. Default: unchanged.",
  })
  draft?: unknown;
}

@InputType("OpenStudyInput", { description: "Input of `openStudy`." })
export class OpenStudyInput {
  @Field(() => ID, { description: "ID or key of a draft." })
  studyId!: string;

  @Field(() => Int, { description: "The revision to open. If the draft has changed since, it is not opened." })
  revision!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Hash of the plan to lock, as `Study.opening` returns it. If the plan would have another one, the draft is not opened. Default: any.",
  })
  planHash?: string | null;
}

@InputType("ChangeStudyStateInput", { description: "Input of `changeStudyState`." })
export class ChangeStudyStateInput {
  @Field(() => ID, { description: "ID or key of a study that was opened." })
  studyId!: string;

  @Field(() => StudyStateEnum, {
    description:
      "PAUSED pauses an open study, and OPEN resumes it. CLOSED ends it for good, or takes it out of the archive. ARCHIVED archives a closed study.",
  })
  state!: string;
}

@InputType("ForkStudyInput", { description: "Input of `forkStudy`." })
export class ForkStudyInput {
  @Field(() => ID, { description: "ID or key of any study." })
  studyId!: string;

  @Field(() => String, { nullable: true, description: "Title of the new draft. Default: that of the study." })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the draft of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("DeleteStudyInput", { description: "Input of `deleteStudy`." })
export class DeleteStudyInput {
  @Field(() => ID, { description: "ID or key of a draft." })
  studyId!: string;
}
