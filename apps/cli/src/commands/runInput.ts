/** The input of a new run, from flags over a JSON file: what flags leave out is taken from the file, then from the API's first preset. */
import { readFile } from "node:fs/promises";
import { models } from "@pareidolia/client/operations";
import { InvalidArgumentError } from "commander";
import type { Context } from "../context.ts";
import { type StartChoices, startChoices } from "../documents.ts";
import { CliError } from "../failure.ts";
import { readAll } from "../readAll.ts";

export type Input = Record<string, unknown>;

export interface InputOptions {
  readonly from?: string;
  readonly experiment?: string;
  readonly model?: string;
  readonly preset?: string;
  readonly seed?: number;
  readonly set?: readonly string[];
  readonly newExperiment?: string;
}

export function readWhole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("Give a whole number.");
  return value;
}

export function readNumbers(text: string): number[] {
  const values = text.split(",").map(Number);
  if (text.trim() === "" || values.some((value) => !Number.isFinite(value)))
    throw new InvalidArgumentError("Give numbers, separated by commas.");
  return values;
}

/** For options that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** A number, true, false, null or JSON; otherwise the text itself. */
export function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function readSettings(settings: readonly string[]): Input {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf("=");
      if (at < 1) throw new CliError("usage", `--set ${setting} has no value. Write it as name=value.`);
      return [setting.slice(0, at), readValue(setting.slice(at + 1))];
    }),
  );
}

export async function readInputFile(context: Context, file: string | undefined): Promise<Input> {
  if (file === undefined) return {};
  const text = file === "-" ? await context.terminal.readInput() : await readFile(file, "utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Input;
  } catch (error) {
    throw new CliError("usage", `${file === "-" ? "Standard input" : file} is not valid JSON: ${(error as Error).message}.`);
  }
  throw new CliError("usage", `${file} must contain one JSON object, the input of the mutation.`);
}

/** By ID, short name or name. @throws CliError notFound, which lists the networks. */
export async function findModelId({ client, terminal }: Context, wanted: string): Promise<string> {
  const found = await readAll(async (after) => (await client.query(models, { first: 100, after }, { signal: terminal.signal })).models);
  const model = found.find(({ id, slug, name }) => id === wanted || slug === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (model !== undefined) return model.id;
  throw new CliError("notFound", `There is no network ${wanted}. Choose one of ${found.map(({ slug }) => slug).join(", ")}.`);
}

const maxSeed = 2_147_483_647;

export function withoutUndefined(input: Readonly<Record<string, unknown>>): Input {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

/** What all kinds of runs have. */
export async function readSharedInput(context: Context, options: InputOptions): Promise<Input> {
  const file = await readInputFile(context, options.from);
  const settings = readSettings(options.set ?? []);
  const parameters = { ...((file["parameters"] ?? {}) as Input), ...settings };
  const input: Input = {
    ...file,
    ...withoutUndefined({
      experimentId: options.experiment,
      modelId: options.model === undefined ? undefined : await findModelId(context, options.model),
      preset: options.preset,
      seed: options.seed,
    }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
  input["seed"] ??= Math.floor(Math.random() * maxSeed);
  if (input["modelId"] === undefined) throw new CliError("usage", "Name the network with --model, such as --model lenet.");
  if (input["experimentId"] === undefined && options.newExperiment === undefined)
    throw new CliError("usage", "Name the experiment with --experiment EXP-12, or create one with --new-experiment NAME.");
  return input;
}

type Methods = keyof Omit<StartChoices, "chainDatasets">;

/** The first preset of a method, or of the first method if none is named. */
export async function findPreset({ client, terminal }: Context, of: Methods, method: unknown): Promise<string> {
  const found = (await client.query<StartChoices>(startChoices, {}, { signal: terminal.signal }))[of];
  const chosen = method === undefined ? found[0] : found.find(({ id }) => id === method);
  const preset = chosen?.presets[0]?.id;
  if (preset !== undefined) return preset;
  throw new CliError("notFound", `There is no method ${String(method)}. Choose one of ${found.map(({ id }) => id).join(", ")}.`);
}
