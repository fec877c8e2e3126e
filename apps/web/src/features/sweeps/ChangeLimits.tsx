"use client";
/** The dialog that changes a sweep's budgets, priority and number of runs at the same time. */
import { useState } from "react";
import { useMutation } from "urql";
import { ChangeSweepDocument, type SweepPriority } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { LimitFields, type LimitTexts, readLimitTexts } from "./LimitFields.tsx";
import type { SweepOnPage } from "./sweepOnPage.ts";

const textOf = (value: number | null | undefined): string => (value == null ? "" : String(value));

export function ChangeLimits({ sweep, onClose }: { readonly sweep: SweepOnPage; onClose(): void }) {
  const [texts, setTexts] = useState<LimitTexts>({
    maxEvaluations: textOf(sweep.maxEvaluations),
    maxMinutes: sweep.maxSeconds == null ? "" : String(sweep.maxSeconds / 60),
    concurrency: textOf(sweep.concurrency),
    priority: sweep.priority as SweepPriority,
  });
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, change] = useMutation(ChangeSweepDocument);
  const limits = readLimitTexts(texts);
  const save = async () => {
    if (limits === null) return;
    const { data, error } = await change({ input: { sweepId: sweep.id, limits } });
    const result = data?.changeSweep;
    if (result?.__typename === "ChangeSweepSuccess") onClose();
    else setProblem(error?.message ?? (result && "message" in result ? result.message : "The limits were not changed."));
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
