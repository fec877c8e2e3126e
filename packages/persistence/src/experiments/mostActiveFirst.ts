/** An experiment has the state of its most active run `r`. */
import { Prisma } from "../generated/client.ts";

export const mostActiveFirst = Prisma.sql`array_position(
  ARRAY['RUNNING', 'QUEUED', 'PAUSED', 'FAILED', 'CRASHED', 'SUCCEEDED', 'CANCELLED']::"RunState"[], r.state)`;
