"use client";
/** The form of an evolution: model, encoding, how much to compute, and a preview of the first generation. */
import { useMemo, useState } from "react";
import { askedEvolution, evolutionNumbers } from "./askedEvolution.ts";
import { FramingFields } from "./FramingFields.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { GenomePreview } from "./GenomePreview.tsx";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField } from "./NumberField.tsx";
import { RunEstimate } from "./RunEstimate.tsx";
import { SeedField } from "./SeedField.tsx";
import { StartEvolutionQuery } from "./StartEvolutionQuery.tsx";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useFraming } from "./useFraming.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { useStartEvolution } from "./useStartEvolution.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

const methodField = "encoding";
type NumberName = keyof typeof evolutionNumbers;
const numberNames = Object.keys(evolutionNumbers) as NumberName[];

export function EvolveForm(input: MethodFormInput) {
  const address = useFormAddress();
  const [asked] = useState(() => askedEvolution(address.read()));
  const [askedModel] = useState(() => input.models.find(({ slug }) => slug === address.read().get("model")) ?? input.models[0]);
  const framing = useFraming(address, askedModel);
  const besides = useMemo(() => ({ ...asked.problems, ...framing.problems }), [asked, framing.problems]);
  const form = useMethodForm({ ...input, methodField, firstMethod: input.methods.at(-1)?.id, besides, reference: "the paper" });
  const { busy, start } = useStartEvolution();
  const [numbers, setNumbers] = useState(asked.numbers);
  const generations = readWholeNumber(numbers.generations, evolutionNumbers.generations.rule);
  const offspring = readWholeNumber(numbers.offspring, evolutionNumbers.offspring.rule);
  const size = generations === null || offspring === null ? null : { generations, offspring };
  const { model, method } = form;
  const frame = framing.forModel(model);
  useAddressValues({ ...form.addressValues, ...frame.addressValues, ...numbers });

  const problemOf = (name: NumberName) => {
    const { rule } = evolutionNumbers[name];
    return readWholeNumber(numbers[name], rule) === null ? wholeNumberWords(rule) : (form.problems[name] ?? null);
  };
  const planOf = (shared: NonNullable<typeof form.shared>, chosen: NonNullable<typeof size>) => ({
    ...shared,
    encoding: method?.id ?? "",
    ...frame.input,
    ...chosen,
  });
  const onSubmit = () =>
    void form.submit({
      fits: size !== null && frame.fits,
      fields: numberNames,
      start: (shared, place) => start(place, planOf(shared, size ?? { generations: 1, offspring: 2 })),
    });
  const imageSize = frame.fits ? frame.input.framing?.imageSize : undefined;
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Encoding"
      methodField={methodField}
      busy={busy}
      action="Start run"
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
            onAnotherSeed={() => form.setSeed(String(crypto.getRandomValues(new Uint32Array(1))[0]! % 100_000))}
          />
        ) : null
      }
      estimate={<RunEstimate evaluations={size && size.offspring * (size.generations + 1)} speed={model?.measuredSpeed ?? null} />}
      query={form.shared && size ? <StartEvolutionQuery place={form.place} run={planOf(form.shared, size)} /> : null}
    >
      {frame.framed && model ? <FramingFields model={model} value={framing.value} onChange={framing.setValue} /> : null}
    </MethodForm>
  );
}
