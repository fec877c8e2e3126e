/** Verifies a run as an analysis: in the background, with progress, and with the result in its row. */
import { verification } from "@pareidolia/analysis/kinds/verification";
import { verifyRun } from "../../verification/verifyRun.ts";
import { analysisTask } from "../analysisTask.ts";

export const task = analysisTask(verification, ({ runId }, context) => verifyRun(runId, context));
