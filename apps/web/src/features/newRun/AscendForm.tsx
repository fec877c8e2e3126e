"use client";
/** A gradient ascent to be: which classes, from how many starts, by these settings or by many drawn ones. A batch of classes ascends together. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import { StartAscentDocument, type StartAscentInput } from "../../graphql/generated/graphql.ts";
import { trajectoryCount } from "../ascent/trajectoryCount.ts";
import { AscentEstimate } from "./AscentEstimate.tsx";
import { ascentValues, askedAscent, type SettingsId, settingsChoices } from "./askedAscent.ts";
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
import { useAscentSearch } from "./useAscentSearch.ts";
import { useAskedSource } from "./useAskedSource.ts";
import { useChosenSource } from "./useChosenSource.ts";
import { notStarted, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useFraming } from "./useFraming.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { askedCrop, cropValues, useSourceCrop } from "./useSourceCrop.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

type Wanted = Omit<StartAscentInput, "experimentId" | "idempotencyKey">;
const methodField = "ascent";
const usualPreset = "adam-log-posterior";
/** The authors drew around it, so a search begins from it. */
const searchedPreset = "paper-unregularised";

function usualClasses(labels: readonly string[]): readonly number[] {
  return paperClassesOf(labels) ?? labels.slice(0, 10).map((_, index) => index);
}

export function AscendForm(input: MethodFormInput) {
  const address = useFormAddress();
  const [asked] = useState(() =>
    askedAscent(address.read(), { models: input.models, searchable: input.methods[0]?.searchSpace.map(({ name }) => name) ?? [] }),
  );
  const firstPreset = asked.settings === "search" ? searchedPreset : usualPreset;
  const framing = useFraming(
    address,
    input.models.find(({ id }) => id === asked.modelId),
  );
  const [askedPart] = useState(() => askedCrop(address.read()));
  const fromAddress = useAskedSource(asked.source);
  const besides = useMemo(
    () => ({ ...asked.problems, ...framing.problems, ...fromAddress.problems }),
    [asked, framing.problems, fromAddress.problems],
  );
  const form = useMethodForm({ ...input, methodField, firstPreset, besides });
  const search = useAscentSearch(asked, form.method);
  const [, startAscent] = useMutation(StartAscentDocument);
  const { busy, start } = useExperimentStart<Wanted>(async (wanted) => {
    const { data, error } = await startAscent({ input: wanted });
    const made = data?.startAscent;
    if (made?.__typename === "StartAscentSuccess") return { address: `/runs/${made.run.key}` };
    return notStarted(made, error);
  });
  const [picked, setPicked] = useState<Readonly<Record<string, readonly number[]>>>(
    asked.classes === null ? {} : { [asked.modelId]: asked.classes },
  );
  const [starts, setStarts] = useState(asked.starts);
  const image = useChosenSource();
  const source = image.chosen ?? fromAddress.source;
  const cropped = useSourceCrop(source, { source: asked.source, crop: askedPart });
  const labels = form.model?.labels ?? [];
  const classes = picked[form.model?.id ?? ""] ?? usualClasses(labels);
  const readStarts = readWholeNumber(starts, ascentLimits.starts);
  const frame = framing.forModel(form.model);
  const fromImage = form.values["start"] === "image";
  const classProblem = classes.length === 0 ? "Choose at least one class." : (form.problems["classes"] ?? null);
  const sourceProblem = image.problem ?? form.problems["sourceId"] ?? (image.chosen === null ? fromAddress.problem : null);
  useAddressValues({
    ...form.addressValues,
    ...ascentValues({
      classes: picked[form.model?.id ?? ""] ?? null,
      starts,
      source: image.chosen?.id ?? asked.source,
      settings: search.settings,
      configurations: search.typed,
      drawn: search.chosen,
    }),
    ...cropValues(cropped.crop),
    ...frame.addressValues,
  });
  const choose = (id: SettingsId) => {
    search.setSettings(id);
    if (id === "search" && form.preset?.id === usualPreset && !form.changed) form.setPresetId(searchedPreset);
  };
  const onSubmit = () => {
    image.noteStart();
    void form.submit({
      fits: classes.length > 0 && readStarts !== null && frame.fits && search.fits && (!fromImage || (source !== null && !image.isOnWay)),
      fields: ["classes", "starts", "sourceId", "search"],
      drawn: search.on ? search.drawn : new Set(),
      start: (shared, wanted) =>
        start(wanted, {
          ...shared,
          ascent: form.method?.id ?? null,
          classes: [...classes],
          starts: readStarts ?? 1,
          ...search.input(),
          ...frame.input,
          ...(fromImage && source ? { sourceId: source.id, ...(cropped.crop === null ? {} : { sourceCrop: cropped.crop }) } : {}),
        }),
    });
  };
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Ascent"
      methodField={methodField}
      busy={busy}
      action={search.on ? "Start search" : "Start ascent"}
      onSubmit={onSubmit}
      drawn={search.on ? search.drawn : undefined}
      estimate={
        <AscentEstimate
          trajectories={readStarts === null ? null : trajectoryCount({ classes, starts: readStarts })}
          iterations={Number(form.values["iterations"])}
          search={search}
          method={form.method}
        />
      }
      fields={
        <>
          <NumberField
            label="Starts a class"
            value={starts}
            problem={readStarts === null ? wholeNumberWords(ascentLimits.starts) : (form.problems["starts"] ?? null)}
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
        most={ascentLimits.classes.maximum}
        problem={classProblem}
        onChange={(chosen) => setPicked({ ...picked, [form.model?.id ?? ""]: chosen })}
      />
      {frame.framed && form.model ? <FramingFields model={form.model} value={framing.value} onChange={framing.setValue} /> : null}
      {fromImage ? (
        <SourcePicker
          legend="Start image"
          value={source}
          asked={fromAddress.source}
          upload={image.upload}
          problem={sourceProblem}
          onRetry={image.chosen === null ? fromAddress.retry : null}
          onChange={image.choose}
        />
      ) : null}
      {fromImage && source && form.model && canCrop(source.image, form.model) ? (
        <CropPicker image={source.image} input={form.model} value={cropped.crop} onChange={cropped.setCrop} />
      ) : null}
      {search.possible ? (
        <div className={runFormStyles.choices}>
          <ChoiceList
            legend="Settings"
            name="settings"
            value={search.settings}
            problem={search.settingsError}
            onChange={(id) => choose(id as SettingsId)}
            choices={settingsChoices}
          />
        </div>
      ) : null}
      {search.on ? (
        <SearchFields search={search} method={form.method} values={form.values} problem={form.problems["search"] ?? null} />
      ) : null}
    </MethodForm>
  );
}
