/** Where images, genomes and models are stored. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("store:read")
@ObjectType("ObjectStore", { description: "Where images, genomes and models are stored." })
export class ObjectStoreType {
  @Field(() => String, { description: "A folder on the API's machine, or a bucket and its server." })
  readonly place!: string;

  @Field(() => String, { nullable: true, description: "Why the store is unavailable, as a sentence; null while it works." })
  readonly problem!: string | null;
}

@Requires("store:read")
@ObjectType("DamagedFile", { description: "A file of the object store that was cut off or overwritten." })
export class DamagedFileType {
  @Field(() => String, { description: "Its path within the store." })
  readonly file!: string;

  @Field(() => String, { description: "How it is damaged, as a sentence." })
  readonly problem!: string;

  @Field(() => Int, { description: "Number of lost objects that are stored nowhere else, as far as the file still lists them." })
  readonly lostCount!: number;

  @Field(() => [String], { description: "Keys of the lost objects, at most 100. A key holds the SHA-256 of the object." })
  readonly lost!: readonly string[];
}
