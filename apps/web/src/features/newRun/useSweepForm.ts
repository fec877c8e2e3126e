"use client";
/** The state of the form's part for a sweep: its axes as typed, seeds, sampler, budgets and early stopping, and the mutation that starts it. */
import { defaultEta, halvingLimits } from "@pareidolia/core/sweep/halving";
import { sweepLimits } from "@pareidolia/core/sweep/sweepState";
import { useState } from "react";
import { useMutation } from "urql";
import { StartSweepDocument, type StartSweepInput, type SweepAxisInput, type SweepRunInput } from "../../graphql/generated/graphql.ts";
import { type LimitTexts, noLimits, readLimitTexts } from "../sweeps/LimitFields.tsx";
import type { AddressValues } from "./formAddress.ts";
import { type AxisField, parseAxisText } from "./parseAxisText.ts";
import { startFailure, useExperimentStart } from "./useExperimentStart.ts";
import { useFormAddress } from "./useFormAddress.ts";
import { noExperiment, usePlanSweep } from "./usePlan.ts";
import { readWholeNumber } from "./wholeNumbers.ts";

export type SweepKind = keyof SweepRunInput;

export interface AxisText {
  readonly path: string;
  readonly text: string;
}

/** The run of the form without what the start adds. */
export type SweepRun = Readonly<Record<string, unknown>> & { readonly name?: string };

type Settings = Omit<StartSweepInput, "run">;

const rules = {
  replicates: sweepLimits.seeds,
  samples: sweepLimits.runs,
  generations: sweepLimits.plateau,
  firstRung: halvingLimits.minimum,
  eta: halvingLimits.eta,
} as const;

function readAxes(text: string | null): readonly AxisText[] {
  try {
    const parsed: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(parsed)) return [];
    return parsed.flatMap((pair: unknown) =>
      Array.isArray(pair) && pair.length === 2 ? [{ path: String(pair[0]), text: String(pair[1]) }] : [],
    );
  } catch {
    return [];
  }
}

/** A sweep needs at least one axis, so its form opens with one. */
function firstAxis([first]: readonly AxisField[]): readonly AxisText[] {
  return first === undefined ? [] : [{ path: first.path, text: "" }];
}

/** Null for an empty text, which leaves the API's default; undefined for one that is no valid number of nines. */
function readDelta(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const value = Number(text);
  return value >= sweepLimits.delta.minimum && value <= sweepLimits.delta.maximum ? value : undefined;
}

/** The name in the form is the sweep's; its runs are named after their points. */
function inputOf(kind: SweepKind, sweep: Settings, run: SweepRun & { readonly experimentId: string }): StartSweepInput {
  const { name = null } = run;
  return { ...sweep, name, run: { [kind]: run } };
}

export function useSweepForm(kind: SweepKind, fields: readonly AxisField[]) {
  const address = useFormAddress();
  const [isOn, setOn] = useState(() => address.read().get("sweep") === "on");
  const [axes, setAxes] = useState<readonly AxisText[]>(() => {
    const given = readAxes(address.read().get("axes"));
    return isOn && given.length === 0 ? firstAxis(fields) : given;
  });
  const [replicates, setReplicates] = useState(() => address.read().get("replicates") ?? "3");
  const [samples, setSamples] = useState(() => address.read().get("samples") ?? "");
  const [plateau, setPlateau] = useState(() => address.read().get("plateau") ?? "");
  const [delta, setDelta] = useState(() => address.read().get("delta") ?? "");
  const [median, setMedian] = useState(() => address.read().get("median") ?? "");
  const [firstRung, setFirstRung] = useState(() => address.read().get("rung") ?? "");
  const [eta, setEta] = useState(() => address.read().get("eta") ?? String(defaultEta));
  const [limits, setLimits] = useState<LimitTexts>(noLimits);
  const [, startSweep] = useMutation(StartSweepDocument);
  const planSweep = usePlanSweep();
  const { busy, start } = useExperimentStart<{ readonly sweep: Settings; readonly run: SweepRun }>(
    ({ sweep, run }) => planSweep(inputOf(kind, sweep, { ...run, ...noExperiment })),
    async ({ sweep, run, experimentId, idempotencyKey }) => {
      const input = inputOf(kind, sweep, { ...run, experimentId, idempotencyKey });
      const { data, error } = await startSweep({ input });
      const result = data?.startSweep;
      if (result?.__typename === "StartSweepSuccess") return { address: `/sweeps/${result.sweep.key}` };
      return startFailure(result, error);
    },
  );
  const isGrid = samples.trim() === "";
  const readings = axes.map(({ path, text }) => {
    const field = fields.find((each) => each.path === path);
    return field === undefined ? { problem: "This method has no such property." } : parseAxisText(field, text, isGrid);
  });
  const replicateCount = readWholeNumber(replicates, rules.replicates);
  const sampleCount = isGrid ? null : readWholeNumber(samples, rules.samples);
  const plateauGenerations = plateau.trim() === "" ? null : readWholeNumber(plateau, rules.generations);
  const hasPlateau = plateau.trim() !== "";
  const plateauDelta = hasPlateau ? readDelta(delta) : null;
  const medianAfter = median.trim() === "" ? null : readWholeNumber(median, rules.generations);
  const isHalving = firstRung.trim() !== "";
  const firstRungAt = isHalving ? readWholeNumber(firstRung, rules.firstRung) : null;
  const etaRate = readWholeNumber(eta, rules.eta);
  const readLimits = readLimitTexts(limits);
  const isComplete = isGrid || sampleCount !== null;
  const isPlateauValid = !hasPlateau || plateauGenerations !== null;
  const isDeltaValid = plateauDelta !== undefined;
  const isMedianValid = median.trim() === "" || medianAfter !== null;

  /** Null while a field is invalid. `seed` is that of the form, and also the sampler's. */
  const settingsWith = (seed: number): Settings | null => {
    const read = readings.flatMap((reading): SweepAxisInput[] => ("axis" in reading ? [reading.axis] : []));
    if (axes.length === 0 || read.length < axes.length || replicateCount === null || readLimits === null) return null;
    if (!isComplete || !isPlateauValid || !isDeltaValid || !isMedianValid) return null;
    if (isHalving && (firstRungAt === null || etaRate === null)) return null;
    const earlyStopping = {
      ...(plateauGenerations === null ? {} : { plateauGenerations }),
      ...(plateauDelta === null ? {} : { plateauDelta }),
      ...(medianAfter === null ? {} : { medianAfter }),
      ...(firstRungAt === null ? {} : { halving: { minimum: firstRungAt, eta: etaRate } }),
    };
    return {
      axes: read,
      replicates: replicateCount,
      ...(sampleCount === null ? {} : { sample: { count: sampleCount, seed } }),
      limits: readLimits,
      ...(Object.keys(earlyStopping).length === 0 ? {} : { earlyStopping }),
    };
  };
  const addressValues: AddressValues = {
    sweep: isOn ? "on" : null,
    axes: axes.length === 0 ? null : JSON.stringify(axes.map(({ path, text }) => [path, text])),
    replicates: isOn ? replicates : null,
    samples: isOn && !isGrid ? samples : null,
    plateau: isOn && hasPlateau ? plateau : null,
    delta: isOn && hasPlateau && delta.trim() !== "" ? delta : null,
    median: isOn && median.trim() !== "" ? median : null,
    rung: isOn && isHalving ? firstRung : null,
    eta: isOn && isHalving ? eta : null,
  };
  return {
    kind,
    fields,
    isOn,
    setOn: (next: boolean) => {
      setOn(next);
      if (next && axes.length === 0) setAxes(firstAxis(fields));
    },
    axes,
    setAxes,
    problemOfAxis: (index: number): string | null => {
      const reading = readings[index];
      return reading !== undefined && "problem" in reading ? reading.problem : null;
    },
    replicates,
    setReplicates,
    replicateCount,
    samples,
    setSamples,
    isSampleValid: isComplete,
    plateau,
    setPlateau,
    hasPlateau,
    isPlateauValid,
    delta,
    setDelta,
    isDeltaValid,
    median,
    setMedian,
    isMedianValid,
    firstRung,
    setFirstRung,
    isHalving,
    isFirstRungValid: !isHalving || firstRungAt !== null,
    eta,
    setEta,
    isEtaValid: etaRate !== null,
    limits,
    setLimits,
    settingsWith,
    addressValues,
    busy,
    start,
  };
}

export type SweepForm = ReturnType<typeof useSweepForm>;
