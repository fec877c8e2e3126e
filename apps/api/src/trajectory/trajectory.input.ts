/** Filters of trajectories over all runs. */
import { InputType } from "type-graphql";
import { ResultFilter } from "../result/result.input.ts";

@InputType("TrajectoryFilter", { description: "Which trajectories; all conditions hold together." })
export class TrajectoryFilter extends ResultFilter {}
