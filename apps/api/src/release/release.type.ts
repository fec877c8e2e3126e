/** A release of a study: an immutable archive of its plan, images, genomes, votes, results and metadata. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { StudyStateEnum } from "../study/studyState.type.ts";

export const ReleaseCreatorKindEnum = { PERSON: "person", ORGANIZATION: "organization" } as const;

registerEnumType(ReleaseCreatorKindEnum, {
  name: "ReleaseCreatorKind",
  description: "What the creator of a release is.",
  valuesConfig: {
    PERSON: { description: "Someone with a family name and a given name." },
    ORGANIZATION: { description: "An organization, such as a laboratory." },
  },
});

@Requires("release:inspect")
@ObjectType("ReleaseCreator", { description: "An author of a release, as given by the member who made it." })
export class ReleaseCreator {
  @Field(() => ReleaseCreatorKindEnum, { description: "Person or organization." })
  readonly kind!: string;

  @Field(() => String, { description: "The name in full, as it is to be cited." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "Given name of a person; null if unknown." })
  readonly givenName!: string | null;

  @Field(() => String, { nullable: true, description: "Family name of a person; null if unknown." })
  readonly familyName!: string | null;

  @Field(() => String, { nullable: true, description: "ORCID iD, such as 0000-0002-1825-0097; null without one." })
  readonly orcid!: string | null;

  @Field(() => String, { nullable: true, description: "Affiliation; null if unknown." })
  readonly affiliation!: string | null;
}

@Requires("release:inspect")
@ObjectType("ReleaseLicence", { description: "The licence of a release." })
export class ReleaseLicence {
  @Field(() => String, { description: "Name, such as Creative Commons Attribution 4.0 International." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "Identifier in SPDX's list, such as CC-BY-4.0; null if it is not there." })
  readonly spdx!: string | null;

  @Field(() => String, { description: "Address of its text." })
  readonly url!: string;
}

@Requires("release:inspect")
@ObjectType("ReleaseCounts", { description: "What a release contains." })
export class ReleaseCountsType {
  @Field(() => Int, { description: "Number of files in the archive." })
  readonly files!: number;

  @Field(() => Int, { description: "Number of distinct images." })
  readonly images!: number;

  @Field(() => Int, { description: "Number of distinct genomes." })
  readonly genomes!: number;

  @Field(() => Int, { description: "Number of voters with answers. Voters who had withdrawn are not among them." })
  readonly voters!: number;

  @Field(() => Int, { description: "Number of rows of the table of trials: answers and skipped trials of all roles." })
  readonly trials!: number;

  @Field(() => Int, { description: "Number of counted votes." })
  readonly votes!: number;
}

@Requires("release:inspect")
@ObjectType("Release", {
  implements: NodeInterface,
  description:
    "An immutable snapshot of a study as one ZIP archive, with metadata and checksums. `npm run verify` recomputes every number from it.",
})
export class ReleaseType extends NodeInterface {
  @Field(() => Int, { description: "Number of the release in its study, from 1, in order of request." })
  readonly number!: number;

  @Field(() => String, { description: "Semantic version, such as 1.0.0." })
  readonly version!: string;

  @Field(() => WorkStateEnum, { description: "State of the job that makes it. It can be downloaded once it has succeeded." })
  readonly state!: string;

  @Field(() => Int, { description: "Steps done by the job so far." })
  readonly done!: number;

  @Field(() => Int, { nullable: true, description: "Steps in all; null before the job has counted them." })
  readonly total!: number | null;

  @Field(() => String, { nullable: true, description: "Why it failed; null if it did not." })
  readonly failure!: string | null;

  @Field(() => String, { nullable: true, description: "SHA-256 of the archive in hexadecimal; null until it is made." })
  readonly sha256!: string | null;

  @Field(() => Float, { nullable: true, description: "Size of the archive in bytes; null until it is made." })
  readonly byteLength!: number | null;

  @Field(() => ReleaseCountsType, { nullable: true, description: "What it contains; null until it is made." })
  readonly counts!: ReleaseCountsType | null;

  @Field(() => StudyStateEnum, { nullable: true, description: "State of the study when its votes were read; null until it is made." })
  readonly studyState!: string | null;

  @Field(() => Int, {
    description:
      "Number of voters in this release who have withdrawn since. Their votes are in none of the later releases; this one stays as it is.",
  })
  readonly withdrawnSince!: number;

  @Field(() => DateTimeScalar, { description: "When it was requested." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker began to make it; null before." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made, failed or was cancelled; null before." })
  readonly endedAt!: Date | null;
}

@Requires("release:make")
@ObjectType("MakeReleaseSuccess", { description: "The requested release. A worker makes it." })
export class MakeReleaseSuccess {
  @Field(() => ReleaseType, { description: "The requested release." })
  readonly release!: unknown;
}

@Requires("release:cancel")
@ObjectType("CancelReleaseSuccess", { description: "The cancelled release." })
export class CancelReleaseSuccess {
  @Field(() => ReleaseType, { description: "The cancelled release." })
  readonly release!: unknown;
}

export const MakeReleasePayload = payloadOf({
  name: "MakeReleasePayload",
  description: "Result of `makeRelease`.",
  success: MakeReleaseSuccess,
  missing: true,
  quota: true,
});

export const CancelReleasePayload = payloadOf({
  name: "CancelReleasePayload",
  description: "Result of `cancelRelease`.",
  success: CancelReleaseSuccess,
  missing: true,
});
