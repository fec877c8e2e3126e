"use client";
/**
 * An ascent's page: of a search first its configurations, then a plaque for each class and start, one scrubber for all of them; beside
 * it what the run is and what one may do.
 */
import { ConfigurationsSection } from "../configurations/ConfigurationsSection.tsx";
import { drawnOf } from "../configurations/standings.ts";
import { useChosenConfiguration } from "../configurations/useChosenConfiguration.ts";
import { useConfigurations } from "../configurations/useConfigurations.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import { formatCount, formatRate } from "../marks/numbers.ts";
import { MethodRecipe } from "../run/MethodRecipe.tsx";
import { RunHead } from "../run/RunHead.tsx";
import { RunProgress } from "../run/RunProgress.tsx";
import "../run/run.css";
import type { RunOnPage } from "../run/runOnPage.ts";
import { isActive } from "../run/runStates.ts";
import { useMethodSpecs } from "../run/useMethodSpecs.ts";
import { AscentMilestones } from "./AscentMilestones.tsx";
import "./ascent.css";
import { TrajectorySection } from "./TrajectorySection.tsx";
import { useTrajectories } from "./useTrajectories.ts";
import { useTrajectoryEvents } from "./useTrajectoryEvents.ts";

const lineWords = "stored as a line, float dashed";

export function AscentView({ run }: { readonly run: RunOnPage }) {
  const first = run.configurations?.[0];
  const searches = first !== undefined;
  const drawn = first === undefined ? [] : Object.keys(drawnOf(first));
  const specs = useMethodSpecs(run.method);
  const search = useConfigurations(run, searches);
  const chosen = useChosenConfiguration(search.standings);
  const configuration = searches ? chosen.shown : null;
  const trajectories = useTrajectories(run.id, searches ? configuration : 0);
  useTrajectoryEvents(run.id, run.eventSeq, (rows) => {
    trajectories.take(rows);
    search.take(rows);
  });
  const { rows } = trajectories;
  const climbs = (run.classes?.length ?? 0) * (run.starts ?? 1);
  const live = isActive(run.state);
  const best = live ? "the best so far; choose another above" : "the best; choose another above";
  return (
    <div className="runSplit">
      <div className="runMain">
        <RunHead run={run} />
        {searches ? <ConfigurationsSection run={run} search={search} chosen={chosen} drawn={drawn} specs={specs} /> : null}
        {searches && configuration === null ? null : (
          <TrajectorySection
            run={run}
            trajectories={trajectories}
            configuration={configuration}
            note={searches && !chosen.isChosen ? best : lineWords}
          />
        )}
      </div>
      <aside className="runAside" aria-label="The run">
        <RunProgress run={run} share={run.progress}>
          {searches ? (
            <Ended
              done={search.standings?.filter(({ ended }) => ended === climbs).length ?? 0}
              all={search.standings?.length ?? 0}
              unit="configurations ended"
            />
          ) : (
            <Ended done={rows.filter(({ ended }) => ended).length} all={climbs} unit="trajectories ended" />
          )}
        </RunProgress>
        {typeof run.speed === "number" ? (
          <section>
            <span className="n20">{formatRate(run.speed)}</span>
            <span className="t12 muted runUnit">gradients/s</span>
          </section>
        ) : null}
        <AscentMilestones rows={rows} configuration={configuration} live={live} />
        <MethodRecipe run={run} drawn={drawn}>
          {searches ? (
            <KeyRow name="Configurations" number>
              {formatCount(search.standings?.length ?? 0)}
            </KeyRow>
          ) : null}
          <KeyRow name="Classes" number>
            {run.classes?.length ?? 0}
          </KeyRow>
          <KeyRow name="Starts a class" number>
            {run.starts ?? 1}
          </KeyRow>
        </MethodRecipe>
      </aside>
    </div>
  );
}

function Ended({ done, all, unit }: { readonly done: number; readonly all: number; readonly unit: string }) {
  return (
    <>
      <span className="n20">{formatCount(done)}</span>
      <span className="n12 muted"> / {formatCount(all)}</span>
      <span className="t12 muted runUnit">{unit}</span>
    </>
  );
}
