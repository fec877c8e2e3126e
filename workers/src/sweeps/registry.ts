/** All sweeps: those of persistence and the queue's. */

import { sweeps } from "@pareidolia/persistence/sweeps/registry";
import type { Sweep } from "@pareidolia/persistence/sweeps/sweep";
import { finishedJobs } from "./finishedJobs.ts";

export const allSweeps: readonly Sweep[] = [...sweeps, finishedJobs];
