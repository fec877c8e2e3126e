/** Computes a run with the task of its kind. A run of a kind unknown to this version stays queued for a worker of a later version. */
import { AppError } from "@pareidolia/core/appError";
import { type RunKind, whyNotComputed } from "@pareidolia/core/runKinds/registry";
import type { JobData } from "@pareidolia/jobs/jobs";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { ascend } from "../ascent/ascend.ts";
import { retrain } from "../chain/retrain.ts";
import { evolve } from "../evolution/evolve.ts";
import { perturb } from "../perturbation/perturb.ts";
import type { RunContext } from "../runs/runContext.ts";
import type { RunSession } from "../runs/runSession.ts";
import { workOnRun } from "../runs/workOnRun.ts";

const workByKind: { readonly [Kind in RunKind]: (session: RunSession<Kind>) => Promise<RunOutcome> } = {
  evolution: evolve,
  ascent: ascend,
  perturbation: perturb,
  retraining: retrain,
  imported: async ({ run }) => {
    throw new AppError("CONFLICT", `RUN-${run.number} cannot be computed: ${whyNotComputed("imported")}.`);
  },
};

function work<Kind extends RunKind>(session: RunSession<Kind>): Promise<RunOutcome> {
  return workByKind[session.run.kind](session);
}

export function carryOutRun({ runId }: JobData["carryOutRun"], context: RunContext): Promise<void> {
  return workOnRun(runId, context, work);
}
