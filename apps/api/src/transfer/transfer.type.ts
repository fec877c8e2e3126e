/** The transfer of fooling images between networks. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("transfer:read")
@ObjectType("Share", { description: "A share of images, with its 95% Wilson interval for other images." })
export class ShareType {
  @Field(() => Float, { description: "The share, 0 to 1." })
  readonly estimate!: number;

  @Field(() => Float, { description: "Lower end of the interval, 0 to 1." })
  readonly low!: number;

  @Field(() => Float, { description: "Upper end of the interval, 0 to 1." })
  readonly high!: number;
}

@Requires("transfer:read")
@ObjectType("Quantile", { description: "A quantile of confidences." })
export class QuantileType {
  @Field(() => Float, { description: "Probability of the quantile, 0 to 1: 0 is the minimum, .5 the median, 1 the maximum." })
  readonly probability!: number;

  @Field(() => Float, { description: "Confidence at this quantile, 0 to 1." })
  readonly value!: number;
}

@Requires("transfer:read")
@ObjectType("TransferCell", {
  description:
    "How one network scores images made for another of the same label space. " +
    "An image that holds several niches counts once, for the class in which its own network has the highest confidence.",
})
export class TransferCellType {
  @Field(() => Int, { description: "Number of images that both networks have scored." })
  readonly images!: number;

  @Field(() => ShareType, { description: "Share of images with the same top class on both networks." })
  readonly sameTop!: ShareType;

  @Field(() => ShareType, { description: "Share of images whose top class on `other` is the class that they were made for." })
  readonly fooled!: ShareType;

  @Field(() => ShareType, { description: "Share of images with a confidence of at least .9999 in that class on both networks." })
  readonly confidentOnBoth!: ShareType;

  @Field(() => ShareType, {
    description: "Share of images with a confidence of at least .9999 in that class on `source`, but not on `other`.",
  })
  readonly confidentOnSourceOnly!: ShareType;

  @Field(() => [QuantileType], {
    description: "Quantiles 0, .05, .25, .5, .75, .95 and 1 of the confidence of `other` in the class that the images were made for.",
  })
  readonly otherConfidence!: readonly QuantileType[];
}

@Requires("transfer:read")
@ObjectType("TransferMatrix", { description: "Transfer from each network that images were made for to each network that scored them." })
export class TransferMatrixType {
  @Field(() => [TransferCellType], { description: "One cell per pair of networks with common scores, including each network with itself." })
  readonly cells!: readonly TransferCellType[];

  @Field(() => Int, {
    description:
      "Number of pairs of an image and a network of its label space without a score. `scoreTransfer` starts an analysis that scores them.",
  })
  readonly unscored!: number;
}
