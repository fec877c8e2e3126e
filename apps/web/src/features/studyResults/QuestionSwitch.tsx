"use client";
/** The question whose results the page shows, for a study that repeats its images with several questions. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { useQueryState } from "nuqs";
import { describeQuestion } from "./planOfResults.ts";
import { questionParser } from "./resultsState.ts";
import styles from "./StudyResults.module.css";

interface QuestionSwitchProps {
  readonly phases: StudyPlan["rules"]["design"]["phases"];
  readonly question: number;
}

export function QuestionSwitch({ phases, question }: QuestionSwitchProps) {
  const [, setQuestion] = useQueryState("question", questionParser);
  if (phases.length < 2) return null;
  return (
    <div className={styles.switch} role="group" aria-label="Question">
      {phases.map((phase, index) => (
        <button key={index} type="button" aria-pressed={index === question} onClick={() => void setQuestion(index === 0 ? null : index)}>
          {`${index + 1}: ${describeQuestion(phase)}`}
        </button>
      ))}
    </div>
  );
}
