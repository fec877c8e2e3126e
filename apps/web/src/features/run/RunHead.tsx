"use client";
/** A run's name, key, experiment, when it started, and its tags, assignee and pin. */
import type { ReactNode } from "react";
import { ExportButton } from "../exports/ExportButton.tsx";
import { LockBadge } from "../locks/LockBadge.tsx";
import { Link } from "../marks/Link.tsx";
import { formatClock } from "../marks/numbers.ts";
import { AlsoHere } from "../presence/AlsoHere.tsx";
import { OriginNote } from "../runOrigin/OriginNote.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { AskAboutRun } from "../studies/AskAboutRun.tsx";
import { PinButton } from "../tracking/PinButton.tsx";
import { SubjectBar } from "../tracking/SubjectBar.tsx";
import { SubjectTitle } from "../tracking/SubjectTitle.tsx";
import { useMayEdit } from "../tracking/useMayEdit.ts";
import { useTrackedSubject } from "../tracking/useTrackedSubject.ts";
import type { RunOnPage } from "./runOnPage.ts";

function startedText(run: RunOnPage): string {
  const started = run.startedAt ? new Date(run.startedAt) : null;
  const by = run.createdBy === null ? "" : ` by ${run.createdBy.name}`;
  if (!started) return `queued${run.createdBy === null ? "" : `, created${by}`}`;
  const today = started.toDateString() === new Date().toDateString();
  const when = today ? formatClock(started) : started.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return `started ${when}${by}`;
}

export function RunHead({ run, children }: { readonly run: RunOnPage; readonly children?: ReactNode }) {
  const { subject } = useTrackedSubject(run.id);
  const writable = useMayEdit(subject);
  const address = `/experiments/${run.experiment.key}`;
  return (
    <>
      <PagePath steps={[{ label: `${run.experiment.key} ${run.experiment.name}`, href: address }]} here={run.key} />
      <div className="pageHead">
        <div>
          <SubjectTitle fallback={run.name} subject={subject} writable={writable} />
          <p suppressHydrationWarning>
            <span className="n12 second">{run.key}</span> in{" "}
            <Link className="link" href={address}>
              {run.experiment.key}
            </Link>
            {run.sweep == null ? null : (
              <>
                , part of{" "}
                <Link className="link" href={`/sweeps/${run.sweep.key}`}>
                  {run.sweep.key}
                </Link>
              </>
            )}
            , {startedText(run)}
            {children} <LockBadge lock={run.lock} />
            {subject === null ? null : <PinButton subject={subject} />}
            <AlsoHere subjectId={run.id} />
          </p>
          {subject === null ? null : <SubjectBar subject={subject} writable={writable} />}
          <OriginNote run={run} unit={run.__typename === "EvolutionRun" ? "generation" : "link"} />
        </div>
        <div className="pageActions">
          <ExportButton subject="RUN" item={run} />
          <AskAboutRun run={run} />
        </div>
      </div>
    </>
  );
}
