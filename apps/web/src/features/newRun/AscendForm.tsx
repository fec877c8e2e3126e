"use client";
/** The form for a gradient ascent: its classes and starts, and either one set of parameters or a random search. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import { StartAscentDocument, type StartAscentInput } from "../../graphql/generated/graphql.ts";
import { trajectoryCount } from "../ascent/trajectoryCount.ts";
import { AscentEstimate } from "./AscentEstimate.tsx";
import { ascentFromAddress, ascentValues, type SettingsId, settingsChoices } from "./ascentAddress.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { ClassPicker } from "./ClassPicker.tsx";
import { CropPicker, canCrop } from "./CropPicker.tsx";
import { FramingFields } from "./FramingFields.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField } from "./NumberField.tsx";
import { PresetSource } from "./PresetSource.tsx";
import { paperClassesOf } from "./paperClasses.ts";
import runFormStyles from "./RunForm.module.css";
import { SearchFields } from "./SearchFields.tsx";
import { SeedField } from "./SeedField.tsx";
import { SourcePicker } from "./SourcePicker.tsx";
import { choiceField, modelField, parameterFields } from "./sweepFields.ts";
import { useAscentSearch } from "./useAscentSearch.ts";
import { startFailure, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useFraming } from "./useFraming.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { usePlanRun } from "./usePlan.ts";
import { cropFromAddress, cropValues, useSourceCrop } from "./useSourceCrop.ts";
import { useSourceFromAddress } from "./useSourceFromAddress.ts";
import { useSourceSelection } from "./useSourceSelection.ts";
import { useSweepForm } from "./useSweepForm.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

type AscentInput = Omit<StartAscentInput, "experimentId" | "idempotencyKey">;
const methodField = "ascent";
const defaultPreset = "adam-log-posterior";
/** The default preset of a random search, as in the authors' own search. */
const searchPreset = "paper-unregularised";

function defaultClasses(labels: readonly string[]): readonly number[] {
  return paperClassesOf(labels) ?? labels.slice(0, 10).map((_, index) => index);
}

export function AscendForm(input: MethodFormInput) {
  const address = useFormAddress();
  const [requested] = useState(() =>
    ascentFromAddress(address.read(), { models: input.models, searchable: input.methods[0]?.searchSpace.map(({ name }) => name) ?? [] }),
  );
  const initialPreset = requested.settings === "search" ? searchPreset : defaultPreset;
  const framing = useFraming(
    address,
    input.models.find(({ id }) => id === requested.modelId),
  );
  const [requestedCrop] = useState(() => cropFromAddress(address.read()));
  const requestedSource = useSourceFromAddress(requested.source);
  const otherProblems = useMemo(
    () => ({ ...requested.problems, ...framing.problems, ...requestedSource.problems }),
    [requested, framing.problems, requestedSource.problems],
  );
  const form = useMethodForm({ ...input, methodField, initialPreset, otherProblems });
  const search = useAscentSearch(requested, form.method);
  const [, startAscent] = useMutation(StartAscentDocument);
  const { busy, start } = useExperimentStart<AscentInput>(usePlanRun("ascent"), async (ascent) => {
    const { data, error } = await startAscent({ input: ascent });
    const result = data?.startAscent;
    if (result?.__typename === "StartAscentSuccess") return { address: `/runs/${result.run.key}` };
    return startFailure(result, error);
  });
  const [classesByModel, setClassesByModel] = useState<Readonly<Record<string, readonly number[]>>>(
    requested.classes === null ? {} : { [requested.modelId]: requested.classes },
  );
  const [starts, setStarts] = useState(requested.starts);
  const selection = useSourceSelection();
  const source = selection.selected ?? requestedSource.source;
  const { crop, setCrop } = useSourceCrop(source, { source: requested.source, crop: requestedCrop });
  const labels = form.model?.labels ?? [];
  const classes = classesByModel[form.model?.id ?? ""] ?? defaultClasses(labels);
  const startCount = readWholeNumber(starts, ascentLimits.starts);
  const modelFraming = framing.forModel(form.model);
  const fromImage = form.values["start"] === "image";
  const classProblem = classes.length === 0 ? "Choose at least one class." : (form.problems["classes"] ?? null);
  const sourceProblem = selection.problem ?? form.problems["sourceId"] ?? (selection.selected === null ? requestedSource.problem : null);
  const sweep = useSweepForm("ascent", [
    ...parameterFields(form.method?.parameters ?? []),
    { path: "starts", label: "Starts per class", kind: "integer", ...ascentLimits.starts },
    { path: "classes", label: "Classes", kind: "list" },
    { path: "sourceId", label: "Start image", kind: "image" },
    choiceField(
      "ascent",
      "Ascent",
      input.methods.map(({ id }) => id),
    ),
    choiceField("preset", "Preset", form.method?.presets.map(({ id }) => id) ?? []),
    modelField(input.models),
  ]);
  const runOf = (shared: NonNullable<typeof form.shared>) => ({
    ...shared,
    ascent: form.method?.id ?? null,
    classes: [...classes],
    starts: startCount ?? 1,
    ...modelFraming.input,
    ...(fromImage && source ? { sourceId: source.id, ...(crop === null ? {} : { sourceCrop: crop }) } : {}),
  });
  useAddressValues({
    ...sweep.addressValues,
    ...form.addressValues,
    ...ascentValues({
      classes: classesByModel[form.model?.id ?? ""] ?? null,
      starts,
      source: selection.selected?.id ?? requested.source,
      settings: search.settings,
      configurations: search.configurationsText,
      drawn: search.selectedNames,
    }),
    ...cropValues(crop),
    ...modelFraming.addressValues,
  });
  const chooseSettings = (id: SettingsId) => {
    search.setSettings(id);
    if (id === "search" && form.preset?.id === defaultPreset && !form.changed) form.setPresetId(searchPreset);
  };
  const onSubmit = () => {
    selection.markSubmitted();
    void form.submit({
      isValid:
        classes.length > 0 &&
        startCount !== null &&
        modelFraming.isValid &&
        (sweep.isOn ? sweep.settingsWith(0) !== null : search.isValid) &&
        (!fromImage || (source !== null && !selection.isUploading)),
      fields: ["classes", "starts", "sourceId", "search"],
      drawn: search.isOn && !sweep.isOn ? search.drawn : new Set(),
      start: (shared, experiment) => {
        const settings = sweep.isOn ? sweep.settingsWith(shared.seed) : null;
        if (settings !== null) return sweep.start(experiment, { sweep: settings, run: runOf(shared) });
        return start(experiment, { ...runOf(shared), ...search.input() });
      },
    });
  };
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Ascent"
      methodField={methodField}
      sweep={{ form: sweep, run: form.shared && startCount !== null ? runOf(form.shared) : null }}
      busy={busy}
      action={search.isOn ? "Start search" : "Start ascent"}
      onSubmit={onSubmit}
      drawn={search.isOn ? search.drawn : undefined}
      estimate={
        <AscentEstimate
          trajectories={startCount === null ? null : trajectoryCount({ classes, starts: startCount })}
          iterations={Number(form.values["iterations"])}
          search={search}
          method={form.method}
        />
      }
      fields={
        <>
          <NumberField
            label="Starts per class"
            value={starts}
            problem={startCount === null ? wholeNumberError(ascentLimits.starts) : (form.problems["starts"] ?? null)}
            onChange={setStarts}
          />
          <SeedField form={form} />
        </>
      }
    >
      <PresetSource form={form} />
      <ClassPicker
        labels={labels}
        chosen={classes}
        max={ascentLimits.classes.maximum}
        problem={classProblem}
        onChange={(chosen) => setClassesByModel({ ...classesByModel, [form.model?.id ?? ""]: chosen })}
      />
      {modelFraming.isSupported && form.model ? (
        <FramingFields model={form.model} value={framing.value} onChange={framing.setValue} />
      ) : null}
      {fromImage ? (
        <SourcePicker
          legend="Start image"
          value={source}
          requested={requestedSource.source}
          upload={selection.upload}
          problem={sourceProblem}
          onRetry={selection.selected === null ? requestedSource.retry : null}
          onChange={selection.select}
        />
      ) : null}
      {fromImage && source && form.model && canCrop(source.image, form.model) ? (
        <CropPicker image={source.image} input={form.model} value={crop} onChange={setCrop} />
      ) : null}
      {search.isSupported ? (
        <div className={runFormStyles.choices}>
          <ChoiceList
            legend="Settings"
            name="settings"
            value={search.settings}
            problem={search.settingsError}
            onChange={(id) => chooseSettings(id as SettingsId)}
            choices={settingsChoices}
          />
        </div>
      ) : null}
      {search.isOn ? (
        <SearchFields search={search} method={form.method} values={form.values} problem={form.problems["search"] ?? null} />
      ) : null}
    </MethodForm>
  );
}
