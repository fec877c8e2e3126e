"use client";
/** The state shared by the forms of all methods: experiment, model, method, preset, parameters and seed, and the submission. */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { focusFirstProblem } from "../marks/focusFirstProblem.ts";
import { experimentFromAddress, experimentValues } from "./experimentAddress.ts";
import { type AddressValues, parameterText } from "./formAddress.ts";
import { type AddressProblems, methodFromAddress } from "./methodAddress.ts";
import type { ModelChoice } from "./modelDetail.ts";
import { overridesOf, presetValues, problemWith, type Values } from "./parameterForm.ts";
import type { ExperimentChoice, StartResult } from "./useExperimentStart.ts";
import { useFormAddress } from "./useFormAddress.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

export type MethodChoice = NewRunMethodsQuery["ascents"][number];
export interface MethodFormOptions {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  /** The address parameter that names the method. */
  readonly methodField: string;
  /** ID of the default method; the first method if absent. */
  readonly initialMethod?: string | undefined;
  /** ID of the default preset; the first preset if absent. */
  readonly initialPreset?: string;
  /** For a method whose runs need a name. */
  readonly initialName?: string;
  /** The name of the values shown beside the expert parameters; by default that of the published preset. */
  readonly reference?: string;
  /** Errors in the address that the form found itself. */
  readonly otherProblems?: AddressProblems;
  readonly onAddressProblems: (problems: AddressProblems) => void;
}

interface Shared {
  readonly modelId: string;
  readonly preset: string;
  readonly parameters: Record<string, unknown>;
  readonly seed: number;
  /** Absent if the API composes it. */
  readonly name?: string;
  /** The key of the run whose settings the form started with. */
  readonly rerunOfId?: string;
}

interface Submission {
  /** Whether the method's own fields are valid. */
  readonly isValid: boolean;
  /** Names of the method's own fields that can show an error of the API. */
  readonly fields: readonly string[];
  /** Parameters that a random search draws. They are neither checked nor sent. */
  readonly drawn?: ReadonlySet<string>;
  start(shared: Shared, experiment: ExperimentChoice): Promise<StartResult>;
}

const noProblems: AddressProblems = {};
const noNames: ReadonlySet<string> = new Set();

export function useMethodForm(options: MethodFormOptions) {
  const {
    experiments,
    models,
    methods,
    methodField,
    initialMethod,
    initialPreset,
    otherProblems = noProblems,
    onAddressProblems,
  } = options;
  const router = useRouter();
  const address = useFormAddress();
  const [requested] = useState(() =>
    methodFromAddress(address.read(), { models, methods, methodField, initialMethod, initialPreset, newSeed: address.newSeed }),
  );
  const [requestedExperiment] = useState(() => experimentFromAddress(address.read(), options.experiment, experiments));
  /** The key of the run that the form repeats, such as RUN-12; null for none. */
  const [rerunOf] = useState(() => /^RUN-\d+$/.exec(address.read().get("from") ?? "")?.[0] ?? null);
  const addressProblems = useMemo(
    () => ({ ...requestedExperiment.problems, ...requested.problems, ...otherProblems }),
    [requestedExperiment, requested, otherProblems],
  );
  useLayoutEffect(() => onAddressProblems(addressProblems), [onAddressProblems, addressProblems]);
  const element = useRef<HTMLFormElement>(null);
  const [experiment, setExperiment] = useState<ExperimentChoice>(requestedExperiment.experiment);
  const [modelId, setModelId] = useState(requested.modelId);
  const [methodId, setMethodId] = useState(requested.methodId);
  const [presetId, setPresetId] = useState(requested.presetId);
  const [changes, setChanges] = useState<Values>(requested.changes);
  const [seed, setSeed] = useState(requested.seed);
  const [name, setName] = useState(() => address.read().get("name") ?? options.initialName ?? "");
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const markEdited = (...names: string[]) => setEdited(new Set([...edited, ...names]));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const model = models.find(({ id }) => id === modelId);
  const method = methods.find(({ id }) => id === methodId) ?? methods[0];
  const preset = method?.presets.find(({ id }) => id === presetId) ?? method?.presets[0];
  const fromPreset = method && preset ? presetValues(method.parameters, method, preset.id) : {};
  // Shown beside the fields: the paper's values or, for a method without published values, the preset's.
  const published = method?.presets.find(({ id }) => id.startsWith("paper"));
  const paper = method && published ? presetValues(method.parameters, method, published.id) : fromPreset;
  const typedValues: Values = Object.fromEntries(Object.entries(changes).filter(([name]) => name in fromPreset));
  const values: Values = { ...fromPreset, ...typedValues };
  const readSeed = readWholeNumber(seed, seedLimits);
  const seedProblem = readSeed === null ? wholeNumberError(seedLimits) : (problems["seed"] ?? null);
  const isNameMissing = options.initialName !== undefined && name.trim() === "";
  const nameProblem = isNameMissing ? "Give the chain a name." : (problems["name"] ?? null);
  /** The shared values in the address; each form adds its own. */
  const addressValues: AddressValues = {
    ...experimentValues(experiment, options.experiment, experiments),
    model: model?.slug ?? null,
    [methodField]: method?.id ?? null,
    preset: preset?.id ?? null,
    seed,
    name: name === "" ? null : name,
    parameters: parameterText(typedValues),
  };
  const isModelUsable = model !== undefined && model.state !== "REFUSED";
  /** The input shared by all start mutations; null while the seed is invalid. */
  const sharedWithout = (drawn: ReadonlySet<string>): Shared | null => {
    if (readSeed === null || !preset) return null;
    const sent = Object.fromEntries(Object.entries(values).filter(([name]) => !drawn.has(name)));
    const origin = { ...(rerunOf === null ? {} : { rerunOfId: rerunOf }), ...(name.trim() === "" ? {} : { name: name.trim() }) };
    return { modelId, preset: preset.id, parameters: overridesOf(sent, fromPreset), seed: readSeed, ...origin };
  };

  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) focusFirstProblem(element.current);
  }, [refusals]);
  const refuse = (message: string | null, fieldProblems: Readonly<Record<string, string>> = {}) => {
    setProblem(message);
    setProblems(fieldProblems);
    setRefusals((count) => count + 1);
  };

  /** Starts the run if everything is valid; otherwise shows the first problem, at its field if it has one, and focuses the field. */
  async function submit({ isValid, fields, drawn = noNames, start }: Submission) {
    setProblem(null);
    setProblems({});
    const sent = method?.parameters.filter(({ name }) => !drawn.has(name)) ?? [];
    if (!sent.every((spec) => problemWith(spec, values[spec.name]) === null))
      return refuse("A parameter is out of range. See the expert parameters.");
    const shared = sharedWithout(drawn);
    if (shared === null || !isValid || isNameMissing || !isModelUsable)
      return refuse("Nothing was started. Correct the marked field first.");
    const outcome = await start(shared, experiment);
    if ("address" in outcome) {
      address.sent();
      return router.push(outcome.address);
    }
    const field = outcome.field?.split(".")[0] ?? null;
    if (field !== null && [...fields, "name", "seed"].includes(field)) refuse(null, { [field]: outcome.problem });
    else refuse(outcome.problem);
  }

  return {
    element,
    rerunOf,
    addressValues,
    experiment,
    setExperiment: (choice: ExperimentChoice) => {
      setExperiment(choice);
      markEdited("experiment");
    },
    model,
    setModelId: (id: string) => {
      setModelId(id);
      markEdited("model");
    },
    /** The error in the address, until the field is edited. */
    fieldError: (name: string) => (edited.has(name) ? undefined : addressProblems[name]?.atField),
    method,
    setMethodId: (id: string) => {
      setMethodId(id);
      setChanges({});
      markEdited(methodField, "preset", "parameters");
    },
    preset,
    setPresetId: (id: string) => {
      setPresetId(id);
      setChanges({});
      markEdited("preset", "parameters");
    },
    values,
    /** Whether any parameter differs from the preset. */
    changed: Object.keys(overridesOf(values, fromPreset)).length > 0,
    paper,
    reference: options.reference ?? (published ? `“${published.label}”` : "the preset"),
    setValue: (name: string, value: unknown) => {
      setChanges({ ...changes, [name]: value });
      markEdited("parameters");
    },
    resetValues: () => {
      setChanges(overridesOf(paper, fromPreset));
      markEdited("parameters");
    },
    name,
    setName,
    nameProblem,
    seed,
    setSeed,
    /** Null while the seed is invalid. */
    readSeed,
    seedProblem,
    shared: sharedWithout(noNames),
    problem,
    problems,
    submit,
  };
}

export type MethodFormState = ReturnType<typeof useMethodForm>;
