/** The entries of a comparison. */
import { Field, ID, InputType } from "type-graphql";

@InputType("ComparedRunsInput", { description: "A run, or a group of runs that differ in what does not matter, such as their seeds." })
export class ComparedRunsInput {
  @Field(() => [ID], { description: "IDs or keys of the runs, such as RUN-142; 1 to 100." })
  runIds!: string[];

  @Field(() => String, { nullable: true, description: "Name of the group, at most 80 characters. Default: the key of its only run." })
  name?: string | null;
}
