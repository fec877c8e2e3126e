/** The store of images, genomes and models, and its damaged files. */
import { Field, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("store:read")
@ObjectType("ObjectStore", { description: "The store of images, genomes and models." })
export class ObjectStoreType {
  @Field(() => String, { description: "Location of the store: a folder on the API's machine, or a bucket and its server." })
  readonly place!: string;

  @Field(() => String, { nullable: true, description: "Why the store is unavailable, as a sentence; null if it is available." })
  readonly problem!: string | null;
}

@Requires("store:read")
@ObjectType("DamagedFile", { description: "A file of the object store that was truncated or overwritten." })
export class DamagedFileType {
  @Field(() => String, { description: "Path of the file within the store." })
  readonly file!: string;

  @Field(() => String, { description: "Description of the damage, as a sentence." })
  readonly problem!: string;

  @Field(() => Int, { description: "Number of lost objects that are stored nowhere else. Counts only objects that the file still lists." })
  readonly lostCount!: number;

  @Field(() => [String], { description: "Keys of the lost objects, at most 100. A key contains the SHA-256 of the object." })
  readonly lost!: readonly string[];
}
