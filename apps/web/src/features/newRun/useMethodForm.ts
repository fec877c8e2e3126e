"use client";
/** What the forms of ascents, attacks and retrainings share: experiment, model, method, preset, its parameters, the seed, and starting. */
import { useRouter, useSearchParams } from "next/navigation";
import { useLayoutEffect, useState } from "react";
import type { NewRunMethodsQuery } from "../../graphql/generated/graphql.ts";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { type AskedProblems, askedMethod } from "./askedValues.ts";
import type { ModelChoice } from "./modelDetail.ts";
import { readWholeNumber, wholeNumberWords } from "./NumberField.tsx";
import { overridesOf, presetValues, problemWith, type Values } from "./parameterForm.ts";
import type { ExperimentWanted, Started } from "./useExperimentStart.ts";

export type MethodChoice = NewRunMethodsQuery["ascents"][number];
const largestSeed = 2 ** 31 - 1;

export interface MethodFormOptions {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  /** The preset to begin with; the first one where it names none. */
  readonly firstPreset?: string;
  readonly onAsked: (problems: AskedProblems) => void;
}

export interface Shared {
  readonly modelId: string;
  readonly preset: string;
  readonly parameters: Record<string, unknown>;
  readonly seed: number;
}

export function useMethodForm({ experiment, experiments, models, methods, firstPreset, onAsked }: MethodFormOptions) {
  const router = useRouter();
  const address = useSearchParams();
  const [asked] = useState(() => askedMethod(address, { models, method: methods[0], firstPreset }));
  useLayoutEffect(() => onAsked(asked.problems), [onAsked, asked]);
  const [wanted, setWanted] = useState<ExperimentWanted>(() => {
    const id = experiment?.id ?? experiments[0]?.id;
    return id === undefined ? { name: "First run" } : { id };
  });
  const [modelId, setModelId] = useState(asked.modelId);
  const [methodId, setMethodId] = useState(methods[0]?.id ?? "");
  const [presetId, setPresetId] = useState(asked.presetId);
  const [changes, setChanges] = useState<Values>({});
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
  const values: Values = { ...fromPreset, ...Object.fromEntries(Object.entries(changes).filter(([name]) => name in fromPreset)) };
  const readSeed = readWholeNumber(seed, 0, largestSeed);
  const seedProblem = readSeed === null ? wholeNumberWords(0, largestSeed) : (problems["seed"] ?? null);
  const parametersFit = method?.parameters.every((spec) => problemWith(spec, values[spec.name]) === null) ?? false;
  const usable = model !== undefined && model.state !== "REFUSED";

  /** Starts when all is well; else says what is not, at its field where it has one. `fields` are those that show their own. */
  async function submit(
    extraFits: boolean,
    fields: readonly string[],
    start: (shared: Shared, wanted: ExperimentWanted) => Promise<Started>,
  ) {
    setProblem(null);
    setProblems({});
    if (!parametersFit) return setProblem("A parameter is out of its bounds; see expert parameters.");
    if (readSeed === null || !extraFits || !usable || !preset) return setProblem("Something above is missing or out of its bounds.");
    const shared = { modelId, preset: preset.id, parameters: overridesOf(values, fromPreset), seed: readSeed };
    const outcome = await start(shared, wanted);
    if ("address" in outcome) return router.push(outcome.address);
    const field = outcome.field?.split(".")[0] ?? null;
    if (field !== null && [...fields, "seed"].includes(field)) setProblems({ [field]: outcome.problem });
    else setProblem(outcome.problem);
  }

  return {
    wanted,
    setWanted,
    model,
    setModelId: (id: string) => {
      setModelId(id);
      answer("model");
    },
    /** What the address asked of a choice in vain, until somebody chooses. */
    inVain: (name: "model" | "preset") => (answered.has(name) ? undefined : asked.problems[name]?.atField),
    method,
    setMethodId: (id: string) => {
      setMethodId(id);
      setPresetId("");
      setChanges({});
      answer("preset");
    },
    preset,
    setPresetId: (id: string) => {
      setPresetId(id);
      setChanges({});
      answer("preset");
    },
    values,
    paper,
    reference: published ? `“${published.label}”` : "the preset",
    setValue: (name: string, value: unknown) => setChanges({ ...changes, [name]: value }),
    resetValues: () => setChanges(overridesOf(paper, fromPreset)),
    seed,
    setSeed,
    seedProblem,
    problem,
    problems,
    submit,
  };
}

export type MethodFormState = ReturnType<typeof useMethodForm>;
