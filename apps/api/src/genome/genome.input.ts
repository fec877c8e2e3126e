/** Filters genomes. */
import { Field, ID, InputType } from "type-graphql";

@InputType("GenomeFilter", { description: "Conditions that each of the genomes must meet; null leaves one out." })
export class GenomeFilter {
  @Field(() => ID, { nullable: true, description: "Only genomes of this run: an ID, or a key such as RUN-142." })
  runId?: string | null;
}
