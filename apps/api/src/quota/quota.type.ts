/** The quotas of a workspace and its usage of them. */
import { usualMeasured } from "@pareidolia/persistence/lab/images/runImages";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("quota:read")
@ObjectType("Quota", { description: "A limit and how much of it is used." })
export class QuotaType {
  @Field(() => Float, { description: "The amount used. It can exceed the limit if the limit was lowered." })
  readonly used!: number;

  @Field(() => Float, { description: "The most that the workspace may have, in the quota's unit." })
  readonly limit!: number;
}

@Requires("quota:read")
@ObjectType("StorageShare", { description: "The storage that one kind of file uses." })
export class StorageShareType {
  @Field(() => Int, { description: "Number of files." })
  readonly count!: number;

  @Field(() => Float, { description: "Their total size, in bytes." })
  readonly byteLength!: number;
}

@Requires("quota:read")
@ObjectType("RunImages", { description: "The images that the workspace's runs computed. Those of runs in the trash do not count." })
export class RunImagesType {
  @Field(() => Int, { description: "Number of different images." })
  readonly count!: number;

  @Field(() => Float, { description: "Their total size, in bytes." })
  readonly byteLength!: number;

  @Field(() => Boolean, { description: `Whether the size is extrapolated from ${usualMeasured.toLocaleString("en")} of them.` })
  readonly isEstimate!: boolean;
}

@Requires("quota:read")
@ObjectType("RunQuota", { description: "How many runs of the workspace compute, and how many may." })
export class RunQuotaType {
  @Field(() => Int, { description: "Number of runs that compute now." })
  readonly running!: number;

  @Field(() => Int, { nullable: true, description: "The most runs that compute at the same time; null for no limit. Others wait." })
  readonly limit!: number | null;

  @Field(() => Int, {
    description:
      "While runs of several workspaces wait, each workspace gets computing time in proportion to its share. Default: 1; only the operator of the server changes it.",
  })
  readonly share!: number;
}

@Requires("quota:read")
@ObjectType("Quotas", { description: "The quotas of the workspace. The operator of the server sets them." })
export class QuotasType {
  @Field(() => QuotaType, {
    description: "Storage, in bytes: models, photographs, uploads, releases of studies and exports. Images that runs compute do not count.",
  })
  readonly storage!: QuotaType;

  @Field(() => QuotaType, {
    description: "Bytes of all uploads that were requested within the last 24 hours, including deleted uploads and replaced parts.",
  })
  readonly sent!: QuotaType;

  @Field(() => QuotaType, { description: "Number of uploads whose file has not arrived." })
  readonly pendingUploads!: QuotaType;

  @Field(() => RunQuotaType, { description: "Runs that compute at the same time." })
  readonly runs!: RunQuotaType;

  @Field(() => StorageShareType, {
    description: "Files of models. A model whose file is still being downloaded counts as 256 MB, the largest file that is accepted.",
  })
  readonly models!: StorageShareType;

  @Field(() => StorageShareType, { description: "Photographs, as they are stored." })
  readonly photos!: StorageShareType;

  @Field(() => StorageShareType, { description: "Finished uploads from which no model or photo was created." })
  readonly uploads!: StorageShareType;

  @Field(() => StorageShareType, { description: "Unfinished uploads, with their announced sizes." })
  readonly pending!: StorageShareType;

  @Field(() => StorageShareType, { description: "Archives of releases of studies." })
  readonly releases!: StorageShareType;

  @Field(() => StorageShareType, { description: "Archives of exports, until they expire." })
  readonly exports!: StorageShareType;
}
