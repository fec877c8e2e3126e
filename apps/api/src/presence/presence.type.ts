/** Who else has a page open. */
import { Field, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";

@Requires("presence:read")
@ObjectType("Presence", { description: "The other members who have a run, experiment or sweep open." })
export class PresenceType {
  @Field(() => [UserType], { description: "In the order in which they opened it, each once." })
  readonly users!: UserType[];
}
