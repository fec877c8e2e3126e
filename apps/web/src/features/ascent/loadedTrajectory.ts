/** The trajectory as its page's query loads it. */
import type { TrajectoryPageQuery } from "../../graphql/generated/graphql.ts";

export type LoadedTrajectory = Extract<NonNullable<TrajectoryPageQuery["node"]>, { readonly __typename: "Trajectory" }>;
