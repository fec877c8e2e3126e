/** The ascent form's own values in the page's address: classes, starts, start image and random search. `methodAddress` reads the shared ones. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { type AddressReader, quoteValue } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";
import type { AddressValues } from "./formAddress.ts";
import { type AddressProblems, invalidNumber, type ModelChoice, readChoice, readModel } from "./methodAddress.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

const defaultNumbers = { starts: "1", configurations: "24" } as const;

export const settingsChoices = [
  {
    id: "these",
    word: "none",
    label: "These settings",
    detail: "One trajectory for each class and start, with the preset and the parameters below.",
  },
  {
    id: "search",
    word: "random",
    label: "Random search",
    detail: "Draws settings as the paper's authors did, runs an ascent with each, and ranks them by their results.",
  },
] as const;
export type SettingsId = (typeof settingsChoices)[number]["id"];

/** An empty list in the address, where a parameter without a value is ignored. */
const emptyList = "none";

export interface RequestedAscent {
  readonly modelId: string;
  /** Null for the default classes. */
  readonly classes: readonly number[] | null;
  readonly starts: string;
  /** The ID of an image. */
  readonly source: string | null;
  readonly settings: SettingsId;
  readonly configurations: string;
  /** Names of the drawn parameters; null for all that can be drawn. */
  readonly drawn: readonly string[] | null;
  readonly problems: AddressProblems;
}

interface Options {
  readonly models: readonly (ModelChoice & { readonly labels: readonly string[] })[];
  /** Names of the parameters that can be drawn. */
  readonly searchable: readonly string[];
}

export function ascentFromAddress(address: AddressReader, { models, searchable }: Options): RequestedAscent {
  const { id: modelId } = readModel(address, models);
  const labels = models.find(({ id }) => id === modelId)?.labels ?? [];
  const settings = readChoice("search", address, settingsChoices, settingsChoices[0]);
  const starts = readNumber(address, "starts", "Starts per class");
  const configurations = readNumber(address, "configurations", "Configurations");
  const classes = readList(address, "classes", {
    unknownText: (names) => `There is no class ${names}`,
    defaultText: "the default classes are used instead",
    accepts: (item) => isIndexOf(item, labels.length),
    max: ascentLimits.classes.maximum,
  });
  const drawn = readList(address, "drawn", {
    unknownText: (names) => `A search cannot draw ${names}`,
    defaultText: "all possible parameters are drawn instead",
    accepts: (item) => searchable.includes(item),
    max: searchable.length,
  });
  return {
    modelId,
    classes: classes.list?.map(Number).sort((a, b) => a - b) ?? null,
    starts: starts.text,
    source: address.get("source") || null,
    settings: settings.id as SettingsId,
    configurations: configurations.text,
    drawn: drawn.list,
    problems: { ...settings.problems, ...starts.problems, ...configurations.problems, ...classes.problems, ...drawn.problems },
  };
}

/** The address parameters that `ascentFromAddress` reads; null omits a parameter. */
export function ascentValues(values: Omit<RequestedAscent, "modelId" | "problems">): AddressValues {
  const list = (items: readonly (string | number)[] | null) => (items === null ? null : items.length === 0 ? emptyList : items.join(","));
  return {
    classes: list(values.classes),
    starts: values.starts,
    source: values.source,
    search: settingsChoices.find(({ id }) => id === values.settings)?.word ?? null,
    configurations: values.configurations,
    drawn: list(values.drawn),
  };
}

function readNumber(address: AddressReader, name: "starts" | "configurations", label: string) {
  const text = address.get(name) || defaultNumbers[name];
  const isValid = readWholeNumber(text, ascentLimits[name]) !== null;
  return { text, problems: isValid ? {} : invalidNumber(name, label, text, wholeNumberError(ascentLimits[name])) };
}

interface ListRule {
  /** The first clause of the error for unknown items, which are passed quoted. */
  unknownText(names: string): string;
  /** The last clause of the error if no item is valid: the default. */
  readonly defaultText: string;
  readonly max: number;
  accepts(item: string): boolean;
}

/** A list without duplicates from comma-separated text; null if the address has none or no item is valid. */
function readList(address: AddressReader, name: string, { accepts, unknownText, defaultText, max }: ListRule) {
  const text = address.get(name) ?? "";
  if (text === emptyList) return { list: [], problems: {} };
  const items = [...new Set(text.split(",").filter((item) => item !== ""))];
  const known = items.filter(accepts);
  const unknown = items.filter((item) => !accepts(item));
  const problems: string[] = [];
  if (unknown.length > 0) {
    const outcome = known.length === 0 ? defaultText : `${unknown.length === 1 ? "it is" : "they are"} ignored`;
    problems.push(`${unknownText(unknown.map(quoteValue).join(", "))}; ${outcome}.`);
  } else if (text !== "" && items.length === 0) problems.push(`${name} is ${quoteValue(text)} and lists nothing; ${defaultText}.`);
  if (known.length > max) problems.push(`${name} lists ${known.length} of at most ${max}; the first ${max} are used.`);
  const message = problems.join(" ");
  return {
    list: known.length === 0 ? null : known.slice(0, max),
    problems: (message === "" ? {} : { [name]: { atField: message, atTop: message } }) as AddressProblems,
  };
}
