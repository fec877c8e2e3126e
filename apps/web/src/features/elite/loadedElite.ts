/** An elite with the fields that its page loads. */
import type { EliteQuery } from "../../graphql/generated/graphql.ts";

export type LoadedElite = Extract<NonNullable<EliteQuery["node"]>, { readonly niche: number }>;
