/** An image of the gallery, whatever kind of run made it. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("search:read")
@ObjectType("GalleryImage", {
  description: "The image of an elite, a trajectory or a perturbation, or one that fools a network of a retraining chain.",
})
export class GalleryImageType {
  @Field(() => String, { description: "Kind of the run that made it, such as `evolution`; `runKinds` lists them." })
  readonly kind!: string;

  @Field(() => Int, { description: "Index of its class in the labels of `model`, from 0." })
  readonly class!: number;

  @Field(() => String, { description: "Label of its class." })
  readonly label!: string;

  @Field(() => Float, { description: "Confidence in its class on the decoded bytes of the stored image, 0 to 1." })
  readonly confidence!: number;

  @Field(() => Boolean, {
    description: "Whether it meets the criterion of its kind: a confidence of at least .9999, or an attack that changed the label.",
  })
  readonly reached!: boolean;

  @Field(() => Boolean, { description: "Whether another elite has taken its niche." })
  readonly replaced!: boolean;

  @Field(() => Int, { nullable: true, description: "Generation in which an elite took its niche; null for other images." })
  readonly generation!: number | null;

  @Field(() => DateTimeScalar, { description: "When it was stored." })
  readonly createdAt!: Date;
}

export const galleryImageConnection = connectionTypesOf({
  noun: "GalleryImage",
  plural: "images of the gallery",
  node: GalleryImageType,
  action: "search:read",
});
