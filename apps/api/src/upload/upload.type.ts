/** An uploaded file, from which a model or photo can be created. */
import { Field, Float, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("upload:read")
@ObjectType("Upload", { description: "A file sent to POST /uploads, at most 256 MB." })
export class UploadType {
  @Field(() => ID, { description: "The `id` returned by POST /uploads." })
  readonly id!: string;

  @Field(() => String, { description: "SHA-256 of the file, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Float, { description: "Size of the file, in bytes." })
  readonly byteLength!: number;

  @Field(() => DateTimeScalar, { description: "When the upload was stored." })
  readonly createdAt!: Date;
}

export const uploadConnection = connectionTypesOf({ noun: "Upload", plural: "uploads", node: UploadType, action: "upload:read" });

@Requires("upload:delete")
@ObjectType("DeleteUploadSuccess", { description: "The upload is deleted. A model or photo created from it is kept." })
export class DeleteUploadSuccess {
  @Field(() => ID, { description: "ID of the deleted upload." })
  readonly deletedId!: string;
}

export const DeleteUploadPayload = payloadOf({
  name: "DeleteUploadPayload",
  description: "Result of `deleteUpload`.",
  success: DeleteUploadSuccess,
  missing: true,
});
