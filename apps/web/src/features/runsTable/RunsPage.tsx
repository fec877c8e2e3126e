"use client";
/** The page with the table of runs of the workspace or of one experiment. */
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { RunsTable } from "./RunsTable.tsx";

/** @param experimentKey such as EXP-12; null for all runs of the workspace. */
export function RunsPage({ experimentKey }: { readonly experimentKey: string | null }) {
  const steps = [
    { label: "Experiments", href: "/experiments" },
    ...(experimentKey === null ? [] : [{ label: experimentKey, href: `/experiments/${experimentKey}` }]),
  ];
  const newRun = experimentKey === null ? "/new" : `/experiments/${experimentKey}/new`;
  return (
    <div className="page">
      <PagePath steps={steps} here="Runs" />
      <RunsTable
        experimentKey={experimentKey}
        empty={<EmptyState title="No runs yet">A run is one execution of a method with a seed.</EmptyState>}
        head={(summary) => (
          <div className="pageHead">
            <div>
              <h1>Runs</h1>
              <p>{summary}</p>
            </div>
            <div className="pageActions">
              {experimentKey === null ? (
                <ButtonLink needs="startExport" href="/settings/exports">
                  Export
                </ButtonLink>
              ) : null}
              <ButtonLink needs="startSweep" href={`${newRun}?sweep=on`}>
                New sweep
              </ButtonLink>
              <ButtonLink look="primary" needs="startEvolution" href={newRun}>
                New run
              </ButtonLink>
            </div>
          </div>
        )}
      />
    </div>
  );
}
