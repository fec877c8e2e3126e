"use client";
/** What the forms of all methods share: experiment, model, method, preset, its parameters, the seed, and starting. */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { askedPlace, placeValues } from "./askedPlace.ts";
import { type AskedProblems, askedMethod } from "./askedValues.ts";
import { focusFirstProblem } from "./focusFirstProblem.ts";
import { type AddressValues, parameterText } from "./formAddress.ts";
import type { ModelChoice } from "./modelDetail.ts";
import { overridesOf, presetValues, problemWith, type Values } from "./parameterForm.ts";
import type { ExperimentWanted, Started } from "./useExperimentStart.ts";
import { useFormAddress } from "./useFormAddress.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

export type MethodChoice = NewRunMethodsQuery["ascents"][number];
export interface MethodFormOptions {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  /** The method's name in an address. */
  readonly methodField: string;
  /** The initial method; the first one by default. */
  readonly firstMethod?: string | undefined;
  /** The initial preset; the first one by default. */
  readonly firstPreset?: string;
  /** What the values beside the expert parameters are called; by default the name of the published preset. */
  readonly reference?: string;
  /** Other problems in the address. */
  readonly besides?: AskedProblems;
  readonly onAsked: (problems: AskedProblems) => void;
}

interface Shared {
  readonly modelId: string;
  readonly preset: string;
  readonly parameters: Record<string, unknown>;
  readonly seed: number;
}

interface Submission {
  /** Whether the method's own fields are valid. */
  readonly fits: boolean;
  /** Names of the method's own fields that show their error. */
  readonly fields: readonly string[];
  /** Parameters without a single value in this run; they are neither checked nor sent. */
  readonly drawn?: ReadonlySet<string>;
  start(shared: Shared, place: ExperimentWanted): Promise<Started>;
}

const nothing: AskedProblems = {};
const none: ReadonlySet<string> = new Set();

export function useMethodForm(options: MethodFormOptions) {
  const { experiment, experiments, models, methods, methodField, firstMethod, firstPreset, besides = nothing, onAsked } = options;
  const router = useRouter();
  const address = useFormAddress();
  const [asked] = useState(() => askedMethod(address.read(), { models, methods, methodField, firstMethod, firstPreset }));
  const [askedWhere] = useState(() => askedPlace(address.read(), experiment, experiments));
  useLayoutEffect(() => onAsked({ ...askedWhere.problems, ...asked.problems, ...besides }), [onAsked, askedWhere, asked, besides]);
  const element = useRef<HTMLFormElement>(null);
  const [place, setPlace] = useState<ExperimentWanted>(askedWhere.place);
  const [modelId, setModelId] = useState(asked.modelId);
  const [methodId, setMethodId] = useState(asked.methodId);
  const [presetId, setPresetId] = useState(asked.presetId);
  const [changes, setChanges] = useState<Values>(asked.changes);
  const [seed, setSeed] = useState(asked.seed);
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const answer = (...names: string[]) => setAnswered(new Set([...answered, ...names]));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const model = models.find(({ id }) => id === modelId);
  const method = methods.find(({ id }) => id === methodId) ?? methods[0];
  const preset = method?.presets.find(({ id }) => id === presetId) ?? method?.presets[0];
  const fromPreset = method && preset ? presetValues(method.parameters, method, preset.id) : {};
  // Shown beside the values: the paper's own or, for a method without published values, the preset's.
  const published = method?.presets.find(({ id }) => id.startsWith("paper"));
  const paper = method && published ? presetValues(method.parameters, method, published.id) : fromPreset;
  const typedParameters: Values = Object.fromEntries(Object.entries(changes).filter(([name]) => name in fromPreset));
  const values: Values = { ...fromPreset, ...typedParameters };
  const readSeed = readWholeNumber(seed, seedLimits);
  const seedProblem = readSeed === null ? wholeNumberWords(seedLimits) : (problems["seed"] ?? null);
  /** The values that the address holds for every method's form; each form adds its own. */
  const addressValues: AddressValues = {
    ...placeValues(place, experiment, experiments),
    model: model?.slug ?? null,
    [methodField]: method?.id ?? null,
    preset: preset?.id ?? null,
    seed,
    parameters: parameterText(typedParameters),
  };
  const usable = model !== undefined && model.state !== "REFUSED";
  /** What every start mutation takes; null while the seed is invalid. */
  const sharedWithout = (drawn: ReadonlySet<string>): Shared | null => {
    if (readSeed === null || !preset) return null;
    const own = Object.fromEntries(Object.entries(values).filter(([name]) => !drawn.has(name)));
    return { modelId, preset: preset.id, parameters: overridesOf(own, fromPreset), seed: readSeed };
  };

  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) focusFirstProblem(element.current);
  }, [refusals]);
  const refuse = (words: string | null, at: Readonly<Record<string, string>> = {}) => {
    setProblem(words);
    setProblems(at);
    setRefusals((count) => count + 1);
  };

  /** Starts the run if everything is valid; otherwise shows the first problem, at its field if it has one, and focuses it. */
  async function submit({ fits, fields, drawn = none, start }: Submission) {
    setProblem(null);
    setProblems({});
    const sent = method?.parameters.filter(({ name }) => !drawn.has(name)) ?? [];
    if (!sent.every((spec) => problemWith(spec, values[spec.name]) === null))
      return refuse("A parameter is out of bounds; see expert parameters.");
    const shared = sharedWithout(drawn);
    if (shared === null || !fits || !usable) return refuse("Nothing was started: correct the marked field first.");
    const outcome = await start(shared, place);
    if ("address" in outcome) return router.push(outcome.address);
    const field = outcome.field?.split(".")[0] ?? null;
    if (field !== null && [...fields, "seed"].includes(field)) refuse(null, { [field]: outcome.problem });
    else refuse(outcome.problem);
  }

  return {
    element,
    addressValues,
    place,
    setPlace: (where: ExperimentWanted) => {
      setPlace(where);
      answer("experiment");
    },
    model,
    setModelId: (id: string) => {
      setModelId(id);
      answer("model");
    },
    /** The error of a choice in the address, until the field is edited. */
    fieldError: (name: string) =>
      answered.has(name) ? undefined : { ...askedWhere.problems, ...asked.problems, ...besides }[name]?.atField,
    method,
    setMethodId: (id: string) => {
      setMethodId(id);
      setChanges({});
      answer(methodField, "preset", "parameters");
    },
    preset,
    setPresetId: (id: string) => {
      setPresetId(id);
      setChanges({});
      answer("preset", "parameters");
    },
    values,
    /** Whether a parameter differs from the preset. */
    changed: Object.keys(overridesOf(values, fromPreset)).length > 0,
    paper,
    reference: options.reference ?? (published ? `“${published.label}”` : "the preset"),
    setValue: (name: string, value: unknown) => {
      setChanges({ ...changes, [name]: value });
      answer("parameters");
    },
    resetValues: () => {
      setChanges(overridesOf(paper, fromPreset));
      answer("parameters");
    },
    seed,
    setSeed,
    /** Null while the seed is invalid. */
    readSeed,
    seedProblem,
    shared: sharedWithout(none),
    problem,
    problems,
    submit,
  };
}

export type MethodFormState = ReturnType<typeof useMethodForm>;
