/** The encoded form of an image. */
import { Field, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";

@Requires("genome:read")
@ObjectType("Genome", {
  implements: NodeInterface,
  description: "The encoded form of an image, which mutation changes. Identified by run, generation and index.",
})
export class GenomeType extends NodeInterface {
  @Field(() => String, { description: "ID of the encoding." })
  readonly encoding!: string;

  @Field(() => Int, { description: "Generation in which the genome was created; 0 is the initial one." })
  readonly generation!: number;

  @Field(() => Int, { description: "Index in the batch of that generation, starting at 0." })
  readonly index!: number;

  @Field(() => String, { description: "SHA-256 of the canonical bytes, in hexadecimal." })
  readonly sha256!: string;

  @Field(() => Int, { description: "Number of canonical bytes." })
  readonly byteLength!: number;
}

export const genomeConnection = connectionTypesOf({ noun: "Genome", plural: "genomes", node: GenomeType, action: "genome:read" });
