/** The table of the codes that researchers gave to the texts of a study: a row for each blind code, and one for each settled dispute. */
import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import { type Cell, csvLine } from "@pareidolia/core/csv";
import type { TextCode } from "@pareidolia/core/textCode";
import { type CodedText, finalCode } from "@pareidolia/perception/coding/textCodes";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";

/** A text whose codes are revealed, with the reason of its decision. */
export interface ReleasedText extends CodedText {
  readonly decision: (TextCode & { readonly reason: string }) | null;
}

interface CodeRow {
  readonly text: string;
  /** Null for a decision. */
  readonly coder: number | null;
  readonly code: TextCode;
  readonly reason: string | null;
  /** Of the text; null while its dispute is open. */
  readonly final: TextCode | null;
  readonly nameOf: (label: number) => string;
}

interface CodeColumn extends TypedColumn {
  readonly value: (row: CodeRow) => Cell;
}

const kinds = "LABEL: a label of the study; NONE: none of them; UNCODABLE: it can't be coded";

/** The coder's name in exports, such as C-01. */
export function coderName(coder: number): string {
  return `C-${String(coder + 1).padStart(2, "0")}`;
}

export const codeColumns: readonly CodeColumn[] = [
  {
    name: "text",
    description: "The text as it is compared: in lower case, with punctuation and white space as single spaces.",
    type: "text",
    nullable: false,
    value: ({ text }) => text,
  },
  {
    name: "coder",
    description: "The coder's pseudonym, such as C-01; empty for the decision that settled a dispute.",
    type: "text",
    nullable: true,
    value: ({ coder }) => (coder === null ? null : coderName(coder)),
  },
  { name: "code", description: `${kinds}.`, type: "text", nullable: false, value: ({ code }) => code.kind },
  {
    name: "code_class",
    description: "The label's class; empty unless the code is a label.",
    type: "integer",
    nullable: true,
    value: ({ code }) => code.label,
  },
  {
    name: "code_name",
    description: "The name of that class, in the study's first language.",
    type: "text",
    nullable: true,
    value: ({ code, nameOf }) => (code.label === null ? null : nameOf(code.label)),
  },
  {
    name: "reason",
    description: "Why the dispute was settled so; empty for codes.",
    type: "text",
    nullable: true,
    value: ({ reason }) => reason,
  },
  {
    name: "final",
    description: "The text's final code, on which the coders agree or which settled their dispute; empty while it is open.",
    type: "text",
    nullable: true,
    value: ({ final }) => final?.kind ?? null,
  },
  {
    name: "final_class",
    description: "The class of the final code; empty for other codes.",
    type: "integer",
    nullable: true,
    value: ({ final }) => final?.label ?? null,
  },
];

/** The rows of one text: its codes by coder, then its decision. */
export function codeRows({ labelNames, languages, rules }: StudyPlan, text: ReleasedText): readonly CodeRow[] {
  const names = labelNames[languages[0] ?? ""] ?? [];
  const nameOf = (label: number): string => names[rules.design.labels.indexOf(label)] ?? `class ${label}`;
  const row = { text: text.text, final: finalCode(text), nameOf };
  return [
    ...text.codes.map(({ coder, kind, label }) => ({ ...row, coder, code: { kind, label }, reason: null })),
    ...(text.decision === null ? [] : [{ ...row, coder: null, code: text.decision, reason: text.decision.reason }]),
  ];
}

export const codeTable = {
  header: csvLine(codeColumns.map(({ name }) => name)),
  lines: (plan: StudyPlan, text: ReleasedText): string =>
    codeRows(plan, text)
      .map((row) => csvLine(codeColumns.map(({ value }) => value(row))))
      .join(""),
};
