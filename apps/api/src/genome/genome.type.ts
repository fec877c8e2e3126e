/** What an image is drawn from. */
import { Field, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("genome:read")
@ObjectType("Genome", {
  implements: NodeInterface,
  description: "What an image is drawn from. Its address (run, generation, index) is its identity.",
})
export class GenomeType extends NodeInterface {
  @Field(() => String, { description: "The id of its encoding." })
  readonly encoding!: string;

  @Field(() => Int, { description: "The generation it was born in." })
  readonly generation!: number;

  @Field(() => Int, { description: "Its place in that generation's batch." })
  readonly index!: number;

  @Field(() => String, { description: "SHA-256 of its canonical bytes, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Int, { description: "How many bytes those are." })
  readonly byteLength!: number;
}

export const genomeConnection = connectionTypesOf({ noun: "Genome", plural: "genomes", node: GenomeType, action: "genome:read" });
