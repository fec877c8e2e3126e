/** Whether what fools one network fools another. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("score:read")
@ObjectType("Share", { description: "A share of images with its 95% interval (Wilson)." })
export class ShareType {
  @Field(() => Float, { description: "The share, 0 to 1." })
  readonly estimate!: number;

  @Field(() => Float, { description: "The interval's lower end." })
  readonly low!: number;

  @Field(() => Float, { description: "The interval's upper end." })
  readonly high!: number;
}

@Requires("score:read")
@ObjectType("Quantile", { description: "A quantile of confidences." })
export class QuantileType {
  @Field(() => Float, { description: "Which: 0 is the minimum, .5 the median, 1 the maximum." })
  readonly probability!: number;

  @Field(() => Float, { description: "Its value." })
  readonly value!: number;
}

@Requires("score:read")
@ObjectType("TransferCell", {
  description:
    "How images made for one network look to another of the same classes. An image that holds several classes counts once, as made for the one that its own network is surest of.",
})
export class TransferCellType {
  @Field(() => Int, { description: "Images that both have scored." })
  readonly images!: number;

  @Field(() => ShareType, { description: "Images to which both give the same first label." })
  readonly sameTop!: ShareType;

  @Field(() => ShareType, { description: "Images that the other, too, takes first of all for the class that they were made for." })
  readonly fooled!: ShareType;

  @Field(() => ShareType, { description: "Images with at least .9999 in that class on both." })
  readonly confidentOnBoth!: ShareType;

  @Field(() => ShareType, { description: "Images with at least .9999 on the network they were made for, and less on the other." })
  readonly confidentOnSourceOnly!: ShareType;

  @Field(() => [QuantileType], { description: "The other's confidence in the class that the images were made for." })
  readonly otherConfidence!: readonly QuantileType[];
}

@Requires("score:read")
@ObjectType("TransferMatrix", { description: "Networks that images were made for against networks that they were shown to." })
export class TransferMatrixType {
  @Field(() => [TransferCellType], { description: "One cell a pair that has common scores, a network's own images on itself included." })
  readonly cells!: readonly TransferCellType[];

  @Field(() => Int, {
    description: "Pairs of an image and a network of its classes that are not scored yet; `scoreTransfer` has them scored.",
  })
  readonly unscored!: number;
}
