/** Input of the mutations of pins. */
import { Field, ID, InputType } from "type-graphql";

@InputType("PinInput", { description: "Input of `pin` and `unpin`." })
export class PinInput {
  @Field(() => ID, { description: "ID of a run or an experiment, or its key such as RUN-142 or EXP-12." })
  subjectId!: string;
}
