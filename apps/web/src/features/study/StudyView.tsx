"use client";
/** A study that was opened: its state and controls, the link to vote, progress, its images with their votes, and the locked plan. */
import { shareIntervalOf } from "@pareidolia/perception/intervals/shareInterval";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { oneOf } from "../marks/addressProblems.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { TabList, tabId } from "../marks/TabList.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { ReleasesTab } from "../releases/ReleasesTab.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { findDraft } from "../studies/studySummary.ts";
import { StudyMembers } from "../studyMembers/StudyMembers.tsx";
import { StudyPlaces } from "../studyPlaces/StudyPlaces.tsx";
import { wordsOfAll } from "../studyResults/agreementWords.ts";
import { BlindNotice, votesBlind } from "./BlindNotice.tsx";
import { LockedPlan } from "./LockedPlan.tsx";
import { planOf } from "./planOf.ts";
import { StudyHead } from "./StudyHead.tsx";
import { StudyImageTable } from "./StudyImageTable.tsx";
import { StudyProgress } from "./StudyProgress.tsx";
import styles from "./StudyView.module.css";
import { studyTabs, tabLabels } from "./studyTabs.ts";
import { useClassNames } from "./useClassNames.ts";
import { useStudyImages } from "./useStudyImages.ts";
import { VoteLink } from "./VoteLink.tsx";

const rules = [{ ...oneOf("tab", studyTabs, "images"), instead: "the images are shown" }];

/** What a researcher who votes in the study sees of it: its state and progress, which give no label away. */
function BlindStudyView({ study }: { readonly study: StudyOnPageFragment }) {
  return (
    <div className="page">
      <PagePath steps={[{ label: "Studies", href: "/studies" }]} here={study.key} />
      <StudyHead study={study} draft={null} />
      <div className={styles.facts}>
        <StudyProgress study={study} plan={null} />
        <VoteLink study={study} />
      </div>
      <BlindNotice study={study} />
    </div>
  );
}

export function StudyView({ study }: { readonly study: StudyOnPageFragment }) {
  return votesBlind(study) ? <BlindStudyView study={study} /> : <OpenedStudyView study={study} />;
}

function OpenedStudyView({ study }: { readonly study: StudyOnPageFragment }) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(studyTabs).withDefault("images").withOptions({ history: "push" }));
  // New votes change the images' counts.
  const { images, error, refetch } = useStudyImages(study.id, `${study.voteCount} ${study.lastVoteAt ?? ""}`);
  const classNames = useClassNames(images) ?? [];
  const counted = images?.filter(({ role }) => role === "COUNTED");
  const plan = planOf(study.planText);
  const { may } = usePermissions();
  const shownTabs = studyTabs.filter((id) => id !== "voters" || may("raiseVoterLimit"));
  return (
    <div className="page">
      <PagePath steps={[{ label: "Studies", href: "/studies" }]} here={study.key} />
      <StudyHead study={study} draft={findDraft(study.draft)} />
      <AddressCheck rules={rules} names={[]} />
      <div className={styles.facts}>
        <StudyProgress study={study} plan={plan} />
        <VoteLink study={study} />
      </div>
      <div className={styles.tabs}>
        <TabList
          label="Parts of the study"
          tabs={shownTabs.map((id) => ({ id, label: tabLabels[id] }))}
          current={tab}
          panelId="study-tab"
          onChange={(next) => void setTab(next)}
        />
      </div>
      <div id="study-tab" role="tabpanel" aria-labelledby={tabId("study-tab", tab)}>
        {tab === "members" ? (
          <StudyMembers
            study={study}
            images={counted}
            imagesError={error}
            classNames={classNames}
            overlap={plan?.overlap ?? null}
            perSession={plan?.rules.design.perVoter.counted ?? null}
          />
        ) : null}
        {tab === "voters" ? <StudyPlaces study={study} /> : null}
        {tab === "plan" ? <LockedPlan study={study} plan={plan} /> : null}
        {tab === "releases" ? <ReleasesTab study={study} plan={plan} /> : null}
        {tab === "images" && counted === undefined ? (
          error === null ? (
            <SkeletonLines count={6} height={48} />
          ) : (
            <RequestError message={error} onRetry={refetch} forVisitors />
          )
        ) : null}
        {tab === "images" && counted !== undefined ? (
          <StudyImageTable
            studyKey={study.key}
            images={counted}
            classNames={classNames}
            overlap={plan?.overlap ?? null}
            interval={plan === null ? "wilson" : shareIntervalOf(plan.rules.stopping)}
            words={wordsOfAll(plan?.rules.design.phases ?? [])}
          />
        ) : null}
      </div>
    </div>
  );
}
