"use client";
/** What the forms of ascents, attacks and retrainings share: experiment, model, method, preset, its parameters, the seed, and starting. */
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
const largestSeed = 2 ** 31 - 1;

export interface MethodFormOptions {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  /** The method's name in an address. */
  readonly methodField: string;
  /** The preset to begin with; the first one where it names none. */
  readonly firstPreset?: string;
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
  /** Whether all that the form asks beyond these fields is well. */
  readonly fits: boolean;
  /** Those that show their own problem. */
  readonly fields: readonly string[];
  /** Parameters that have no one value in this run: neither checked nor sent. */
  readonly drawn?: ReadonlySet<string>;
  start(shared: Shared, wanted: ExperimentWanted): Promise<Started>;
}

const nothing: AskedProblems = {};

export function useMethodForm(options: MethodFormOptions) {
  const { experiment, experiments, models, methods, methodField, firstPreset, besides = nothing, onAsked } = options;
  const router = useRouter();
  const address = useFormAddress();
  const [asked] = useState(() => askedMethod(address.read(), { models, methods, methodField, firstPreset }));
  const [askedWhere] = useState(() => askedPlace(address.read(), experiment, experiments));
  useLayoutEffect(() => onAsked({ ...askedWhere.problems, ...asked.problems, ...besides }), [onAsked, askedWhere, asked, besides]);
  const element = useRef<HTMLFormElement>(null);
  const [wanted, setWanted] = useState<ExperimentWanted>(askedWhere.place);
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
  // Beside the values stand the paper's own; where a method's papers give none, the chosen preset's.
  const published = method?.presets.find(({ id }) => id.startsWith("paper"));
  const paper = method && published ? presetValues(method.parameters, method, published.id) : fromPreset;
  const typedParameters: Values = Object.fromEntries(Object.entries(changes).filter(([name]) => name in fromPreset));
  const values: Values = { ...fromPreset, ...typedParameters };
  const readSeed = readWholeNumber(seed, 0, largestSeed);
  const seedProblem = readSeed === null ? wholeNumberWords(0, largestSeed) : (problems["seed"] ?? null);
  /** The values that the address holds for every method's form; each form adds its own. */
  const addressValues: AddressValues = {
    ...placeValues(wanted, experiment, experiments),
    model: model?.slug ?? null,
    [methodField]: method?.id ?? null,
    preset: preset?.id ?? null,
    seed,
    parameters: parameterText(typedParameters),
  };
  const usable = model !== undefined && model.state !== "REFUSED";

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
  async function submit({ fits, fields, drawn, start }: Submission) {
    setProblem(null);
    setProblems({});
    const sent = method?.parameters.filter(({ name }) => !drawn?.has(name)) ?? [];
    if (!sent.every((spec) => problemWith(spec, values[spec.name]) === null))
      return refuse("A parameter is out of bounds; see expert parameters.");
    if (readSeed === null || !fits || !usable || !preset) return refuse("Nothing was started: correct the marked field first.");
    const own = Object.fromEntries(sent.map(({ name }) => [name, values[name]]));
    const shared = { modelId, preset: preset.id, parameters: overridesOf(own, fromPreset), seed: readSeed };
    const outcome = await start(shared, wanted);
    if ("address" in outcome) return router.push(outcome.address);
    const field = outcome.field?.split(".")[0] ?? null;
    if (field !== null && [...fields, "seed"].includes(field)) refuse(null, { [field]: outcome.problem });
    else refuse(outcome.problem);
  }

  return {
    element,
    addressValues,
    wanted,
    setWanted: (where: ExperimentWanted) => {
      setWanted(where);
      answer("experiment");
    },
    model,
    setModelId: (id: string) => {
      setModelId(id);
      answer("model");
    },
    /** What the address asked of a choice in vain, until somebody chooses. */
    inVain: (name: string) => (answered.has(name) ? undefined : { ...askedWhere.problems, ...asked.problems, ...besides }[name]?.atField),
    method,
    setMethodId: (id: string) => {
      setMethodId(id);
      setPresetId("");
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
    /** Whether a parameter was given another value than the preset's. */
    changed: Object.keys(overridesOf(values, fromPreset)).length > 0,
    paper,
    reference: published ? `“${published.label}”` : "the preset",
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
    seedProblem,
    problem,
    problems,
    submit,
  };
}

export type MethodFormState = ReturnType<typeof useMethodForm>;
