/**
 * The values that all new-run forms read from the page's address: model, method, preset, seed and parameters. An unknown name is replaced
 * by the default and reported; an invalid number stays in its field, with an error.
 */
import { seedLimits } from "@pareidolia/core/runKinds/runKind";
import { type AddressReader, quoteValue } from "../marks/addressProblems.ts";
import { newRunMethods } from "./newRunMethods.ts";
import { asValues, type EncodingChoice, problemWith, type Spec, type Values } from "./parameterForm.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

/** The errors in the address by field, as worded at the field and at the top of the page. */
export type AddressProblems = Readonly<Record<string, { readonly atField: string; readonly atTop: string }>>;

interface Choice {
  readonly id: string;
  readonly label: string;
  /** Its value in the address, if that is not the ID. */
  readonly word?: string;
}

interface RequestedChoice {
  readonly id: string;
  readonly problems: AddressProblems;
}

/** The choice that the address names or, with an error, the default. */
export function readChoice(
  field: string,
  address: AddressReader,
  choices: readonly Choice[],
  defaultChoice: Choice | undefined,
): RequestedChoice {
  const text = address.get(field);
  const found = text === null || text === "" ? defaultChoice : choices.find(({ id, word = id }) => word === text);
  if (found !== undefined || text === null) return { id: found?.id ?? "", problems: {} };
  const replacement = defaultChoice === undefined ? "" : `; “${defaultChoice.label}” is used instead`;
  const message = `There is no ${field} ${quoteValue(text)}${replacement}.`;
  return { id: defaultChoice?.id ?? "", problems: { [field]: { atField: message, atTop: message } } };
}

export interface ModelChoice {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export function readModel(address: AddressReader, models: readonly ModelChoice[]): RequestedChoice {
  const choices = models.map(({ id, slug, name }) => ({ id, label: name, word: slug }));
  return readChoice("model", address, choices, choices[0]);
}

/** The problem of a number that stays in its field as typed. */
export function invalidNumber(field: string, label: string, text: string, problem: string): AddressProblems {
  const rule = problem.charAt(0).toLowerCase() + problem.slice(1);
  return {
    [field]: {
      atField: problem,
      atTop: `${label} is ${quoteValue(text)} and must be ${rule.replace(/\.$/, "")}; correct it before you start.`,
    },
  };
}

function readParameters(address: AddressReader, specs: readonly Spec[]): { readonly changes: Values; readonly problems: AddressProblems } {
  const text = address.get("parameters");
  if (text === null || text === "") return { changes: {}, problems: {} };
  const report = (message: string): AddressProblems => ({ parameters: { atField: message, atTop: message } });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { changes: {}, problems: report(`The parameters ${quoteValue(text)} are not valid JSON; the preset’s are used instead.`) };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return { changes: {}, problems: report(`The parameters ${quoteValue(text)} are not a JSON object; the preset’s are used instead.`) };
  const changes = asValues(json);
  const unknown = Object.keys(changes).filter((name) => specs.every((spec) => spec.name !== name));
  const invalid = specs.filter((spec) => spec.name in changes && problemWith(spec, changes[spec.name]) !== null);
  const messages = [
    ...(unknown.length > 0
      ? [`There is no parameter ${unknown.map(quoteValue).join(", ")}; ${unknown.length === 1 ? "it is" : "they are"} ignored.`]
      : []),
    ...invalid.map(
      (spec) =>
        `${spec.label} is ${quoteValue(String(changes[spec.name]))}: ${problemWith(spec, changes[spec.name])} Correct it under “Expert parameters” before you start.`,
    ),
  ];
  return { changes, problems: messages.length === 0 ? {} : report(messages.join(" ")) };
}

type MethodOption = Pick<EncodingChoice, "id" | "label" | "presets" | "parameters">;

export interface RequestedMethod {
  readonly modelId: string;
  readonly methodId: string;
  readonly presetId: string;
  readonly seed: string;
  readonly changes: Values;
  readonly problems: AddressProblems;
}

function findOrFirst<T extends { readonly id: string }>(choices: readonly T[], id: string | undefined): T | undefined {
  return choices.find((choice) => choice.id === id) ?? choices[0];
}

export interface MethodAddressOptions {
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodOption[];
  /** The address parameter that names the method. */
  readonly methodField: string;
  /** ID of the default method; the first method if absent. */
  readonly initialMethod?: string | undefined;
  /** ID of the default preset; the method's first preset if absent. */
  readonly initialPreset?: string | undefined;
  /** The seed of a form whose address names none. */
  readonly newSeed: string;
}

export function methodFromAddress(address: AddressReader, options: MethodAddressOptions): RequestedMethod {
  const { models, methods, methodField, initialMethod, initialPreset, newSeed } = options;
  const { id: methodId, problems: methodProblems } = readChoice(methodField, address, methods, findOrFirst(methods, initialMethod));
  const method = methods.find(({ id }) => id === methodId);
  const presets = method?.presets ?? [];
  const model = readModel(address, models);
  const preset = readChoice("preset", address, presets, findOrFirst(presets, initialPreset));
  const seed = address.get("seed") ?? newSeed;
  const seedProblem = readWholeNumber(seed, seedLimits) === null ? invalidNumber("seed", "Seed", seed, wholeNumberError(seedLimits)) : {};
  const parameters = readParameters(address, method?.parameters ?? []);
  return {
    modelId: model.id,
    methodId,
    presetId: preset.id,
    seed,
    changes: parameters.changes,
    problems: { ...model.problems, ...methodProblems, ...preset.problems, ...seedProblem, ...parameters.problems },
  };
}

/** The error for an unknown method in the address, if there is one. */
export function runMethodProblems(address: AddressReader): readonly string[] {
  return Object.values(readChoice("method", address, newRunMethods, newRunMethods[0]).problems).map(({ atTop }) => atTop);
}
