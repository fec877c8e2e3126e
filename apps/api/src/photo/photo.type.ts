/** A photograph to begin from. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("photo:read")
@ObjectType("Photo", { implements: NodeInterface, description: "A photograph to begin from, decoded and encoded again as PNG." })
export class PhotoType extends NodeInterface {
  @Field(() => String, { description: "For people." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "What it shows, when known." })
  readonly label!: string | null;

  @Field(() => String, { description: "Under which terms it may be used; empty when nobody said." })
  readonly licence!: string;

  @Field(() => String, { description: "Where it comes from; empty when nobody said." })
  readonly source!: string;

  @Field(() => DateTimeScalar, { description: "When it was stored here." })
  readonly createdAt!: Date;
}

export const photoConnection = connectionTypesOf({ noun: "Photo", plural: "photos", node: PhotoType, action: "photo:read" });

@Requires("photo:create")
@ObjectType("UploadImageSuccess", { description: "The photo is stored, now or by an earlier request with the same idempotency key." })
export class UploadImageSuccess {
  @Field(() => PhotoType, { description: "The photo." })
  readonly photo!: unknown;
}

export const UploadImagePayload = payloadOf({
  name: "UploadImagePayload",
  description: "What `uploadImage` answers.",
  success: UploadImageSuccess,
  missing: true,
});

@Requires("photo:delete")
@ObjectType("DeletePhotoSuccess", { description: "The photo is deleted. Runs started from it keep its image." })
export class DeletePhotoSuccess {
  @Field(() => ID, { description: "The ID of the deleted photo." })
  readonly deletedId!: string;
}

export const DeletePhotoPayload = payloadOf({
  name: "DeletePhotoPayload",
  description: "What `deletePhoto` answers.",
  success: DeletePhotoSuccess,
  missing: true,
});
