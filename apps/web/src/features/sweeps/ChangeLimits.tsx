"use client";
/** The dialog that changes a sweep's budgets, priority and number of runs at the same time. */
import { useState } from "react";
import { useMutation } from "urql";
import { ChangeSweepDocument, type SweepLimitsInput, type SweepPriority } from "../../graphql/generated/graphql.ts";
import { useReplacement } from "../conflicts/useReplacement.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { LimitFields, type LimitTexts, readLimitTexts } from "./LimitFields.tsx";
import type { SweepOnPage } from "./sweepOnPage.ts";

const textOf = (value: number | null | undefined): string => (value == null ? "" : String(value));

function limitsText({ priority, concurrency, maxEvaluations, maxSeconds }: SweepLimitsInput): string {
  return [
    `Evaluations: ${textOf(maxEvaluations) || "no limit"}`,
    `Minutes: ${maxSeconds == null ? "no limit" : maxSeconds / 60}`,
    `Runs at the same time: ${textOf(concurrency) || "no limit"}`,
    `Priority: ${(priority ?? "NORMAL").toLowerCase()}`,
  ].join("\n");
}

export function ChangeLimits({ sweep, onClose }: { readonly sweep: SweepOnPage; onClose(): void }) {
  const [texts, setTexts] = useState<LimitTexts>({
    maxEvaluations: textOf(sweep.maxEvaluations),
    maxMinutes: sweep.maxSeconds == null ? "" : String(sweep.maxSeconds / 60),
    concurrency: textOf(sweep.concurrency),
    priority: sweep.priority as SweepPriority,
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, change] = useMutation(ChangeSweepDocument);
  const replace = useReplacement();
  const limits = readLimitTexts(texts);
  // As they were when the dialog opened, which is what the person has changed.
  const [seen] = useState((): SweepLimitsInput => {
    const { priority, concurrency, maxEvaluations, maxSeconds } = sweep;
    return {
      priority: priority as SweepPriority,
      concurrency: concurrency ?? null,
      maxEvaluations: maxEvaluations ?? null,
      maxSeconds: maxSeconds ?? null,
    };
  });
  const save = async () => {
    if (limits === null) return;
    const outcome = await replace({
      subject: sweep.key,
      values: { limits },
      previous: { limits: seen },
      labels: { limits: "limits" },
      show: { limits: limitsText },
      async send(input) {
        const { data, error } = await change({ input: { sweepId: sweep.id, ...input } });
        return { answer: data?.changeSweep, error };
      },
    });
    if (outcome.kind === "failed") setProblem(outcome.problem);
    else onClose();
  };
  return (
    <Dialog title="Budget and queue" open onClose={onClose}>
      <LimitFields texts={texts} onChange={setTexts} />
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Discard</Button>
        <Button look="primary" disabled={fetching || limits === null} onClick={() => void save()}>
          Save
        </Button>
      </div>
    </Dialog>
  );
}
