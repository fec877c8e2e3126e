"use client";
/** The coding of the texts that voters of a study wrote: first each text blind, then the codes side by side, and disputes to settle. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { LabelsOfTextsDocument, StudyTextsDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { studyResultsAddress } from "../studyResults/resultsState.ts";
import { refusalOf } from "../studyResults/useStudyResults.ts";
import { Coders } from "./Coders.tsx";
import { CodeTexts } from "./CodeTexts.tsx";
import type { LoadedCoding } from "./codeWords.ts";
import { Disputes } from "./Disputes.tsx";
import { RevealedTexts } from "./RevealedTexts.tsx";
import styles from "./TextCoding.module.css";
import { useCodingActions } from "./useCodingActions.ts";

const pollMilliseconds = 5_000;

export function TextCodingPage({ studyKey }: { readonly studyKey: string }) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: StudyTextsDocument,
    variables: { key: studyKey },
    poll: pollMilliseconds,
    retryAfter: pollMilliseconds,
    isFound: ({ node }) => node?.__typename === "Study",
  });
  const study = data?.node?.__typename === "Study" ? data.node : null;
  const refusal = refusalOf(error);
  const toStudy = <ButtonLink href={`/studies/${studyKey}`}>The study</ButtonLink>;
  return (
    <div className="page">
      <PagePath
        steps={[
          { label: "Studies", href: "/studies" },
          { label: study === null ? studyKey : `${study.key} ${study.title}`, href: `/studies/${studyKey}` },
        ]}
        here="Coding"
      />
      {refusal !== null ? (
        <>
          <h1>Coding of texts</h1>
          <EmptyState title="These texts are not open to you" action={toStudy}>
            Texts are read by researchers, and by a researcher who votes only after the last trial. {refusal}
          </EmptyState>
        </>
      ) : study?.textCoding ? (
        <OpenCoding studyId={study.id} studyKey={study.key} coding={study.textCoding} onChanged={refetch} />
      ) : notFound || study !== null ? (
        <>
          <h1>Coding of texts</h1>
          <EmptyState title="No texts to code" action={toStudy}>
            {study === null
              ? `This workspace has no study ${studyKey}.`
              : "This study is a draft, or none of its questions is answered with free text."}
          </EmptyState>
        </>
      ) : error ? (
        <RequestError message={error.message} onRetry={refetch} />
      ) : (
        <SkeletonLines count={4} height={80} />
      )}
    </div>
  );
}

interface OpenCodingProps {
  readonly studyId: string;
  readonly studyKey: string;
  readonly coding: LoadedCoding;
  readonly onChanged: () => void;
}

function OpenCoding({ studyId, studyKey, coding, onChanged }: OpenCodingProps) {
  const actions = useCodingActions({ studyId, onDone: onChanged });
  const { data } = useLiveQuery({ query: LabelsOfTextsDocument, variables: { key: studyKey }, requestPolicy: "cache-first" });
  const labels = data?.node?.__typename === "Study" ? (data.node.textCoding?.labels ?? []) : [];
  const { textCount, revealedCount, ownCount, disputeCount, isComplete } = coding;
  const waiting = textCount - revealedCount;
  return (
    <>
      <header className="pageHead">
        <div>
          <h1>Coding of texts</h1>
          <p>
            {textCount === 0 ? (
              "No voter has written a text yet."
            ) : (
              <>
                Which label does each text name? <span className="n12 second">{textCount}</span> distinct{" "}
                {textCount === 1 ? "text" : "texts"},{" "}
                {waiting === 0 ? (
                  "all compared"
                ) : (
                  <>
                    <span className="n12 second">
                      {ownCount} of {waiting}
                    </span>{" "}
                    coded by you
                  </>
                )}
                {disputeCount === 0 ? "" : `, ${disputeCount} disputed`}.
              </>
            )}
          </p>
        </div>
        <div className="pageActions">
          <ButtonLink href={studyResultsAddress(studyKey)}>Results</ButtonLink>
        </div>
      </header>
      {isComplete ? (
        <p role="status" className="second">
          The coding is complete. The results of the study are computed from these codes.
        </p>
      ) : null}
      {waiting === 0 ? null : (
        <>
          <ProgressTrack share={ownCount / waiting} label="Texts coded by you" className={styles.progress} />
          <div className={styles.columns}>
            <CodeTexts coding={coding} labels={labels} actions={actions} />
            <Coders coding={coding} actions={actions} />
          </div>
        </>
      )}
      {waiting > 0 || actions.problem === null ? null : (
        <p role="alert" className="fieldError">
          {actions.problem}
        </p>
      )}
      <Disputes coding={coding} labels={labels} actions={actions} />
      <RevealedTexts studyKey={studyKey} coding={coding} />
    </>
  );
}
