/**
 * What the form's address asks for: values to begin with, and a sentence for each that cannot be had. A name that is not here is
 * replaced by the usual choice and said; a number that is none stands in its field as it was given.
 */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { type AddressReader, quoteAsked } from "../marks/addressProblems.ts";
import { newRunMethods } from "./newRunMethods.ts";
import { asValues, type EncodingChoice, problemWith, type Spec, type Values } from "./parameterForm.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

/** The problem of each field that the address asks for and cannot have. */
export type AskedProblems = Readonly<Record<string, { readonly atField: string; readonly atTop: string }>>;

interface Choice {
  readonly id: string;
  readonly label: string;
  /** The word for it in an address, where that is not its id. */
  readonly word?: string;
}

interface Picked {
  readonly id: string;
  readonly problems: AskedProblems;
}

/** The choice that the address names, or the usual one with a sentence about it. */
export function pick(field: string, asked: AddressReader, choices: readonly Choice[], usual: Choice | undefined): Picked {
  const text = asked.get(field);
  const found = text === null || text === "" ? usual : choices.find(({ id, word = id }) => word === text);
  if (found !== undefined || text === null) return { id: found?.id ?? "", problems: {} };
  const there = usual === undefined ? "" : `; ${usual.label} is chosen instead`;
  const atField = `There is no ${field} ${quoteAsked(text)} here${there}.`;
  return { id: usual?.id ?? "", problems: { [field]: { atField, atTop: atField } } };
}

export interface ModelChoice {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export function pickModel(asked: AddressReader, models: readonly ModelChoice[]): Picked {
  const choices = models.map(({ id, slug, name }) => ({ id, label: name, word: slug }));
  return pick("model", asked, choices, choices[0]);
}

export function keepNumber(field: string, label: string, text: string, problem: string): AskedProblems {
  const wanted = problem.charAt(0).toLowerCase() + problem.slice(1);
  return {
    [field]: {
      atField: problem,
      atTop: `${label} is ${quoteAsked(text)} and must be ${wanted.replace(/\.$/, "")}; correct it before you start.`,
    },
  };
}

function askedParameters(
  asked: AddressReader,
  specs: readonly Spec[],
  known: readonly string[],
): { readonly changes: Values; readonly problems: AskedProblems } {
  const text = asked.get("parameters");
  if (text === null || text === "") return { changes: {}, problems: {} };
  const said = (words: string): AskedProblems => ({ parameters: { atField: words, atTop: words } });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { changes: {}, problems: said(`The parameters ${quoteAsked(text)} are no JSON; the preset’s are used instead.`) };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return { changes: {}, problems: said(`The parameters ${quoteAsked(text)} name no values; the preset’s are used instead.`) };
  const changes = asValues(json);
  const strange = Object.keys(changes).filter((name) => !known.includes(name));
  const wrong = specs.filter((spec) => spec.name in changes && problemWith(spec, changes[spec.name]) !== null);
  const words = [
    ...(strange.length > 0 ? [`There is no parameter ${strange.map(quoteAsked).join(", ")} here; it is left out.`] : []),
    ...wrong.map(
      (spec) =>
        `${spec.label} is ${quoteAsked(String(changes[spec.name]))}: ${problemWith(spec, changes[spec.name])} Correct it among the expert parameters before you start.`,
    ),
  ];
  return { changes, problems: words.length === 0 ? {} : said(words.join(" ")) };
}

type MethodOf = Pick<EncodingChoice, "id" | "label" | "presets" | "parameters">;

export interface AskedMethod {
  readonly modelId: string;
  readonly methodId: string;
  readonly presetId: string;
  readonly seed: string;
  readonly changes: Values;
  readonly problems: AskedProblems;
}

const usualSeed = "142";

function firstOf<T extends { readonly id: string }>(choices: readonly T[], wanted: string | undefined): T | undefined {
  return choices.find(({ id }) => id === wanted) ?? choices[0];
}

/** The fields that every method's form has. */
export function askedMethod(
  asked: AddressReader,
  given: {
    readonly models: readonly ModelChoice[];
    readonly methods: readonly MethodOf[];
    /** The method's name in the address. */
    readonly methodField: string;
    readonly firstMethod?: string | undefined;
    readonly firstPreset?: string | undefined;
  },
): AskedMethod {
  const { id: methodId, problems: methodProblems } = pick(
    given.methodField,
    asked,
    given.methods,
    firstOf(given.methods, given.firstMethod),
  );
  const method = given.methods.find(({ id }) => id === methodId);
  const presets = method?.presets ?? [];
  const model = pickModel(asked, given.models);
  const preset = pick("preset", asked, presets, firstOf(presets, given.firstPreset));
  const seed = asked.get("seed") ?? usualSeed;
  const seedProblem = readWholeNumber(seed, seedLimits) === null ? keepNumber("seed", "Seed", seed, wholeNumberWords(seedLimits)) : {};
  const specs = method?.parameters ?? [];
  const parameters = askedParameters(
    asked,
    specs,
    specs.map(({ name }) => name),
  );
  return {
    modelId: model.id,
    methodId,
    presetId: preset.id,
    seed,
    changes: parameters.changes,
    problems: { ...model.problems, ...methodProblems, ...preset.problems, ...seedProblem, ...parameters.problems },
  };
}

export function askedMethodProblem(asked: AddressReader): readonly string[] {
  return Object.values(pick("method", asked, newRunMethods, newRunMethods[0]).problems).map(({ atTop }) => atTop);
}
