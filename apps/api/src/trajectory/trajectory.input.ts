/** Filters of trajectories over all runs. */
import { InputType } from "type-graphql";
import { ResultFilter } from "../result/result.input.ts";

@InputType("TrajectoryFilter", { description: "Filters trajectories; all conditions must hold." })
export class TrajectoryFilter extends ResultFilter {}
