"use client";
/** The form for an evolution: model, encoding, generations and offspring, and a preview of the first generation. */
import { useMemo, useState } from "react";
import { QueryButton } from "../queries/QueryButton.tsx";
import { evolutionFromAddress, evolutionNumbers } from "./evolutionAddress.ts";
import { FramingFields } from "./FramingFields.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { GenomePreview } from "./GenomePreview.tsx";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField } from "./NumberField.tsx";
import { newSeed } from "./newSeed.ts";
import { RunEstimate } from "./RunEstimate.tsx";
import { SeedField } from "./SeedField.tsx";
import { startEvolutionQueries } from "./startEvolutionQuery.ts";
import { choiceField, modelField, parameterFields } from "./sweepFields.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useFraming } from "./useFraming.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { useStartEvolution } from "./useStartEvolution.ts";
import { useSweepForm } from "./useSweepForm.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

const methodField = "encoding";
type NumberName = keyof typeof evolutionNumbers;
const numberNames = Object.keys(evolutionNumbers) as NumberName[];

export function EvolveForm(input: MethodFormInput) {
  const address = useFormAddress();
  const [requested] = useState(() => evolutionFromAddress(address.read()));
  const [requestedModel] = useState(() => input.models.find(({ slug }) => slug === address.read().get("model")) ?? input.models[0]);
  const framing = useFraming(address, requestedModel);
  const otherProblems = useMemo(() => ({ ...requested.problems, ...framing.problems }), [requested, framing.problems]);
  const form = useMethodForm({ ...input, methodField, initialMethod: input.methods.at(-1)?.id, otherProblems, reference: "the paper" });
  const { busy, start } = useStartEvolution();
  const [numbers, setNumbers] = useState(requested.numbers);
  const generations = readWholeNumber(numbers.generations, evolutionNumbers.generations.rule);
  const offspring = readWholeNumber(numbers.offspring, evolutionNumbers.offspring.rule);
  const size = generations === null || offspring === null ? null : { generations, offspring };
  const { model, method, shared } = form;
  const modelFraming = framing.forModel(model);
  const sweep = useSweepForm("evolution", [
    ...parameterFields(method?.parameters ?? []),
    ...numberNames.map((name) => ({
      path: name,
      label: evolutionNumbers[name].label,
      kind: "integer" as const,
      minimum: evolutionNumbers[name].rule.minimum,
      maximum: evolutionNumbers[name].rule.maximum,
    })),
    choiceField(
      "encoding",
      "Encoding",
      input.methods.map(({ id }) => id),
    ),
    choiceField("preset", "Preset", method?.presets.map(({ id }) => id) ?? []),
    modelField(input.models),
  ]);
  useAddressValues({ ...form.addressValues, ...modelFraming.addressValues, ...numbers, ...sweep.addressValues });

  const problemOf = (name: NumberName) => {
    const { rule } = evolutionNumbers[name];
    return readWholeNumber(numbers[name], rule) === null ? wholeNumberError(rule) : (form.problems[name] ?? null);
  };
  const planOf = (shared: NonNullable<typeof form.shared>, runSize: NonNullable<typeof size>) => ({
    ...shared,
    encoding: method?.id ?? "",
    ...modelFraming.input,
    ...runSize,
  });
  const onSubmit = () =>
    void form.submit({
      isValid: size !== null && modelFraming.isValid && (!sweep.isOn || sweep.settingsWith(0) !== null),
      fields: numberNames,
      start: (shared, experiment) => {
        const run = planOf(shared, size ?? { generations: 1, offspring: 2 });
        const settings = sweep.isOn ? sweep.settingsWith(shared.seed) : null;
        return settings === null ? start(experiment, run) : sweep.start(experiment, { sweep: settings, run });
      },
    });
  const imageSize = modelFraming.isValid ? modelFraming.input.framing?.imageSize : undefined;
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Encoding"
      methodField={methodField}
      sweep={{ form: sweep, run: form.shared && size ? planOf(form.shared, size) : null }}
      busy={busy}
      action="Start run"
      settings={size ?? {}}
      onSubmit={onSubmit}
      fields={
        <>
          <SeedField form={form} />
          {numberNames.map((name) => (
            <NumberField
              key={name}
              label={evolutionNumbers[name].label}
              value={numbers[name]}
              problem={problemOf(name)}
              onChange={(text) => setNumbers({ ...numbers, [name]: text })}
            />
          ))}
        </>
      }
      preview={
        model && method ? (
          <GenomePreview
            encodingId={method.id}
            parameters={form.values}
            shape={{ width: imageSize ?? model.width, height: imageSize ?? model.height, channels: model.channels === 3 ? 3 : 1 }}
            seed={form.readSeed}
            onNewSeed={() => form.setSeed(newSeed())}
          />
        ) : null
      }
      estimate={<RunEstimate evaluations={size && size.offspring * (size.generations + 1)} speed={model?.measuredSpeed ?? null} />}
      query={
        shared && size ? (
          <QueryButton title="Start this run" query={() => startEvolutionQueries(form.experiment, planOf(shared, size))} />
        ) : null
      }
    >
      {modelFraming.isSupported && model ? <FramingFields model={model} value={framing.value} onChange={framing.setValue} /> : null}
    </MethodForm>
  );
}
