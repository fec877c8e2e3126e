"use client";
/** The layout of every method's form: model, method and preset in columns, the method's own fields, expert parameters, the estimate and the start button. */
import type { ReactNode } from "react";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { Button } from "../marks/Button.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { ExperimentFields } from "./ExperimentFields.tsx";
import { ExpertParameters } from "./ExpertParameters.tsx";
import { ModelPicker } from "./ModelPicker.tsx";
import type { ModelChoice } from "./modelDetail.ts";
import { NameField } from "./NameField.tsx";
import { type OwnSettings, RerunNote } from "./RerunNote.tsx";
import runFormStyles from "./RunForm.module.css";
import { SweepFields, SweepPreview } from "./SweepFields.tsx";
import type { MethodChoice, MethodFormState } from "./useMethodForm.ts";
import type { SweepForm, SweepRun } from "./useSweepForm.ts";

interface MethodFormProps {
  readonly form: MethodFormState;
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  readonly methodLegend: string;
  readonly methodField: string;
  /** The row of short fields: the seed and the method's own. */
  readonly fields: ReactNode;
  /** The method's own parts between the choices and the row of fields. */
  readonly children: ReactNode;
  /** The method's own settings, to compare them with the run that the form repeats. */
  readonly settings?: OwnSettings;
  /** Shown above the estimate. */
  readonly preview?: ReactNode;
  readonly estimate: ReactNode;
  /** The form as a GraphQL mutation, below the start button. */
  readonly query?: ReactNode;
  /** Names of the parameters that a random search draws. */
  readonly drawn?: ReadonlySet<string> | undefined;
  /** The form's part for a sweep, and the run that the points of the sweep vary; null while the run is invalid. */
  readonly sweep: { readonly form: SweepForm; readonly run: SweepRun | null };
  readonly busy: boolean;
  readonly action: string;
  onSubmit(): void;
}

const noSettings: OwnSettings = {};

export function MethodForm(props: MethodFormProps) {
  const { form, models, methods, sweep } = props;
  const isSweep = sweep.form.isOn;
  const busy = props.busy || sweep.form.busy;
  useShortcut("mod+enter", props.onSubmit, {
    enabled: !busy,
    enableOnFormTags: true,
    preventDefault: true,
    ignoreEventWhen: () => form.element.current?.closest("fieldset:disabled") != null,
  });
  return (
    <form
      ref={form.element}
      className={runFormStyles.newRunSplit}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <div>
        <div className={runFormStyles.runFields}>
          {props.experiment ? null : (
            <ExperimentFields
              experiments={props.experiments}
              value={form.experiment}
              problem={form.fieldError("experiment")}
              onChange={form.setExperiment}
            />
          )}
          <NameField form={form} isSweep={isSweep} />
        </div>
        <div className={runFormStyles.choices}>
          <ModelPicker models={models} value={form.model?.id ?? ""} problem={form.fieldError("model")} onChange={form.setModelId} />
          {methods.length > 1 ? (
            <ChoiceList
              legend={props.methodLegend}
              name="methodId"
              value={form.method?.id ?? ""}
              problem={form.fieldError(props.methodField)}
              onChange={form.setMethodId}
              choices={methods.map(({ id, label, description }) => ({ id, label, detail: description }))}
            />
          ) : null}
          <ChoiceList
            legend="Preset"
            name="preset"
            value={form.preset?.id ?? ""}
            problem={form.fieldError("preset")}
            onChange={form.setPresetId}
            choices={form.method?.presets.map(({ id, label, description }) => ({ id, label, detail: description })) ?? []}
          />
        </div>
        {props.children}
        <div className={runFormStyles.runFields}>{props.fields}</div>
        <ExpertParameters
          specs={form.method?.parameters ?? []}
          values={form.values}
          paper={form.paper}
          reference={form.reference}
          drawn={props.drawn}
          problem={form.fieldError("parameters")}
          onChange={form.setValue}
          onReset={form.resetValues}
        />
        <SweepFields sweep={sweep.form} />
      </div>
      <div className={runFormStyles.newRunAside}>
        {props.preview === undefined ? null : (
          <>
            {props.preview}
            <div className="rule" />
          </>
        )}
        {isSweep ? <SweepPreview sweep={sweep.form} run={sweep.run} seed={form.readSeed} /> : props.estimate}
        <RerunNote form={form} settings={props.settings ?? noSettings} />
        <div className={runFormStyles.startRow}>
          <Button look="primary" type="submit" shortcut="mod+↵" disabled={busy || !form.model || !form.method}>
            {busy ? "Starting" : isSweep ? "Start sweep" : props.action}
          </Button>
        </div>
        {form.problem ? (
          <p className="fieldError" role="alert">
            {form.problem}
          </p>
        ) : null}
        {isSweep ? null : props.query}
      </div>
    </form>
  );
}
