/** A trajectory with the fields that its page loads. */
import type { TrajectoryPageQuery } from "../../graphql/generated/graphql.ts";

export type LoadedTrajectory = Extract<NonNullable<TrajectoryPageQuery["node"]>, { readonly __typename: "Trajectory" }>;
