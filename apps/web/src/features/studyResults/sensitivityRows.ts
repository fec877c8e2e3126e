/** The rows of hit rate, false alarms, d' and criterion of a question, from the stored result. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import type { FigureOrReason } from "./readResults.ts";
import { formatShare, formatUnit } from "./resultFormats.ts";

type Phase = StudyResult<"detection">["planned"]["phases"][number];
type Part<Name extends "yesNo" | "forcedChoice"> = Extract<Phase[Name], { readonly defined: true }>;

export interface SensitivityRow {
  readonly name: string;
  /** "Yes", or right or wrong choices, and trials; null for figures that are no shares of trials. */
  readonly count: number | null;
  readonly of: number | null;
  readonly figure: FigureOrReason;
  format(value: number): string;
}

/** Whether answers are labels or cannot measure sensitivity: their matrix, or the reason why there is none, says more than hits do. */
export function hasMatrix({ method, forcedChoice }: Phase): boolean {
  if (method === null) return true;
  return forcedChoice.defined && forcedChoice.options.defined && forcedChoice.options.of === "labels";
}

/** @returns rows, or the reason why there are none. */
export function sensitivityRows({ method, yesNo, forcedChoice }: Phase): {
  readonly rows: readonly SensitivityRow[];
  readonly reason: string | null;
} {
  if (method === "yesNo") return yesNo.defined ? { rows: yesNoRows(yesNo), reason: null } : { rows: [], reason: yesNo.reason };
  return forcedChoice.defined ? { rows: choiceRows(forcedChoice), reason: null } : { rows: [], reason: forcedChoice.reason };
}

const unit = (name: string, figure: FigureOrReason): SensitivityRow => ({ name, count: null, of: null, figure, format: formatUnit });

function yesNoRows({ images, gold, noise, sensitivity, goldSensitivity }: Part<"yesNo">): SensitivityRow[] {
  const rate = (name: string, { yes, trials, rate: figure }: typeof images): SensitivityRow => ({
    name,
    count: yes,
    of: trials,
    figure,
    format: formatShare,
  });
  const withGold = gold.trials === 0 ? [] : [rate("Hit rate of gold, “yes” to photographs", gold)];
  return [
    rate("Hit rate, “yes” to the study’s images", images),
    ...withGold,
    rate("False alarms, “yes” to noise", noise),
    unit("d′", sensitivity.defined ? sensitivity.dPrime : sensitivity),
    unit("Criterion", sensitivity.defined ? sensitivity.criterion : sensitivity),
    ...(gold.trials === 0 ? [] : [unit("d′ of gold", goldSensitivity.defined ? goldSensitivity.dPrime : goldSensitivity)]),
  ];
}

const sum = (column: readonly number[]): number => column.reduce((total, value) => total + value, 0);

function choiceRows({ hitRate, dPrime, criterion, options, alternatives }: Part<"forcedChoice">): SensitivityRow[] {
  const right: FigureOrReason = hitRate;
  const isLabels = options.defined && options.of === "labels";
  const [hits, targets] = options.defined ? [sum(options.hits), sum(options.targets)] : [null, null];
  return [
    {
      name: isLabels ? `Hit rate, the machine’s label among ${alternatives}` : `Hit rate, the right one of ${alternatives}`,
      count: hits,
      of: targets,
      figure: right,
      format: formatShare,
    },
    {
      name: isLabels ? "False alarms, a label that is not the machine’s" : "False alarms, an image that is not the right one",
      count: options.defined ? sum(options.falseAlarms) : null,
      of: options.defined ? sum(options.foils) : null,
      figure: falseAlarms(options),
      format: formatShare,
    },
    unit(`d′ among ${alternatives}`, dPrime),
    unit("Criterion of positions", criterion),
  ];
}

/** Of all options that were offered and not right; each trial with a miss has one, so this share has no interval of its own. */
function falseAlarms(options: Part<"forcedChoice">["options"]): FigureOrReason {
  if (!options.defined) return options;
  const [chosen, offered] = [sum(options.falseAlarms), sum(options.foils)];
  if (offered === 0) return { defined: false, reason: "No other option was offered beside the right one." };
  return {
    defined: false,
    estimate: chosen / offered,
    reason: "Each miss is one false alarm, so the interval of the hit rate says the same of both.",
  };
}
