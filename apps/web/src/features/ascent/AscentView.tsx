"use client";
/**
 * An ascent's page: the configurations if the run is a search, then a plaque for each class and start with one scrubber for all; beside
 * them, the run's state, controls and settings.
 */
import { AscentEventsDocument } from "../../graphql/generated/graphql.ts";
import { ConfigurationsSection } from "../configurations/ConfigurationsSection.tsx";
import { drawnOf } from "../configurations/standings.ts";
import { useChosenConfiguration } from "../configurations/useChosenConfiguration.ts";
import { useConfigurations } from "../configurations/useConfigurations.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import { formatCount, formatRate } from "../marks/numbers.ts";
import { MethodRecipe } from "../run/MethodRecipe.tsx";
import { RunHead } from "../run/RunHead.tsx";
import { RunLayout } from "../run/RunLayout.tsx";
import runProgressStyles from "../run/RunProgress.module.css";
import { RunProgress } from "../run/RunProgress.tsx";
import type { AscentOnPage } from "../run/runOnPage.ts";
import { isOver } from "../run/runStates.ts";
import { speedUnit } from "../run/speedUnit.ts";
import { useMethodSpecs } from "../run/useMethodSpecs.ts";
import { useRunEvents } from "../run/useRunEvents.ts";
import { ProvenanceSection } from "../runOrigin/ProvenanceSection.tsx";
import { Discussion } from "../tracking/Discussion.tsx";
import { AscentMilestones } from "./AscentMilestones.tsx";
import { BestConfigurationNote } from "./BestConfigurationNote.tsx";
import { TrajectorySection } from "./TrajectorySection.tsx";
import { trajectoryCount } from "./trajectoryCount.ts";
import { useTrajectories } from "./useTrajectories.ts";

const chartLegend = "solid: stored image; dashed: float image";

export function AscentView({ run }: { readonly run: AscentOnPage }) {
  const first = run.configurations?.[0];
  const searches = first !== undefined;
  const drawn = first === undefined ? [] : Object.keys(drawnOf(first));
  const specs = useMethodSpecs(run.method);
  const search = useConfigurations(run, searches);
  const chosen = useChosenConfiguration(search.standings);
  const configuration = searches ? chosen.shown : null;
  const trajectories = useTrajectories(run.id, searches ? configuration : 0);
  useRunEvents(AscentEventsDocument, run, ({ runEvents }) => {
    trajectories.merge(runEvents.trajectories);
    search.take(runEvents.trajectories);
  });
  const { rows, complete } = trajectories;
  const expected = trajectoryCount(run);
  const isDefault = searches && !chosen.isChosen;
  const isBest = chosen.shown === chosen.best;
  const defaultNote = isBest ? `the best${isOver(run.state) ? "" : " so far"}; choose another above` : "the best when you opened this page";
  return (
    <RunLayout
      head={<RunHead run={run} />}
      busy={trajectories.loading || (searches && search.standings === null)}
      progress={
        <RunProgress run={run} share={run.progress}>
          {searches ? (
            <EndedCount
              done={search.standings?.filter(({ ended }) => ended === expected).length ?? null}
              all={search.standings?.length ?? null}
              unit="configurations ended"
            />
          ) : (
            <EndedCount
              done={trajectories.loading ? null : rows.filter(({ ended }) => ended).length}
              all={complete || rows.length === 0 ? expected : rows.length}
              unit={complete || rows.length === 0 ? "trajectories ended" : "shown trajectories ended"}
            />
          )}
        </RunProgress>
      }
      facts={
        <>
          {typeof run.speed === "number" ? (
            <section>
              <span className="n20">{formatRate(run.speed)}</span>
              <span className={`t12 muted ${runProgressStyles.runUnit}`}>{speedUnit(run)}</span>
            </section>
          ) : null}
          <AscentMilestones rows={rows} complete={complete} over={isOver(run.state)} expected={expected} configuration={configuration} />
          <MethodRecipe run={run} drawn={drawn}>
            {searches ? (
              <KeyRow name="Configurations" number>
                {formatOptional(search.standings?.length)}
              </KeyRow>
            ) : null}
            <KeyRow name="Classes" number>
              {run.classes?.length ?? 0}
            </KeyRow>
            <KeyRow name="Starts a class" number>
              {run.starts ?? 1}
            </KeyRow>
          </MethodRecipe>
          <ProvenanceSection run={run} />
        </>
      }
    >
      {searches ? <ConfigurationsSection run={run} search={search} chosen={chosen} drawn={drawn} specs={specs} /> : null}
      {searches && configuration === null ? null : (
        <TrajectorySection
          run={run}
          trajectories={trajectories}
          configuration={configuration}
          note={isDefault ? defaultNote : chartLegend}
          notice={isDefault && !isBest ? <BestConfigurationNote chosen={chosen} /> : null}
        />
      )}
      <Discussion id={run.id} />
    </RunLayout>
  );
}

interface EndedCountProps {
  /** Null while it loads. */
  readonly done: number | null;
  readonly all: number | null;
  readonly unit: string;
}

function formatOptional(count: number | null | undefined): string {
  return typeof count === "number" ? formatCount(count) : "–";
}

function EndedCount({ done, all, unit }: EndedCountProps) {
  return (
    <>
      <span className="n20">{formatOptional(done)}</span>
      <span className="n12 muted"> / {formatOptional(all)}</span>
      <span className={`t12 muted ${runProgressStyles.runUnit}`}>{unit}</span>
    </>
  );
}
