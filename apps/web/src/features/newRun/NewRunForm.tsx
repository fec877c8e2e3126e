"use client";
/** The form: method, model, encoding, preset, seed, generations, expert parameters; beside it the preview, the estimate and the start. */
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useHotkeys } from "react-hotkeys-hook";
import type { FramingInput, ParameterSpecsQuery } from "../../graphql/generated/graphql.ts";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { askedPlace, placeValues } from "./askedPlace.ts";
import { type AskedProblems, askedEvolution, evolutionNumbers as fields } from "./askedValues.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { ExperimentFields } from "./ExperimentFields.tsx";
import { ExpertParameters } from "./ExpertParameters.tsx";
import { FramingFields } from "./FramingFields.tsx";
import { focusFirstProblem } from "./focusFirstProblem.ts";
import { parameterText } from "./formAddress.ts";
import { askedFraming, framingProblem, framingValues, isFramed } from "./framing.ts";
import { GenomePreview } from "./GenomePreview.tsx";
import { ModelPicker } from "./ModelPicker.tsx";
import type { ModelChoice } from "./modelDetail.ts";
import { overridesOf, presetValues, problemWith, type Values } from "./parameterForm.ts";
import { RunEstimate } from "./RunEstimate.tsx";
import { type RunFormInput, type RunFormValues, runFormSchema, runSizeSchema } from "./runForm.ts";
import { startRunQuery } from "./startRunQuery.ts";
import type { ExperimentWanted } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useStartRun } from "./useStartRun.ts";

interface NewRunFormProps {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly encodings: ParameterSpecsQuery["encodings"];
  readonly searchParameters: ParameterSpecsQuery["searchParameters"];
  readonly onAsked: (problems: AskedProblems) => void;
}

export function NewRunForm({ experiment, experiments, models, encodings, searchParameters, onAsked }: NewRunFormProps) {
  const router = useRouter();
  const address = useFormAddress();
  const [asked] = useState(() => askedEvolution(address.read(), { models, encodings, searchParameters }));
  const [askedFrame] = useState(() =>
    askedFraming(
      address.read(),
      models.find(({ id }) => id === asked.modelId),
    ),
  );
  const [askedWhere] = useState(() => askedPlace(address.read(), experiment, experiments));
  useLayoutEffect(
    () => onAsked({ ...askedWhere.problems, ...asked.problems, ...askedFrame.problems }),
    [onAsked, askedWhere, asked, askedFrame],
  );
  const { busy, start } = useStartRun();
  const [place, setPlace] = useState<ExperimentWanted>(askedWhere.place);
  const [framing, setFraming] = useState<FramingInput | null>(askedFrame.framing);
  const [modelId, setModelId] = useState(asked.modelId);
  const [encodingId, setEncodingId] = useState(asked.encodingId);
  const [presetId, setPresetId] = useState(asked.presetId);
  const [changes, setChanges] = useState<Values>(asked.changes);
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const form = useForm<RunFormInput, unknown, RunFormValues>({
    resolver: zodResolver(runFormSchema),
    mode: "onChange",
    defaultValues: asked.numbers,
  });
  const { trigger } = form;
  useEffect(() => {
    const wrong = fields.map(({ name }) => name).filter((name) => name in asked.problems);
    if (wrong.length > 0) void trigger(wrong);
  }, [trigger, asked]);
  /** What the address asked of a choice in vain, until somebody chooses. */
  const inVain = (name: string) => (answered.has(name) ? undefined : { ...askedWhere.problems, ...asked.problems }[name]?.atField);
  const answer = (...names: string[]) => setAnswered(new Set([...answered, ...names]));
  const typed = useWatch({ control: form.control });
  const watched = runFormSchema.safeParse(typed);
  const size = runSizeSchema.safeParse(typed);
  const seed = runFormSchema.shape.seed.safeParse(typed.seed);
  const model = models.find(({ id }) => id === modelId);
  const encoding = encodings.find(({ id }) => id === encodingId);
  const preset = encoding?.presets.find(({ id }) => id === presetId) ?? encoding?.presets[0];
  const specs = [...(encoding?.parameters ?? []), ...searchParameters];
  const fromPreset = encoding && preset ? presetValues(specs, encoding, preset.id) : {};
  const paper = encoding ? presetValues(specs, encoding, "paper") : {};
  const framed = model !== undefined && isFramed(model);
  const framingFits = !framed || model === undefined || framingProblem(framing, model) === null;
  const typedParameters = Object.fromEntries(Object.entries(changes).filter(([name]) => name in fromPreset));
  const values = { ...fromPreset, ...typedParameters };
  const parametersFit = specs.every((spec) => problemWith(spec, values[spec.name]) === null);

  const frame = framingValues(framed ? framing : null);
  useAddressValues({
    ...placeValues(place, experiment, experiments),
    model: model?.slug ?? null,
    crops: frame["crops"] ?? null,
    imageSize: frame["imageSize"] ?? null,
    encoding: encodingId,
    preset: preset?.id ?? null,
    seed: typed.seed ?? null,
    generations: typed.generations ?? null,
    offspring: typed.offspring ?? null,
    parameters: parameterText(typedParameters),
  });

  const wanted = (numbers: RunFormValues) => ({
    modelId,
    encoding: encodingId,
    preset: preset?.id ?? "",
    parameters: overridesOf(values, fromPreset),
    ...(framed && framing ? { framing } : {}),
    ...numbers,
  });
  const focusProblem = () => focusFirstProblem(element.current);
  const submit = form.handleSubmit(async (numbers) => {
    if (!parametersFit || !framingFits) {
      setProblem(parametersFit ? null : "A parameter is out of bounds; see expert parameters.");
      focusProblem();
      return;
    }
    const outcome = await start(place, wanted(numbers));
    if ("address" in outcome) {
      router.push(outcome.address);
      return;
    }
    const field = fields.find(({ name }) => name === outcome.field);
    if (field) form.setError(field.name, { message: outcome.problem }, { shouldFocus: true });
    else setProblem(outcome.problem);
  }, focusProblem);
  useHotkeys("mod+enter", () => void submit(), { enableOnFormTags: true, preventDefault: true }, [submit]);

  return (
    <form ref={element} className="newRunSplit" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        {experiment ? null : (
          <ExperimentFields
            experiments={experiments}
            value={place}
            problem={inVain("experiment")}
            onChange={(where) => {
              setPlace(where);
              answer("experiment");
            }}
          />
        )}
        <div className="choices">
          <ModelPicker
            models={models}
            value={modelId}
            problem={inVain("model")}
            onChange={(id) => {
              setModelId(id);
              answer("model");
            }}
          />
          <ChoiceList
            legend="Encoding"
            name="encoding"
            value={encodingId}
            problem={inVain("encoding")}
            onChange={(id) => {
              setEncodingId(id);
              setChanges({});
              answer("encoding", "preset", "parameters");
            }}
            choices={encodings.map(({ id, label, description }) => ({ id, label, detail: description }))}
          />
          <ChoiceList
            legend="Preset"
            name="preset"
            value={preset?.id ?? ""}
            problem={inVain("preset")}
            onChange={(id) => {
              setPresetId(id);
              setChanges({});
              answer("preset", "parameters");
            }}
            choices={encoding?.presets.map(({ id, label, description }) => ({ id, label, detail: description })) ?? []}
          />
        </div>
        {framed && model ? <FramingFields model={model} value={framing} onChange={setFraming} /> : null}
        <div className="runFields">
          {fields.map(({ name, label }) => {
            const message = form.formState.errors[name]?.message;
            return (
              <label key={name}>
                <span className="fieldLabel">{label}</span>
                <input
                  className="input number"
                  inputMode="numeric"
                  autoComplete="off"
                  aria-invalid={message ? true : undefined}
                  {...form.register(name)}
                />
                {message ? (
                  <span className="fieldError" role="alert">
                    {message}
                  </span>
                ) : null}
              </label>
            );
          })}
        </div>
        <ExpertParameters
          specs={specs}
          values={values}
          paper={paper}
          problem={inVain("parameters")}
          onChange={(name, value) => {
            setChanges({ ...changes, [name]: value });
            answer("parameters");
          }}
          onReset={() => {
            setChanges(overridesOf(paper, fromPreset));
            answer("parameters");
          }}
        />
      </div>
      <div className="newRunAside">
        {model && encoding ? (
          <GenomePreview
            encodingId={encoding.id}
            parameters={Object.fromEntries(encoding.parameters.map(({ name }) => [name, values[name]]))}
            shape={{
              width: framed && framing && framingFits ? framing.imageSize : model.width,
              height: framed && framing && framingFits ? framing.imageSize : model.height,
              channels: model.channels === 3 ? 3 : 1,
            }}
            seed={seed.success ? seed.data : null}
            onAnotherSeed={() =>
              form.setValue("seed", String(crypto.getRandomValues(new Uint32Array(1))[0]! % 100_000), { shouldValidate: true })
            }
          />
        ) : null}
        <div className="rule" />
        <RunEstimate
          evaluations={size.success ? size.data.offspring * (size.data.generations + 1) : null}
          speed={model?.measuredSpeed ?? null}
        />
        <div className="startRow">
          <Button look="primary" type="submit" shortcut="⌘↵" disabled={busy || !model || model.state === "REFUSED" || !encoding}>
            {busy ? "Starting" : "Start run"}
          </Button>
        </div>
        {problem ? (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        ) : null}
        {watched.success ? (
          <CopyButton label="Copy as GraphQL" text={startRunQuery("id" in place ? place.id : "", wanted(watched.data))} />
        ) : null}
      </div>
    </form>
  );
}
