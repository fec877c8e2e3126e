/** All clean-ups: those of persistence and the queue's. */

import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import type { CleanUp } from "@pareidolia/persistence/server/cleanUps/cleanUp";
import { finishedJobs } from "./finishedJobs.ts";

export const allCleanUps: readonly CleanUp[] = [...cleanUps, finishedJobs];
