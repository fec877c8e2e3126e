"use client";
import type { ReactNode } from "react";
/** A run's name, key, experiment, and when it started. */
import { Link } from "../marks/Link.tsx";
import { formatClock } from "../marks/numbers.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { AskAboutRun } from "../studies/AskAboutRun.tsx";
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
  const address = `/experiments/${run.experiment.key}`;
  return (
    <>
      <PagePath steps={[{ label: `${run.experiment.key} ${run.experiment.name}`, href: address }]} here={run.key} />
      <div className="pageHead">
        <div>
          <h1>{run.name}</h1>
          <p suppressHydrationWarning>
            <span className="n12 second">{run.key}</span> in{" "}
            <Link className="link" href={address}>
              {run.experiment.key}
            </Link>
            , {startedText(run)}
            {children}
          </p>
        </div>
        <AskAboutRun run={run} />
      </div>
    </>
  );
}
