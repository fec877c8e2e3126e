"use client";
/** The layout of a sweep's page: results and runs on the left, progress, budgets and recipe on the right. */
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SweepFindingsDocument } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { oneOf } from "../marks/addressProblems.ts";
import { Link } from "../marks/Link.tsx";
import { formatClock, formatCount } from "../marks/numbers.ts";
import { TabList, tabId } from "../marks/TabList.tsx";
import { AlsoHere } from "../presence/AlsoHere.tsx";
import { RunLayout } from "../run/RunLayout.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ParallelCoordinates } from "./ParallelCoordinates.tsx";
import { SweepBestImages } from "./SweepBestImages.tsx";
import { SweepFacts } from "./SweepFacts.tsx";
import { SweepImportance } from "./SweepImportance.tsx";
import { SweepLog } from "./SweepLog.tsx";
import { SweepMatrix } from "./SweepMatrix.tsx";
import { SweepProgress } from "./SweepProgress.tsx";
import { SweepRecipe } from "./SweepRecipe.tsx";
import { SweepRungs } from "./SweepRungs.tsx";
import { SweepRuns } from "./SweepRuns.tsx";
import styles from "./Sweeps.module.css";
import { isActiveSweep, type SweepOnPage } from "./sweepOnPage.ts";

const tabs = ["results", "runs", "recipe", "log"] as const;
type Tab = (typeof tabs)[number];
const rules = [oneOf("tab", tabs, "results")];

const pollMilliseconds = 5_000;

function startedText({ createdAt, createdBy }: SweepOnPage): string {
  const started = new Date(createdAt);
  const isToday = started.toDateString() === new Date().toDateString();
  const when = isToday ? formatClock(started) : started.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
  return `Started ${when}${createdBy === null ? "" : ` by ${createdBy.name}`}`;
}

function sizeText({ axes, seeds, sampler, pointCount }: SweepOnPage): string {
  const perPoint = `${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}`;
  if (sampler === "RANDOM") return `${formatCount(pointCount)} random points by ${perPoint}`;
  return `${axes.map(({ values }) => values.length).join(" × ")} ${pointCount === 1 ? "value" : "values"} by ${perPoint}`;
}

/** Refetches once after the sweep has ended: the last poll may have preceded its last runs. */
function useLastRefetch(isActive: boolean, { fetching, refetch }: { readonly fetching: boolean; readonly refetch: () => void }): void {
  const wasActive = useRef(false);
  useEffect(() => {
    if (isActive) wasActive.current = true;
    else if (wasActive.current && !fetching) {
      wasActive.current = false;
      refetch();
    }
  }, [isActive, fetching, refetch]);
}

function tabLabel(tab: Tab, { runCount }: SweepOnPage): string {
  return { results: "Results", runs: `Runs ${formatCount(runCount)}`, recipe: "Recipe", log: "Log" }[tab];
}

export function SweepView({ sweep }: { readonly sweep: SweepOnPage }) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("results").withOptions({ history: "push" }));
  const [point, setPoint] = useState<number | null>(null);
  const isActive = isActiveSweep(sweep.state);
  const findings = useLiveQuery({
    query: SweepFindingsDocument,
    variables: { id: sweep.key, point },
    poll: isActive ? pollMilliseconds : null,
  });
  useLastRefetch(isActive, findings);
  const { experiment } = sweep;
  const head = (
    <>
      <PagePath
        steps={[
          { label: `${experiment.key} ${experiment.name}`, href: `/experiments/${experiment.key}` },
          { label: "Sweeps", href: "/sweeps" },
        ]}
        here={sweep.key}
      />
      <div className="pageHead">
        <div>
          <h1>{sweep.name}</h1>
          <p suppressHydrationWarning>
            <span className="n12 second">{sweep.key}</span> of{" "}
            <Link className="link" href={`/experiments/${experiment.key}`}>
              {experiment.key}
            </Link>
            , {sizeText(sweep)}. {startedText(sweep)} <AlsoHere subjectId={sweep.id} />
          </p>
        </div>
        <TabList
          label="Parts of the sweep"
          tabs={tabs.map((id) => ({ id, label: tabLabel(id, sweep) }))}
          current={tab}
          panelId="sweep-tab"
          onChange={(next) => void setTab(next)}
        />
      </div>
      <AddressCheck rules={rules} names={[]} />
    </>
  );
  return (
    <RunLayout label="The sweep" head={head} progress={<SweepProgress sweep={sweep} />} facts={<SweepFacts sweep={sweep} />}>
      <div id="sweep-tab" role="tabpanel" aria-labelledby={tabId("sweep-tab", tab)}>
        {tab === "runs" ? (
          <SweepRuns sweep={sweep} />
        ) : tab === "recipe" ? (
          <SweepRecipe sweep={sweep} />
        ) : tab === "log" ? (
          <SweepLog sweep={sweep} />
        ) : (
          <div className={styles.results}>
            <SweepMatrix sweep={sweep} selected={point} onSelect={setPoint} />
            <SweepRungs sweep={sweep} selected={point} />
            <div className={styles.pair}>
              <ParallelCoordinates sweep={sweep} />
              <SweepImportance sweep={sweep} importance={findings.data?.sweep?.importance ?? null} />
            </div>
            <SweepBestImages sweep={sweep} findings={findings.data?.sweep ?? undefined} point={point} onPoint={setPoint} />
          </div>
        )}
      </div>
    </RunLayout>
  );
}
