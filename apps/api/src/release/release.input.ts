/** Inputs of the mutations of releases. */
import { Field, ID, InputType, Int } from "type-graphql";
import { ReleaseCreatorKindEnum } from "./release.type.ts";

@InputType("ReleaseCreatorInput", { description: "An author of a release." })
export class ReleaseCreatorInput {
  @Field(() => ReleaseCreatorKindEnum, { defaultValue: "person", description: "Person or organization." })
  kind!: "person" | "organization";

  @Field(() => String, { description: "The name in full, as it is to be cited: 1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Given name of a person." })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: "Family name of a person." })
  familyName?: string | null;

  @Field(() => String, { nullable: true, description: "ORCID iD, such as 0000-0002-1825-0097." })
  orcid?: string | null;

  @Field(() => String, { nullable: true, description: "Affiliation: at most 200 characters." })
  affiliation?: string | null;
}

@InputType("ReleaseLicenceInput", { description: "The licence of a release." })
export class ReleaseLicenceInput {
  @Field(() => String, { description: "Name, such as Creative Commons Attribution 4.0 International: 1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Identifier in SPDX's list, such as CC-BY-4.0." })
  spdx?: string | null;

  @Field(() => String, { description: "Address of its text, http:// or https://." })
  url!: string;
}

@InputType("MakeReleaseInput", { description: "Input of `makeRelease`." })
export class MakeReleaseInput {
  @Field(() => ID, { description: "ID or key of a study that is paused, closed or archived." })
  studyId!: string;

  @Field(() => String, { description: "Semantic version, such as 1.0.0, which the study has not released yet." })
  version!: string;

  @Field(() => String, { description: "Title of the data set: 1 to 300 characters." })
  title!: string;

  @Field(() => String, { description: "What the data set is, in plain text: 1 to 10,000 characters." })
  description!: string;

  @Field(() => [ReleaseCreatorInput], { description: "The authors, in the order of citation: 1 to 100." })
  creators!: ReleaseCreatorInput[];

  @Field(() => String, { description: "Who makes the release available, such as a university: 1 to 200 characters." })
  publisher!: string;

  @Field(() => ReleaseLicenceInput, { description: "The terms under which others may use the data." })
  licence!: ReleaseLicenceInput;

  @Field(() => [String], { defaultValue: [], description: "Keywords: at most 20, each of 1 to 100 characters." })
  keywords!: string[];

  @Field(() => String, { nullable: true, description: "DOI that is reserved for the release, such as 10.1234/abc." })
  doi?: string | null;

  @Field(() => Int, {
    description:
      "The version of the consent that the voters have accepted, as a statement that its text permits sharing their votes in this way.",
  })
  consentVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the first's release.",
  })
  idempotencyKey?: string | null;
}

@InputType("CancelReleaseInput", { description: "Input of `cancelRelease`." })
export class CancelReleaseInput {
  @Field(() => ID, { description: "ID of a release that is queued or being made." })
  releaseId!: string;
}
