/** The elite as its page's query loads it. */
import type { EliteQuery } from "../../graphql/generated/graphql.ts";

export type LoadedElite = Extract<NonNullable<EliteQuery["node"]>, { readonly niche: number }>;
