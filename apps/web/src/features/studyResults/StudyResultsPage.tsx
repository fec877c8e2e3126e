"use client";
/** The results of a study: the plane, counting and bias, voters. Each tab is an address of its own. */
import { needsCoding } from "@pareidolia/perception/protocols/registry";
import type { ResultKindId } from "@pareidolia/perception/study/studyResults";
import { useQueryState } from "nuqs";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { BiasTab } from "./BiasTab.tsx";
import { GroupsTab } from "./GroupsTab.tsx";
import { PlaneTab } from "./PlaneTab.tsx";
import { QuestionNote } from "./QuestionNote.tsx";
import { QuestionSwitch } from "./QuestionSwitch.tsx";
import { ComputedFrom, ResultsHead } from "./ResultsHead.tsx";
import { formatCounted } from "./resultFormats.ts";
import {
  baselineName,
  questionParser,
  type ResultsTab,
  resultsRules,
  studyResultsAddress,
  tabNames,
  votersParser,
} from "./resultsState.ts";
import styles from "./StudyResults.module.css";
import { TrialsTab } from "./TrialsTab.tsx";
import { useLiveTallies } from "./useLiveTallies.ts";
import { type LoadedResults, useStudyResults } from "./useStudyResults.ts";
import { VoterSwitch } from "./VoterSwitch.tsx";
import { VotersSection } from "./VotersSection.tsx";

const kindsOfTab = {
  plane: ["plane", "agreement", "consistency", "calibration", "voters", "coding"],
  groups: ["groups", "coding"],
  bias: ["summary", "bias", "detection", "voters", "agreement", "timing", "coding"],
  voters: ["voters", "coding"],
  trials: ["voters", "coding"],
} as const satisfies Readonly<Record<ResultsTab, readonly ResultKindId[]>>;

interface StudyResultsPageProps {
  readonly studyKey: string;
  readonly tab: ResultsTab;
}

export function StudyResultsPage({ studyKey, tab }: StudyResultsPageProps) {
  const loaded = useStudyResults(studyKey, kindsOfTab[tab]);
  const study = "study" in loaded ? loaded.study : undefined;
  const steps = [
    { label: "Studies", href: "/studies" },
    { label: study === undefined ? studyKey : `${study.key} ${study.title}`, href: `/studies/${studyKey}` },
    ...(tab === "plane" ? [] : [{ label: "Results", href: studyResultsAddress(studyKey) }]),
  ];
  return (
    <div className="page">
      <PagePath steps={steps} here={tab === "plane" ? "Results" : tabNames[tab]} />
      {loaded.state === "ready" ? (
        <LoadedPage studyKey={studyKey} tab={tab} loaded={loaded} />
      ) : (
        <OtherState studyKey={studyKey} loaded={loaded} />
      )}
    </div>
  );
}

function OtherState({
  studyKey,
  loaded,
}: {
  readonly studyKey: string;
  readonly loaded: Exclude<LoadedResults, { readonly state: "ready" }>;
}) {
  const toStudy = <ButtonLink href={`/studies/${studyKey}`}>The study</ButtonLink>;
  switch (loaded.state) {
    case "loading":
      return <SkeletonLines count={8} />;
    case "failed":
      return <RequestError message={loaded.message} onRetry={loaded.retry} />;
    case "missing":
      return (
        <>
          <h1>No such study</h1>
          <EmptyState title={`This workspace has no study ${studyKey}`} action={<ButtonLink href="/">Home</ButtonLink>}>
            It may belong to another workspace, or its draft was deleted.
          </EmptyState>
        </>
      );
    case "draft":
      return (
        <>
          <h1>{loaded.study.title}</h1>
          <EmptyState title="The study is a draft" action={toStudy}>
            Results appear here once it is open and people have voted.
          </EmptyState>
        </>
      );
    case "refused":
      return (
        <>
          <h1>{loaded.study.title}</h1>
          <EmptyState title="These results are not open to you" action={toStudy}>
            Results show labels and other people’s votes, so they open to researchers, and to a researcher who votes only after the last
            trial. {loaded.message}
          </EmptyState>
        </>
      );
    case "damaged":
      return (
        <>
          <h1>{loaded.study.title}</h1>
          <EmptyState title="The plan of this study cannot be read" action={toStudy}>
            {loaded.message}
          </EmptyState>
        </>
      );
  }
}

interface LoadedPageProps extends StudyResultsPageProps {
  readonly loaded: Extract<LoadedResults, { readonly state: "ready" }>;
}

function LoadedPage({ studyKey, tab, loaded }: LoadedPageProps) {
  const { study, plan, results } = loaded;
  const [chosen] = useQueryState("voters", votersParser);
  const [wanted] = useQueryState("question", questionParser);
  const live = useLiveTallies(study.key);
  const { phases } = plan.plan.rules.design;
  const question = wanted < phases.length ? wanted : 0;
  const known = results?.results;
  const counts = (known?.voters ?? known?.plane ?? known?.summary ?? known?.groups)?.counts;
  const voters = chosen ?? (counts?.planned.voters === 0 ? "all" : "planned");
  const side = voters === "planned" ? "planned" : "everyone";
  const chance = (known?.plane ?? known?.summary ?? known?.groups)?.[side].phases[question]?.chance ?? null;
  const votes = live?.total ?? study.voteCount;
  // The counters do not distinguish questions, and know nothing of the codes of texts.
  const liveCounts = phases.length === 1 && !phases.some(({ protocol }) => needsCoding(protocol)) ? live : null;
  return (
    <>
      <ResultsHead study={study} tab={tab} plan={plan} question={question} counts={counts} side={side} chance={chance} />
      <AddressCheck rules={resultsRules} names={["voters", "question", "brush", "measure", ...Object.values(baselineName)]} />
      {results === null ? (
        <NothingComputed studyKey={studyKey} votes={votes} isOpen={study.state === "OPEN"} />
      ) : (
        <>
          <div className={styles.bar}>
            <ComputedFrom results={results} votes={votes} isLive={tab === "plane" && liveCounts !== null} />
            <div className={styles.switches}>
              <QuestionSwitch phases={phases} question={question} />
              {counts === undefined ? null : <VoterSwitch voters={voters} counts={counts} />}
            </div>
          </div>
          {results.problems.map((problem) => (
            <p key={problem} role="alert" className={styles.problem}>
              A stored result cannot be read and is computed again after the next vote. {problem}
            </p>
          ))}
          <QuestionNote studyKey={study.key} plan={plan} question={question} coding={known?.coding} side={side} />
          {tab === "plane" ? (
            <PlaneTab studyKey={studyKey} plan={plan} results={results.results} side={side} question={question} live={liveCounts} />
          ) : null}
          {tab === "groups" && results.results.groups !== undefined ? (
            <GroupsTab studyKey={studyKey} plan={plan} result={results.results.groups} side={side} question={question} />
          ) : null}
          {tab === "bias" ? <BiasTab studyKey={studyKey} plan={plan} results={results.results} side={side} question={question} /> : null}
          {tab === "voters" && results.results.voters !== undefined ? (
            <VotersSection studyKey={studyKey} plan={plan} result={results.results.voters} side={side} question={question} />
          ) : null}
          {tab === "trials" ? <TrialsTab studyKey={studyKey} /> : null}
        </>
      )}
    </>
  );
}

interface NothingComputedProps {
  readonly studyKey: string;
  readonly votes: number;
  readonly isOpen: boolean;
}

function NothingComputed({ studyKey, votes, isOpen }: NothingComputedProps) {
  const toStudy = <ButtonLink href={`/studies/${studyKey}`}>The study</ButtonLink>;
  if (votes > 0)
    return (
      <EmptyState title="The results are being computed" action={toStudy}>
        {formatCounted(votes, "vote")} arrived. The page shows the results as soon as a worker has computed them.
      </EmptyState>
    );
  return (
    <EmptyState title="No votes yet" action={toStudy}>
      {isOpen ? "Results appear here a few seconds after the first vote." : "No votes arrived while the study was open."}
    </EmptyState>
  );
}
