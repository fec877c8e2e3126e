/** How a run's images meet its network. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("Framing", { description: "How images that are larger than a network's input meet it." })
export class FramingType {
  @Field(() => Int, { description: "1: the centre. 10: four corners and the centre, each also mirrored; the mean of ten answers." })
  readonly crops!: number;

  @Field(() => Int, { description: "Side of the square images in pixels." })
  readonly imageSize!: number;
}
