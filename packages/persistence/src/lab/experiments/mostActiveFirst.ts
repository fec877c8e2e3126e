/** An experiment has the state of its most active run `r`. */
import type { RunState } from "@pareidolia/core/runState";
import { Prisma } from "../../generated/client.ts";

const states: readonly RunState[] = ["RUNNING", "QUEUED", "PAUSED", "FAILED", "CRASHED", "SUCCEEDED", "CANCELLED"];
const names = Prisma.raw(states.map((state) => `'${state}'`).join(", "));
const places = Prisma.raw(states.map((state, i) => `WHEN '${state}' THEN ${i + 1}`).join(" "));

export const mostActiveFirst = Prisma.sql`CASE r.state ${places} END`;

/** The state of the most active run of a group, as text. */
export const stateOfMostActive = Prisma.sql`(ARRAY[${names}])[min(${mostActiveFirst})]`;
