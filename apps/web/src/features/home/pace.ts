/** How long a queued or running run still takes, and its speed. */
import type { HomeQuery } from "../../graphql/generated/graphql.ts";
import { formatDuration, formatRate } from "../marks/numbers.ts";
import { speedUnit } from "../run/speedUnit.ts";

type PacedRun = Pick<HomeQuery["active"]["nodes"][number], "__typename" | "state" | "secondsLeft" | "speed">;

export function describePace(run: PacedRun): string {
  if (run.state === "QUEUED") return "queued";
  const remaining = typeof run.secondsLeft === "number" ? `about ${formatDuration(run.secondsLeft)} left` : "";
  const speed = typeof run.speed === "number" ? `${formatRate(run.speed)} ${speedUnit(run)}` : "";
  return [remaining, speed].filter((text) => text !== "").join(", ");
}
