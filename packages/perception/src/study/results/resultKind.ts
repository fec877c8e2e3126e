/** The contract of a kind of result: what is computed for each side, and the shape in which it is stored. */
import type { Shape } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import type { AnswerUse } from "../../protocols/protocolKind.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { Evidence, PhaseEvidence, Side } from "./evidence.ts";
import type { OrReason } from "./figure.ts";

export interface ResultKind<Id extends string, Shared extends object, Section extends object> {
  readonly id: Id;
  readonly label: string;
  readonly description: string;
  /** What does not depend on the side. */
  shared(evidence: Evidence): Shared;
  compute(side: Side, evidence: Evidence): Section;
  readonly sharedShape: Shape<Shared>;
  readonly sectionShape: Shape<Section>;
}

/** Infers the types of the documents. */
export function defineResult<const Id extends string, Shared extends object, Section extends object>(
  kind: ResultKind<Id, Shared, Section>,
): ResultKind<Id, Shared, Section> {
  return kind;
}

/** What answers of this kind give, or the reason of the protocol why they give nothing for the use. */
export function ifUsable<T extends object>(
  { protocol, coded }: Pick<PhaseEvidence, "protocol" | "coded">,
  use: AnswerUse,
  compute: () => OrReason<T>,
): OrReason<T> {
  const without = whyWithout(protocol, use, coded);
  return without === null ? compute() : undefinedBecause(without);
}
