"use client";
/** The frame of a form for one kind of run: model, method and preset in columns, its own fields, expert parameters, estimate and start. */
import type { ReactNode } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { Button } from "../marks/Button.tsx";
import { ChoiceList } from "./ChoiceList.tsx";
import { ExperimentFields } from "./ExperimentFields.tsx";
import { ExpertParameters } from "./ExpertParameters.tsx";
import { ModelPicker } from "./ModelPicker.tsx";
import type { ModelChoice } from "./modelDetail.ts";
import { NumberField } from "./NumberField.tsx";
import type { MethodChoice, MethodFormState } from "./useMethodForm.ts";

interface MethodFormProps {
  readonly form: MethodFormState;
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  readonly methodLegend: string;
  readonly methodField: string;
  /** Beside the seed. */
  readonly fields: ReactNode;
  /** Below the columns: what only this kind asks. */
  readonly children: ReactNode;
  readonly estimate: ReactNode;
  /** Parameters that a search draws. */
  readonly drawn?: ReadonlySet<string> | undefined;
  readonly busy: boolean;
  readonly action: string;
  onSubmit(): void;
}

export function MethodForm(props: MethodFormProps) {
  const { form, models, methods } = props;
  useHotkeys("mod+enter", props.onSubmit, { enableOnFormTags: true, preventDefault: true }, [props.onSubmit]);
  return (
    <form
      ref={form.element}
      className="newRunSplit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <div>
        {props.experiment ? null : (
          <ExperimentFields
            experiments={props.experiments}
            value={form.wanted}
            problem={form.inVain("experiment")}
            onChange={form.setWanted}
          />
        )}
        <div className="choices">
          <ModelPicker models={models} value={form.model?.id ?? ""} problem={form.inVain("model")} onChange={form.setModelId} />
          {methods.length > 1 ? (
            <ChoiceList
              legend={props.methodLegend}
              name="methodId"
              value={form.method?.id ?? ""}
              problem={form.inVain(props.methodField)}
              onChange={form.setMethodId}
              choices={methods.map(({ id, label, description }) => ({ id, label, detail: description }))}
            />
          ) : null}
          <ChoiceList
            legend="Preset"
            name="preset"
            value={form.preset?.id ?? ""}
            problem={form.inVain("preset")}
            onChange={form.setPresetId}
            choices={form.method?.presets.map(({ id, label, description }) => ({ id, label, detail: description })) ?? []}
          />
        </div>
        {form.preset ? (
          <p className="t12 muted presetSource">
            <b>{form.preset.label}</b> is from: {form.preset.source}.
          </p>
        ) : null}
        {props.children}
        <div className="runFields">
          {props.fields}
          <NumberField label="Seed" value={form.seed} problem={form.seedProblem} onChange={form.setSeed} />
        </div>
        <ExpertParameters
          specs={form.method?.parameters ?? []}
          values={form.values}
          paper={form.paper}
          reference={form.reference}
          drawn={props.drawn}
          problem={form.inVain("parameters")}
          onChange={form.setValue}
          onReset={form.resetValues}
        />
      </div>
      <div className="newRunAside">
        {props.estimate}
        <div className="startRow">
          <Button look="primary" type="submit" shortcut="⌘↵" disabled={props.busy || !form.model || !form.method}>
            {props.busy ? "Starting" : props.action}
          </Button>
        </div>
        {form.problem ? (
          <p className="fieldError" role="alert">
            {form.problem}
          </p>
        ) : null}
      </div>
    </form>
  );
}
