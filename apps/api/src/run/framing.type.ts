/** How a run's images are cropped for its network. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("Framing", { description: "How images that are larger than the network's input are cropped for it." })
export class FramingType {
  @Field(() => Int, {
    description: "Crops per image. 1: the centre. 10: the four corners and the centre, each also mirrored; the outputs are averaged.",
  })
  readonly crops!: number;

  @Field(() => Int, { description: "Side length of the square images, in pixels." })
  readonly imageSize!: number;
}
