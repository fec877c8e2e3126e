/**
 * Says above the figures of a question why its answers agree with no label. Of texts, it says that coding is missing, with a link to the page
 * for it, or by which coding they agree, with the share that do. Nothing for other questions.
 */
import { needsCoding, whyWithout } from "@pareidolia/perception/protocols/registry";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { Link } from "../marks/Link.tsx";
import { FigureText } from "./FigureText.tsx";
import type { PlanOfResults } from "./planOfResults.ts";
import { formatCounted, formatShare, formatUnit } from "./resultFormats.ts";

interface QuestionNoteProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly question: number;
  /** Undefined before the first computation. */
  readonly coding: StudyResult<"coding"> | undefined;
  readonly side: "planned" | "everyone";
}

export function QuestionNote({ studyKey, plan, question, coding, side }: QuestionNoteProps) {
  const phase = plan.plan.rules.design.phases[question];
  const reason = phase === undefined ? null : whyWithout(phase.protocol, "agreement");
  if (phase === undefined || reason === null) return null;
  const toCoding = (text: string) => (
    <Link className="link" href={`/studies/${studyKey}/coding`}>
      {text}
    </Link>
  );
  const found = coding?.shared.coding;
  const answers = coding?.[side].phases[question]?.answers;
  if (found?.defined !== true || answers?.defined !== true)
    return (
      <p role="note" className="second">
        {reason} {needsCoding(phase.protocol) ? toCoding("Code the texts") : null}
      </p>
    );
  const { alpha } = found.agreement;
  const { uncodable } = answers;
  return (
    <p role="note" className="second">
      From {toCoding("the coding")} of {formatCounted(found.texts, "text")} by {formatCounted(found.coders, "researcher")}
      {alpha.estimate === undefined ? "" : ` (α = ${formatUnit(alpha.estimate)})`}, {formatCounted(found.settled, "dispute")} settled
      {uncodable === 0 ? "" : `; ${formatCounted(uncodable, "answer")} that can’t be coded ${uncodable === 1 ? "is" : "are"} left out`}.
      Answers coded as the label: <FigureText figure={answers.share} format={formatShare} cases="answers" />
    </p>
  );
}
