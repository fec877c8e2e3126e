/** The phylogeny of a run. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("genome:read")
@ObjectType("PhylogenyNode", { description: "A genome of a current elite, or of an ancestor of one." })
export class PhylogenyNodeType {
  @Field(() => Int, { description: "Generation in which the genome was created." })
  readonly generation!: number;

  @Field(() => [Int], {
    description: "Indices of its parents in `nodes`, first parent first. Parents that are not in `nodes` are omitted.",
  })
  readonly parents!: readonly number[];

  @Field(() => [Int], { description: "Niches that the genome has held." })
  readonly niches!: readonly number[];

  @Field(() => [Int], { description: "Niches that the genome holds now." })
  readonly current!: readonly number[];

  @Field(() => Float, { description: "Highest confidence in a niche that the genome has held, on its stored image; 0 to 1." })
  readonly confidence!: number;

  @Field(() => String, { description: "Path of its image on this host." })
  readonly imageUrl!: string;
}

@Requires("genome:read")
@ObjectType("GoalSwitch", { description: "A niche taken by a genome whose first parent never held that niche." })
export class GoalSwitchType {
  @Field(() => Int, { description: "Generation of the child." })
  readonly generation!: number;

  @Field(() => Int, { description: "Index of the niche that the child took." })
  readonly niche!: number;

  @Field(() => [Int], { description: "Niches that the first parent has held." })
  readonly from!: readonly number[];

  @Field(() => Int, { description: "Index of the child in `nodes`." })
  readonly child!: number;
}

@Requires("genome:read")
@ObjectType("Phylogeny", { description: "Lines of descent of a run's current elites, across niches." })
export class PhylogenyType {
  @Field(() => [PhylogenyNodeType], { description: "The youngest genomes, up to `limit`; oldest first." })
  readonly nodes!: readonly PhylogenyNodeType[];

  @Field(() => [GoalSwitchType], { description: "Goal switches among these nodes." })
  readonly goalSwitches!: readonly GoalSwitchType[];

  @Field(() => Int, { description: "Number of genomes in the whole ancestry, including those that are not in `nodes`." })
  readonly nodeCount!: number;

  @Field(() => Float, {
    description:
      "Share of taken niches that were goal switches, 0 to 1, over the whole ancestry (not only `nodes`). Generation 0 does not count.",
  })
  readonly goalSwitchShare!: number;
}
