"use client";
/** A gradient ascent to be: which classes, from how many starts, by these settings or by many drawn ones. A batch of classes ascends together. */
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useMutation } from "urql";
import { StartAscentDocument, type StartAscentInput } from "../../graphql/generated/graphql.ts";
import { AscentEstimate } from "./AscentEstimate.tsx";
import { ascentBounds, askedAscent, type SettingsId, settingsChoices } from "./askedAscent.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { ClassPicker } from "./ClassPicker.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField } from "./NumberField.tsx";
import { paperClassesOf } from "./paperClasses.ts";
import { SearchFields } from "./SearchFields.tsx";
import { SourcePicker, type SourceWanted } from "./SourcePicker.tsx";
import { useAscentSearch } from "./useAscentSearch.ts";
import { useAskedSource } from "./useAskedSource.ts";
import { fieldOf, networkWords, useExperimentStart } from "./useExperimentStart.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

type Wanted = Omit<StartAscentInput, "experimentId" | "idempotencyKey">;
const usualPreset = "adam-log-posterior";
/** The authors drew around it, so a search begins from it. */
const searchedPreset = "paper-unregularised";

function usualClasses(labels: readonly string[]): readonly number[] {
  return paperClassesOf(labels) ?? labels.slice(0, 10).map((_, index) => index);
}

export function AscendForm(input: MethodFormInput) {
  const address = useSearchParams();
  const [asked] = useState(() =>
    askedAscent(address, { models: input.models, searchable: input.methods[0]?.searchSpace.map(({ name }) => name) ?? [] }),
  );
  const firstPreset = asked.settings === "search" ? searchedPreset : usualPreset;
  const form = useMethodForm({ ...input, firstPreset, besides: asked.problems });
  const search = useAscentSearch(asked, form.method);
  const [, startAscent] = useMutation(StartAscentDocument);
  const { busy, start } = useExperimentStart<Wanted>(async (wanted) => {
    const { data, error } = await startAscent({ input: wanted });
    const made = data?.startAscent;
    if (!made) return { problem: error?.graphQLErrors[0]?.message ?? networkWords, field: null };
    if (made.__typename === "StartAscentSuccess") return { address: `/runs/${made.run.key}` };
    return { problem: made.message, field: made.__typename === "InvalidInputError" ? fieldOf(made.field) : null };
  });
  const [picked, setPicked] = useState<Readonly<Record<string, readonly number[]>>>(
    asked.classes === null ? {} : { [asked.modelId]: asked.classes },
  );
  const [starts, setStarts] = useState(asked.starts);
  const [chosenSource, setSource] = useState<SourceWanted | null>(null);
  const fromAddress = useAskedSource(asked.source);
  const source = chosenSource ?? fromAddress.source;
  const labels = form.model?.labels ?? [];
  const classes = picked[form.model?.id ?? ""] ?? usualClasses(labels);
  const readStarts = readWholeNumber(starts, ascentBounds.starts.least, ascentBounds.starts.most);
  const fromImage = form.values["start"] === "image";
  const classProblem = classes.length === 0 ? "Choose at least one class." : (form.problems["classes"] ?? null);
  const sourceProblem = form.problems["sourceId"] ?? (chosenSource === null ? fromAddress.problem : null);
  const choose = (id: SettingsId) => {
    search.setSettings(id);
    if (id === "search" && form.preset?.id === usualPreset && !form.changed) form.setPresetId(searchedPreset);
  };
  const onSubmit = () =>
    void form.submit({
      fits: classes.length > 0 && readStarts !== null && search.fits && (!fromImage || source !== null),
      fields: ["classes", "starts", "sourceId", "search"],
      drawn: search.on ? search.drawn : new Set(),
      start: (shared, wanted) =>
        start(wanted, {
          ...shared,
          ascent: form.method?.id ?? null,
          classes: [...classes],
          starts: readStarts ?? 1,
          ...search.input(),
          ...(fromImage && source ? { sourceId: source.id } : {}),
        }),
    });
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Ascent"
      busy={busy}
      action={search.on ? "Start search" : "Start ascent"}
      onSubmit={onSubmit}
      drawn={search.on ? search.drawn : undefined}
      estimate={
        <AscentEstimate
          climbs={readStarts === null ? null : classes.length * readStarts}
          iterations={Number(form.values["iterations"])}
          search={search}
          method={form.method}
        />
      }
      fields={
        <NumberField
          label="Starts a class"
          value={starts}
          problem={
            readStarts === null ? wholeNumberWords(ascentBounds.starts.least, ascentBounds.starts.most) : (form.problems["starts"] ?? null)
          }
          onChange={setStarts}
        />
      }
    >
      <ClassPicker
        labels={labels}
        chosen={classes}
        most={ascentBounds.classes.most}
        problem={classProblem}
        onChange={(chosen) => setPicked({ ...picked, [form.model?.id ?? ""]: chosen })}
      />
      {fromImage ? <SourcePicker legend="Start image" value={source} problem={sourceProblem} onChange={setSource} /> : null}
      {search.possible ? (
        <div className="choices">
          <ChoiceList
            legend="Settings"
            name="settings"
            value={search.settings}
            problem={search.settingsInVain}
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
