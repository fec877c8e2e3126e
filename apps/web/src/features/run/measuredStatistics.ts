/** The generations with confidences of stored images: all but those of which a retention rule had removed images before they were summarised. */
import type { StatisticsFragment } from "../../graphql/generated/graphql.ts";

const measuredNames = ["median", "mean", "minimum", "maximum"] as const;

export type MeasuredStatistics = StatisticsFragment & { readonly [Name in (typeof measuredNames)[number]]: number };

/** @returns whether all four confidences are known. */
export function isMeasured(row: StatisticsFragment): row is MeasuredStatistics {
  return measuredNames.every((name) => typeof row[name] === "number");
}
