/** A saved comparison, and the payloads of its mutations. */
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("savedComparison:read")
@ObjectType("SavedComparisonRun", { description: "A run as a saved comparison names it. It may have been deleted since." })
export class SavedComparisonRunType {
  @Field(() => String, { description: "Key of the run, such as RUN-142." })
  readonly key!: string;

  @Field(() => String, { description: "Its name at the time." })
  readonly name!: string;
}

@Requires("savedComparison:read")
@ObjectType("SavedComparisonEntry", { description: "A run or a group of runs in a saved comparison." })
export class SavedComparisonEntryType {
  @Field(() => String, { description: "Name of the group, or the key of the run." })
  readonly name!: string;

  @Field(() => [SavedComparisonRunType], { description: "Keys and names of its runs when the comparison was saved." })
  readonly runs!: readonly SavedComparisonRunType[];
}

@Requires("savedComparison:read")
@ObjectType("SavedComparisonImage", { description: "An image of a saved comparison." })
export class SavedComparisonImageType {
  @Field(() => String, { description: "SHA-256 of the PNG, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Float, { description: "Confidence of the stored image in the row's class, at the time, 0 to 1." })
  readonly confidence!: number;

  @Field(() => String, { description: "Its label; of an attack also the label of the image that was attacked." })
  readonly label!: string;

  @Field(() => String, { description: "Key of the run that it comes from." })
  readonly runKey!: string;
}

@Requires("savedComparison:read")
@ObjectType("SavedComparisonRow", { description: "The images of one class in a saved comparison." })
export class SavedComparisonRowType {
  @Field(() => Int, { description: "Index of the class in the labels of the first run's model." })
  readonly class!: number;

  @Field(() => String, { description: "Label of the class." })
  readonly label!: string;

  @Field(() => [SavedComparisonImageType], {
    nullable: "items",
    description: "The image of greatest confidence of each entry, in the order of the entries; null if an entry had none.",
  })
  readonly images!: readonly (SavedComparisonImageType | null)[];
}

@Requires("savedComparison:read")
@ObjectType("SavedComparison", {
  implements: NodeInterface,
  description:
    "A comparison of runs with its figures and images as they were when a member saved it, such as CMP-4, with a title and notes. All members of the workspace read it.",
})
export class SavedComparisonType extends NodeInterface {
  @Field(() => String, { description: "The title that the member who saved it chose." })
  readonly title!: string;

  @Field(() => String, { description: "Notes in Markdown; empty without any." })
  readonly notes!: string;

  @Field(() => [SavedComparisonEntryType], { description: "The runs and groups." })
  readonly entries!: readonly SavedComparisonEntryType[];

  @Field(() => Int, { description: "The generation compared; -1 if no evolution had stored one." })
  readonly generation!: number;

  @Field(() => Int, { nullable: true, description: "Place of the entry that others are compared with; null without one." })
  readonly baseline!: number | null;

  @Field(() => DateTimeScalar, { description: "When it was saved. Its figures and images date from then." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When its title or notes last changed." })
  readonly updatedAt!: Date;
}

export const savedComparisonConnection = connectionTypesOf({
  noun: "SavedComparison",
  plural: "saved comparisons",
  node: SavedComparisonType,
  action: "savedComparison:read",
});

@Requires("savedComparison:read")
@ObjectType("SavedComparisonSuccess", { description: "The saved, edited or restored comparison." })
export class SavedComparisonSuccess {
  @Field(() => SavedComparisonType, { description: "The comparison." })
  readonly savedComparison!: unknown;
}

@Requires("savedComparison:delete")
@ObjectType("DeleteSavedComparisonSuccess", {
  description: "The comparison is deleted. `restoreSavedComparison` brings it back for an hour. Its runs are unaffected.",
})
export class DeleteSavedComparisonSuccess {
  @Field(() => ID, { description: "ID of the deleted comparison." })
  readonly deletedId!: string;
}

const ofComparison = { success: SavedComparisonSuccess, missing: true };

export const SaveComparisonPayload = payloadOf({
  ...ofComparison,
  name: "SaveComparisonPayload",
  description: "Result of `saveComparison`.",
});
export const EditSavedComparisonPayload = payloadOf({
  ...ofComparison,
  name: "EditSavedComparisonPayload",
  description: "Result of `editSavedComparison`.",
});
export const RestoreSavedComparisonPayload = payloadOf({
  ...ofComparison,
  name: "RestoreSavedComparisonPayload",
  description: "Result of `restoreSavedComparison`.",
});
export const DeleteSavedComparisonPayload = payloadOf({
  name: "DeleteSavedComparisonPayload",
  description: "Result of `deleteSavedComparison`.",
  success: DeleteSavedComparisonSuccess,
  missing: true,
});
