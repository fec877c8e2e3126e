/** People's answers to an image in one study: each answer's share of the votes, and the share that names what the machine names. */
import rowStyles from "../marks/AnswerRows.module.css";
import { Confidence } from "../marks/Confidence.tsx";
import { Link } from "../marks/Link.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { formatCounted, formatShare } from "../studyResults/resultFormats.ts";
import { studyResultsAddress } from "../studyResults/resultsState.ts";
import {
  answerRows,
  compareWithChance,
  describeAnswers,
  describeQuestion,
  describeShare,
  formatIntervalPercent,
  type ImageQuestion,
  type ImageStudy,
  nameOfNamed,
  type PeopleShare,
  whyNotNamed,
} from "./peopleTexts.ts";
import { ShareMark } from "./ShareMark.tsx";
import styles from "./WhatPeopleSay.module.css";

export function StudyAnswers({ asked }: { readonly asked: ImageStudy }) {
  const { study, withheld, questions, labelName, confidence, counted } = asked;
  const link = (
    <Link className="link" href={studyResultsAddress(study.key)}>
      <span className="n12">{study.key}</span> {study.title}
    </Link>
  );
  if (withheld != null)
    return (
      <div className={styles.study}>
        <p className="t12 muted">
          <Link className="link" href={`/studies/${study.key}`}>
            <span className="n12">{study.key}</span> {study.title}
          </Link>
        </p>
        <p className={styles.note}>{withheld.message}</p>
      </div>
    );
  return (
    <div className={styles.study}>
      <p className="t12 muted">
        {link}
        {study.state === "OPEN" ? ", open" : study.state === "PAUSED" ? ", paused" : ""}
      </p>
      {questions.map((question) => (
        <QuestionAnswers key={question.number} question={question} labelName={labelName ?? ""} confidence={confidence ?? null} />
      ))}
      <p className={`${styles.note} t12 muted`}>{describeCounted(counted, questions)}</p>
    </div>
  );
}

function describeCounted(counted: ImageStudy["counted"], questions: readonly ImageQuestion[]): string {
  if (counted !== "PLANNED") return "All voters are counted.";
  const excluded = questions.reduce((sum, { excludedCount }) => sum + excludedCount, 0);
  return excluded === 0
    ? "As planned; no answer to this image is left out."
    : `As planned: ${formatCounted(excluded, "answer")} of voters or to trials that the plan leaves out ${excluded === 1 ? "is" : "are"} not counted.`;
}

interface QuestionAnswersProps {
  readonly question: ImageQuestion;
  readonly labelName: string;
  readonly confidence: number | null;
}

function QuestionAnswers({ question, labelName, confidence }: QuestionAnswersProps) {
  const { named, chance, voteCount, missingCount } = question;
  const { rows, others } = answerRows(question, labelName);
  const label = splitLabel(labelName).name;
  return (
    <>
      <p className="t12 muted">
        “{describeQuestion(question)}” {formatCounted(voteCount, "vote")}, {describeAnswers(question)}
        {chance == null ? "" : `; chance ${formatShare(chance)} is marked`}
      </p>
      {rows.length === 0 ? null : (
        <ul className={rowStyles.rows}>
          {rows.map(({ key, name, isMachines, given }) => (
            <li key={key} data-claimed={isMachines || undefined}>
              <span title={name}>{splitLabel(name).name}</span>
              <Counts share={given} />
              <ShareMark share={given} chance={chance} />
            </li>
          ))}
        </ul>
      )}
      {others === 0 ? null : <p className="t12 muted">and {formatCounted(others, "other answer")}</p>}
      <dl className={rowStyles.figures}>
        {named == null ? (
          <>
            <dt>{nameOfNamed(question)}</dt>
            <dd className="muted">{whyNotNamed(question)}</dd>
          </>
        ) : (
          <NamedShare question={question} named={named} />
        )}
        {confidence === null ? null : (
          <>
            <dt className="muted">The machine’s confidence in {label}</dt>
            <dd>
              <Confidence value={confidence} size="n12" />
            </dd>
          </>
        )}
        {missingCount === 0 ? null : (
          <>
            <dt className="muted">“Can’t tell”, not counted</dt>
            <dd className="n12">{formatCount(missingCount)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function NamedShare({ question, named }: { readonly question: ImageQuestion; readonly named: PeopleShare }) {
  const compared = compareWithChance(named, question.chance);
  return (
    <>
      <dt>{nameOfNamed(question)}</dt>
      <dd className={`${styles.named} n12`}>{formatShare(named.share)}</dd>
      <dt className="t12 muted">95% interval for other voters{compared === null ? "" : `, ${compared}`}</dt>
      <dd className="n12 muted">{formatIntervalPercent(named)}</dd>
    </>
  );
}

function Counts({ share }: { readonly share: PeopleShare }) {
  return (
    <span className="n12" title={describeShare(share)}>
      {formatCount(share.agreeing)} <span className="muted">/ {formatCount(share.votes)}</span>
      <span className="visuallyHidden">, 95% interval for other voters {formatIntervalPercent(share)} percent</span>
    </span>
  );
}
