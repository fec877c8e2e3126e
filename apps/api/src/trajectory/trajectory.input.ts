/** Filters trajectories of all runs. */
import { InputType } from "type-graphql";
import { ResultFilter } from "../result/result.input.ts";

@InputType("TrajectoryFilter", {
  description: "Conditions for trajectories, all of which must hold. A condition that is null or absent is ignored.",
})
export class TrajectoryFilter extends ResultFilter {}
