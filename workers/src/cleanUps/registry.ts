/** All clean-ups: those of persistence and the queue's. */

import type { CleanUp } from "@pareidolia/persistence/cleanUps/cleanUp";
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import { finishedJobs } from "./finishedJobs.ts";

export const allCleanUps: readonly CleanUp[] = [...cleanUps, finishedJobs];
