/** What an address asks of the ascent's form beyond model, preset and parameters: classes, starts, start image, and a random search. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { type AddressReader, quoteAsked } from "../marks/addressProblems.ts";
import { isIndexOf } from "../marks/wholeNumber.ts";
import { type AskedProblems, keepNumber, type ModelChoice, pick, pickModel } from "./askedValues.ts";
import type { AddressValues } from "./formAddress.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

const initialNumbers = { starts: "1", configurations: "24" } as const;

export const settingsChoices = [
  {
    id: "these",
    word: "none",
    label: "These settings",
    detail: "One trajectory for each class and start, by the preset and the parameters below.",
  },
  {
    id: "search",
    word: "random",
    label: "Random search",
    detail: "Draws settings as the paper's authors did, ascends with each, and ranks them by what they make.",
  },
] as const;
export type SettingsId = (typeof settingsChoices)[number]["id"];

/** Stands for an empty list in an address, where a parameter without a value is ignored. */
const emptyList = "none";

export interface AskedAscent {
  readonly modelId: string;
  /** Null: the usual ones. */
  readonly classes: readonly number[] | null;
  readonly starts: string;
  /** The id of an image. */
  readonly source: string | null;
  readonly settings: SettingsId;
  readonly configurations: string;
  /** Null: every one that can be drawn. */
  readonly drawn: readonly string[] | null;
  readonly problems: AskedProblems;
}

interface Given {
  readonly models: readonly (ModelChoice & { readonly labels: readonly string[] })[];
  /** Names of the parameters that can be drawn. */
  readonly searchable: readonly string[];
}

export function askedAscent(asked: AddressReader, { models, searchable }: Given): AskedAscent {
  const { id: modelId } = pickModel(asked, models);
  const labels = models.find(({ id }) => id === modelId)?.labels ?? [];
  const settings = pick("search", asked, settingsChoices, settingsChoices[0]);
  const starts = askedNumber(asked, "starts", "Starts a class");
  const configurations = askedNumber(asked, "configurations", "Configurations");
  const classes = askedList(asked, "classes", {
    strange: (text) => `There is no class ${text} here`,
    usual: "the usual ones are chosen instead",
    keeps: (text) => isIndexOf(text, labels.length),
    most: ascentLimits.classes.maximum,
  });
  const drawn = askedList(asked, "drawn", {
    strange: (text) => `No search draws a parameter ${text}`,
    usual: "all that can be are drawn instead",
    keeps: (text) => searchable.includes(text),
    most: searchable.length,
  });
  return {
    modelId,
    classes: classes.list?.map(Number).sort((a, b) => a - b) ?? null,
    starts: starts.text,
    source: asked.get("source") || null,
    settings: settings.id as SettingsId,
    configurations: configurations.text,
    drawn: drawn.list,
    problems: { ...settings.problems, ...starts.problems, ...configurations.problems, ...classes.problems, ...drawn.problems },
  };
}

/** The parameters that `askedAscent` reads; null omits one. */
export function ascentValues(values: Omit<AskedAscent, "modelId" | "problems">): AddressValues {
  const list = (words: readonly (string | number)[] | null) => (words === null ? null : words.length === 0 ? emptyList : words.join(","));
  return {
    classes: list(values.classes),
    starts: values.starts,
    source: values.source,
    search: settingsChoices.find(({ id }) => id === values.settings)?.word ?? null,
    configurations: values.configurations,
    drawn: list(values.drawn),
  };
}

function askedNumber(asked: AddressReader, name: "starts" | "configurations", label: string) {
  const text = asked.get(name) || initialNumbers[name];
  const fits = readWholeNumber(text, ascentLimits[name]) !== null;
  return { text, problems: fits ? {} : keepNumber(name, label, text, wholeNumberWords(ascentLimits[name])) };
}

interface ListRule {
  /** Of words that are not kept, quoted: the beginning of a sentence. */
  strange(text: string): string;
  /** What is chosen where none is kept: the end of it. */
  readonly usual: string;
  readonly most: number;
  keeps(text: string): boolean;
}

/** Words apart by commas, each once; null where none is asked for or none is left. */
function askedList(asked: AddressReader, name: string, { keeps, strange, usual, most }: ListRule) {
  const text = asked.get(name) ?? "";
  if (text === emptyList) return { list: [], problems: {} };
  const words = [...new Set(text.split(",").filter((word) => word !== ""))];
  const known = words.filter(keeps);
  const others = words.filter((word) => !keeps(word));
  const problems: string[] = [];
  if (others.length > 0) problems.push(`${strange(others.map(quoteAsked).join(", "))}; ${known.length === 0 ? usual : "it is left out"}.`);
  else if (text !== "" && words.length === 0) problems.push(`${name} is ${quoteAsked(text)} and names none; ${usual}.`);
  if (known.length > most) problems.push(`${name} names ${known.length} and may name ${most}; the first ${most} are chosen.`);
  const said = problems.join(" ");
  return {
    list: known.length === 0 ? null : known.slice(0, most),
    problems: (said === "" ? {} : { [name]: { atField: said, atTop: said } }) as AskedProblems,
  };
}
