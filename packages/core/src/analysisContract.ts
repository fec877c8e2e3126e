/**
 * The contract of a kind of analysis: the fields of its question and of its result. The API uses it to check and store questions, workers
 * to compute results, and pages to read them. A row stores the kind's ID as text, and question and result as JSON.
 */
import { boolean, integer, list, number, oneOf, record, type Shape, text } from "./documentShape.ts";
import type { ImageShape } from "./image.ts";
import type { ParameterSpec, ParameterValues } from "./parameterSpec.ts";

/** Each priority has its own queue, so analyses that take seconds never wait behind analyses that take minutes. */
export type AnalysisPriority = "interactive" | "background";

/** The subjects of analyses, as fields of the question. */
export interface AnalysisSubjects {
  /** An elite of an evolution. */
  readonly elite: { readonly eliteId: string };
  /** A stored image. */
  readonly image: { readonly imageSha256: string };
  /** A run of any kind that is neither queued nor running. */
  readonly run: { readonly runId: string };
  /** The archives of one evolution, up to its last generation so far. */
  readonly archive: { readonly runId: string; readonly generation: number };
  /** The current archives of several evolutions, by run ID in ascending order. */
  readonly archives: { readonly runIds: readonly string[] };
}

export type AnalysisSubject = keyof AnalysisSubjects;

const subjectShapes: { readonly [Subject in AnalysisSubject]: Shape<AnalysisSubjects[Subject]> } = {
  elite: record({ eliteId: text }),
  image: record({ imageSha256: text }),
  run: record({ runId: text }),
  archive: record({ runId: text, generation: integer }),
  archives: record({ runIds: list(text) }),
};

function shapeOf(spec: ParameterSpec): Shape<unknown> {
  if (spec.kind === "choice") return oneOf(spec.choices);
  if (spec.kind === "boolean") return boolean;
  return spec.kind === "integer" ? integer : number;
}

export interface AnalysisContract<Id extends string, Question extends object, Result extends object> {
  readonly id: Id;
  readonly label: string;
  readonly priority: AnalysisPriority;
  readonly subject: AnalysisSubject;
  /** The question's other fields. */
  readonly parameters: readonly ParameterSpec[];
  /** Whether a repeated request recomputes the result, because it depends on more than the question. */
  readonly computesAgain: boolean;
  /** @throws AppError INVALID_INPUT naming the parameter that does not fit the subject's image. */
  checkImage?(question: Question, image: Pick<ImageShape, "width" | "height">): void;
  /** @throws AppError CORRUPT_DATA if the document is not a question of this kind. */
  readQuestion(document: unknown): Question;
  /** @throws AppError CORRUPT_DATA if the document is not a result of this kind. */
  readResult(document: unknown): Result;
}

/** A contract of any kind, without the types of its question and result. */
export type AnyAnalysisContract = AnalysisContract<string, object, object>;
export type AnalysisResult<Contract> = Contract extends AnalysisContract<string, object, infer Result> ? Result : never;

/** The question's type follows from its subject and parameters, the result's from its shape. */
export function defineAnalysis<
  const Id extends string,
  Subject extends AnalysisSubject,
  const Specs extends readonly ParameterSpec[],
  Result extends object,
>(definition: {
  readonly id: Id;
  readonly label: string;
  readonly priority: AnalysisPriority;
  readonly subject: Subject;
  readonly parameters: Specs;
  readonly computesAgain: boolean;
  checkImage?(question: AnalysisSubjects[Subject] & ParameterValues<Specs>, image: Pick<ImageShape, "width" | "height">): void;
  readonly result: Shape<Result>;
}): AnalysisContract<Id, AnalysisSubjects[Subject] & ParameterValues<Specs>, Result> {
  const { result, ...contract } = definition;
  const subject = subjectShapes[definition.subject];
  const parameters = record<ParameterValues<Specs>>(
    Object.fromEntries(definition.parameters.map((spec) => [spec.name, shapeOf(spec)])) as {
      [Name in keyof ParameterValues<Specs>]-?: Shape<ParameterValues<Specs>[Name]>;
    },
  );
  return {
    ...contract,
    readQuestion: (document) => ({ ...subject(document, "question"), ...parameters(document, "question") }),
    readResult: (document) => result(document, "result"),
  };
}
