/** The run as its page's query loads it, for every part of that page. */
import type { RunPageQuery } from "../../graphql/generated/graphql.ts";

export type RunOnPage = Extract<NonNullable<RunPageQuery["node"]>, { __typename: "Run" }>;
