/** An upload: a file that a user sends, from which a model or photo can be created. */
import type { UploadForm } from "@pareidolia/persistence/server/objectStores/postedFiles";
import type { UploadRecord } from "@pareidolia/persistence/server/uploads/readUploads";
import { Extensions, Field, Float, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { everySender, Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { maxInBatch } from "../settled.ts";
import { UploadKindEnum } from "./upload.input.ts";

@Requires("upload:read")
@ObjectType("Upload", { description: "A file that a member sends. It can be used once it has arrived and `finishUpload` has checked it." })
export class UploadType {
  @Field(() => ID, { description: "A UUID, which mutations take to use the file." })
  readonly id!: string;

  @Field(() => UploadKindEnum, { description: "The purpose of the file." })
  readonly kind!: string;

  @Field(() => String, { description: "Name of the file on its sender's computer." })
  readonly fileName!: string;

  @Field(() => Float, { description: "Size of the file, in bytes." })
  readonly byteLength!: number;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the file, in hexadecimal; null while the upload is unfinished.",
  })
  readonly sha256!: string | null;

  @Field(() => DateTimeScalar, { description: "When the upload was requested. It is deleted a day later unless it is used." })
  readonly createdAt!: Date;
}

export const uploadConnection = connectionTypesOf({ noun: "Upload", plural: "uploads", node: UploadType, action: "upload:read" });

@Requires(everySender)
@ObjectType("UploadFormField", { description: "A field of the form that sends a file." })
export class UploadFormFieldType {
  @Field(() => String, { description: "Name of the field." })
  readonly name!: string;

  @Field(() => String, { description: "Value of the field." })
  readonly value!: string;
}

@Requires("upload:create")
@ObjectType("UploadForm", {
  description:
    "The form that sends a file. POST it as multipart/form-data: all `fields` unchanged, then the file as the last field, named `file`. " +
    "A status of 2xx means that the file has arrived. The form accepts only a file of the announced size.",
})
export class UploadFormType {
  @Field(() => String, { description: "Where to POST the form: an absolute URL of the object store, or a path of the API." })
  readonly url!: string;

  @Field(() => [UploadFormFieldType], { description: "Fields of the form, in their order." })
  readonly fields!: readonly UploadFormFieldType[];

  @Field(() => DateTimeScalar, { description: "When the form expires. A transfer that has begun may take longer." })
  readonly expiresAt!: Date;
}

@Requires("upload:create")
@ObjectType("RequestUploadSuccess", { description: "The size of the file is reserved. Send it with the form, then call `finishUpload`." })
export class RequestUploadSuccess {
  @Field(() => UploadType, { description: "The upload, unfinished." })
  readonly upload!: UploadType;

  @Field(() => UploadFormType, { description: "The form that sends the file." })
  readonly form!: UploadFormType;
}

@Requires("upload:finish")
@ObjectType("FinishUploadSuccess", { description: "The file has arrived as announced, and can be used." })
export class FinishUploadSuccess {
  @Field(() => UploadType, { description: "The upload: measured, hashed and ready for use." })
  readonly upload!: UploadType;
}

@Requires("upload:delete")
@ObjectType("DeleteUploadSuccess", { description: "The upload is deleted. A model or photo created from it is kept." })
export class DeleteUploadSuccess {
  @Field(() => ID, { description: "ID of the deleted upload." })
  readonly deletedId!: string;
}

export interface IssuedUpload {
  readonly upload: UploadRecord;
  readonly form: UploadFormType;
}

export function toFormType({ url, fields }: UploadForm, expiresAt: Date): UploadFormType {
  return { url, fields: Object.entries(fields).map(([name, value]) => ({ name, value })), expiresAt };
}

export const RequestUploadPayload = payloadOf({
  name: "RequestUploadPayload",
  description: "Result of `requestUpload`.",
  success: RequestUploadSuccess,
  missing: false,
  quota: true,
});

@Requires("upload:create")
@ObjectType("RequestUploadsSuccess", { description: "Each file has a result of its own: stored, or refused with the reason." })
export class RequestUploadsSuccess {
  @Extensions({ longest: maxInBatch })
  @Field(() => [RequestUploadPayload], { description: "The result for each file, in their order." })
  readonly results!: readonly unknown[];
}

export const RequestUploadsPayload = payloadOf({
  name: "RequestUploadsPayload",
  description: "Result of `requestUploads`.",
  success: RequestUploadsSuccess,
  missing: false,
});

export const FinishUploadPayload = payloadOf({
  name: "FinishUploadPayload",
  description: "Result of `finishUpload`.",
  success: FinishUploadSuccess,
  missing: true,
});

export const DeleteUploadPayload = payloadOf({
  name: "DeleteUploadPayload",
  description: "Result of `deleteUpload`.",
  success: DeleteUploadSuccess,
  missing: true,
});
