/** Who descends from whom in a run. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("genome:read")
@ObjectType("PhylogenyNode", { description: "A genome that a current elite is or descends from." })
export class PhylogenyNodeType {
  @Field(() => Int, { description: "The generation in which it was born." })
  readonly generation!: number;

  @Field(() => [Int], { description: "Places of its parents among the nodes, first parent first; parents outside the list are left out." })
  readonly parents!: readonly number[];

  @Field(() => [Int], { description: "Niches that it held at some time." })
  readonly niches!: readonly number[];

  @Field(() => [Int], { description: "Niches that it holds now." })
  readonly current!: readonly number[];

  @Field(() => Float, { description: "Its highest confidence in a niche that it held, on its stored image." })
  readonly confidence!: number;

  @Field(() => String, { description: "Path of its picture on this host." })
  readonly imageUrl!: string;
}

@Requires("genome:read")
@ObjectType("GoalSwitch", { description: "A niche taken by a child whose first parent never held it." })
export class GoalSwitchType {
  @Field(() => Int, { description: "The generation of the child." })
  readonly generation!: number;

  @Field(() => Int, { description: "The niche." })
  readonly niche!: number;

  @Field(() => [Int], { description: "Niches that the parent held." })
  readonly from!: readonly number[];

  @Field(() => Int, { description: "Place of the child among the nodes." })
  readonly child!: number;
}

@Requires("genome:read")
@ObjectType("Phylogeny", { description: "Ancestry of a run's current elites, across niches." })
export class PhylogenyType {
  @Field(() => [PhylogenyNodeType], { description: "The youngest, as many as were asked for; oldest first." })
  readonly nodes!: readonly PhylogenyNodeType[];

  @Field(() => [GoalSwitchType], { description: "Where evolution changed its goal, among these nodes." })
  readonly goalSwitches!: readonly GoalSwitchType[];

  @Field(() => Int, { description: "How many genomes the whole ancestry has; the nodes are the youngest of them." })
  readonly nodeCount!: number;

  @Field(() => Float, {
    description: "Share of the niches taken in which the goal was switched, over the whole ancestry, however few nodes were asked for.",
  })
  readonly goalSwitchShare!: number;
}
