"use client";
/** The form's part for a sweep: a switch, the axes with their values, seeds, sampler, budgets, and a preview of count and cost. */
import { resourceUnitOf } from "@pareidolia/core/runKinds/registry";
import { halvingLimits } from "@pareidolia/core/sweep/halving";
import { sweepLimits } from "@pareidolia/core/sweep/sweepState";
import { useEffect, useId, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PlanSweepDocument, type StartSweepInput } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { LimitFields } from "../sweeps/LimitFields.tsx";
import { RungPlan } from "../sweeps/RungPlan.tsx";
import { NumberField } from "./NumberField.tsx";
import { axisExample } from "./parseAxisText.ts";
import runEstimateStyles from "./RunEstimate.module.css";
import runFormStyles from "./RunForm.module.css";
import styles from "./SweepFields.module.css";
import { noExperiment } from "./usePlan.ts";
import type { SweepForm, SweepRun } from "./useSweepForm.ts";
import { wholeNumberError } from "./wholeNumbers.ts";

export function SweepFields({ sweep }: { readonly sweep: SweepForm }) {
  const { axes, fields, setAxes } = sweep;
  const unit = resourceUnitOf(sweep.kind);
  const free = fields.filter(({ path }) => !axes.some((axis) => axis.path === path));
  const change = (index: number, text: string) => setAxes(axes.map((axis, i) => (i === index ? { ...axis, text } : axis)));
  return (
    <section className={styles.sweep}>
      <label className={styles.switch}>
        <input type="checkbox" checked={sweep.isOn} onChange={(event) => sweep.setOn(event.target.checked)} />
        <b>Sweep</b>
      </label>
      <p className="t12 muted">Start a run for each combination of values, with several seeds.</p>
      {sweep.isOn ? (
        <>
          <ol className={styles.axes}>
            {axes.map((axis, index) => (
              <AxisRow
                key={index}
                sweep={sweep}
                index={index}
                onPath={(path) => setAxes(axes.map((each, i) => (i === index ? { path, text: "" } : each)))}
                onText={(text) => change(index, text)}
                onRemove={() => setAxes(axes.filter((_, i) => i !== index))}
              />
            ))}
          </ol>
          <Button
            look="quiet"
            disabled={free.length === 0 || axes.length >= sweepLimits.axes.maximum}
            onClick={() => setAxes([...axes, { path: free[0]?.path ?? "", text: "" }])}
          >
            Add an axis
          </Button>
          <div className={runFormStyles.runFields}>
            <NumberField
              label="Seeds of each point"
              value={sweep.replicates}
              problem={sweep.replicateCount === null ? wholeNumberError(sweepLimits.seeds) : null}
              onChange={sweep.setReplicates}
            />
            <NumberField
              label="Random points, empty for a grid"
              value={sweep.samples}
              problem={sweep.isSampleValid ? null : wholeNumberError(sweepLimits.runs)}
              onChange={sweep.setSamples}
            />
          </div>
          {sweep.kind === "evolution" ? <StoppingFields sweep={sweep} /> : null}
          {unit === null ? null : <HalvingFields sweep={sweep} unit={unit} />}
          <details className={styles.limits}>
            <summary>Budget and queue</summary>
            <LimitFields texts={sweep.limits} onChange={sweep.setLimits} />
          </details>
        </>
      ) : null}
    </section>
  );
}

/** The rules that end a single evolution early. An empty field means that its rule does not apply. */
function StoppingFields({ sweep }: { readonly sweep: SweepForm }) {
  const { minimum, maximum } = sweepLimits.delta;
  return (
    <div className={runFormStyles.runFields}>
      <NumberField
        label="Stop on a plateau of the search’s median, in generations"
        value={sweep.plateau}
        problem={sweep.isPlateauValid ? null : wholeNumberError(sweepLimits.plateau)}
        onChange={sweep.setPlateau}
      />
      {sweep.hasPlateau ? (
        <NumberField
          label="Least improvement, in nines"
          value={sweep.delta}
          problem={sweep.isDeltaValid ? null : `A number from ${minimum} to ${maximum}, or nothing for 0.01.`}
          onChange={sweep.setDelta}
        />
      ) : null}
      <NumberField
        label="Stop below the search’s median from generation"
        value={sweep.median}
        problem={sweep.isMedianValid ? null : wholeNumberError(sweepLimits.plateau)}
        onChange={sweep.setMedian}
      />
    </div>
  );
}

/** An empty first rung means that all runs go to the end of their plan. */
function HalvingFields({ sweep, unit }: { readonly sweep: SweepForm; readonly unit: string }) {
  return (
    <fieldset className={styles.halving}>
      <legend>Successive halving</legend>
      <p className="t12 muted">
        Runs wait at the first rung until all are there. Then the best points continue to the next rung, and the others end.
      </p>
      <div className={runFormStyles.runFields}>
        <NumberField
          label={`First rung, in ${unit}, empty for none`}
          value={sweep.firstRung}
          problem={sweep.isFirstRungValid ? null : wholeNumberError(halvingLimits.minimum)}
          onChange={sweep.setFirstRung}
        />
        {sweep.isHalving ? (
          <NumberField
            label="One point continues of"
            value={sweep.eta}
            problem={sweep.isEtaValid ? null : wholeNumberError(halvingLimits.eta)}
            onChange={sweep.setEta}
          />
        ) : null}
      </div>
    </fieldset>
  );
}

interface AxisRowProps {
  readonly sweep: SweepForm;
  readonly index: number;
  onPath(path: string): void;
  onText(text: string): void;
  onRemove(): void;
}

function AxisRow({ sweep, index, onPath, onText, onRemove }: AxisRowProps) {
  const { axes, fields } = sweep;
  const id = useId();
  const [touched, setTouched] = useState(false);
  const axis = axes[index] as SweepForm["axes"][number];
  const field = fields.find(({ path }) => path === axis.path);
  const problem = touched || axis.text !== "" ? sweep.problemOfAxis(index) : null;
  return (
    <li className={styles.axis}>
      <label>
        <span className="fieldLabel">Axis {index + 1}</span>
        <select className="input" value={axis.path} onChange={(event) => onPath(event.target.value)}>
          {fields
            .filter(({ path }) => path === axis.path || !axes.some((other) => other.path === path))
            .map(({ path, label }) => (
              <option key={path} value={path}>
                {label}
              </option>
            ))}
        </select>
      </label>
      <div>
        <label>
          <span className="fieldLabel">Values of {field?.label ?? "the axis"}</span>
          <input
            className="input number"
            autoComplete="off"
            value={axis.text}
            placeholder={field === undefined ? "" : axisExample(field)}
            aria-invalid={problem === null ? undefined : true}
            aria-describedby={problem === null ? undefined : id}
            onBlur={() => setTouched(true)}
            onChange={(event) => onText(event.target.value)}
          />
        </label>
        {problem === null ? null : (
          <span className="fieldError" id={id} role="alert">
            {problem}
          </span>
        )}
      </div>
      <Button look="quiet" aria-label={`Remove axis ${index + 1}`} disabled={axes.length === 1} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}

/** The text changes with each key; the preview follows after this many milliseconds without one. */
const typingMilliseconds = 350;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMilliseconds);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Count and cost before the start, as the API computes them. */
export function SweepPreview({
  sweep,
  run,
  seed,
}: {
  readonly sweep: SweepForm;
  readonly run: SweepRun | null;
  readonly seed: number | null;
}) {
  const { may } = usePermissions();
  const settings = seed === null ? null : sweep.settingsWith(seed);
  // The preview checks no experiment: a new one exists only after the start.
  const input = settings === null || run === null ? null : { ...settings, run: { [sweep.kind]: { ...run, ...noExperiment } } };
  const text = useSettled(input === null ? "" : JSON.stringify(input));
  const { data, error } = useLiveQuery({
    query: PlanSweepDocument,
    variables: { input: JSON.parse(text === "" ? "{}" : text) as StartSweepInput },
    pause: text === "" || !may("startSweep"),
  });
  const plan = text === "" || error ? undefined : data?.planSweep;
  return (
    <section className={runEstimateStyles.estimate} aria-live="polite">
      <h2>Sweep</h2>
      <p>
        <span className="n36">{plan === undefined ? "–" : formatCount(plan.runCount)}</span>{" "}
        <span className="second">{plan?.runCount === 1 ? "run" : "runs"}</span>
      </p>
      {plan === undefined ? (
        error && text !== "" ? (
          <p className="fieldError" role="alert">
            {error.graphQLErrors[0]?.message ?? "The API does not answer."}
          </p>
        ) : (
          <p className="t12 muted">Type the values of each axis to see the number of runs and their cost.</p>
        )
      ) : (
        <p className="t12 muted">
          <span className="n12">{formatCount(plan.pointCount)}</span> {plan.pointCount === 1 ? "point" : "points"} by{" "}
          <span className="n12">{formatCount(plan.seeds.length)}</span> {plan.seeds.length === 1 ? "seed" : "seeds"}, up to{" "}
          <span className="n12">{formatCount(plan.evaluations)}</span> evaluations
          {plan.seconds == null ? "." : <>, about {formatDuration(plan.seconds)} of computing as measured in recent runs.</>}
        </p>
      )}
      {plan === undefined || plan.rungs.length === 0 ? null : <RungPlan rungs={plan.rungs} unit={resourceUnitOf(sweep.kind) ?? ""} />}
    </section>
  );
}
