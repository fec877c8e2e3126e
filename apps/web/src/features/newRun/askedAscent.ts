/** What an address asks of the ascent's form beyond model, preset and parameters: classes, starts, start image, and a random search. */
import { type AddressReader, quoteAsked } from "../marks/addressProblems.ts";
import { type AskedProblems, keepNumber, type ModelChoice, pick, pickModel } from "./askedValues.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

export const ascentBounds = {
  classes: { most: 100 },
  starts: { least: 1, most: 100, usual: "1" },
  configurations: { least: 2, most: 299, usual: "24" },
} as const;

export const settingsChoices = [
  {
    id: "these",
    word: "none",
    label: "These settings",
    detail: "One ascent for each class and start, by the preset and the parameters below.",
  },
  {
    id: "search",
    word: "random",
    label: "Random search",
    detail: "Draws settings as the paper's authors did, ascends with each, and ranks them by what they make.",
  },
] as const;
export type SettingsId = (typeof settingsChoices)[number]["id"];

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
    problem: (text) => `There is no class ${text} here; it is left out.`,
    keeps: (text) => /^\d{1,9}$/.test(text) && Number(text) < labels.length,
  });
  const drawn = askedList(asked, "drawn", {
    problem: (text) => `No search draws a parameter ${text}; it is left out.`,
    keeps: (text) => searchable.includes(text),
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

function askedNumber(asked: AddressReader, name: "starts" | "configurations", label: string) {
  const { least, most, usual } = ascentBounds[name];
  const text = asked.get(name) || usual;
  const fits = readWholeNumber(text, least, most) !== null;
  return { text, problems: fits ? {} : keepNumber(name, label, text, wholeNumberWords(least, most)) };
}

interface ListRule {
  /** `text` is quoted. */
  problem(text: string): string;
  keeps(text: string): boolean;
}

/** Words apart by commas, each once; null where none is asked for or none is left. */
function askedList(asked: AddressReader, name: string, { keeps, problem }: ListRule) {
  const words = [...new Set((asked.get(name) ?? "").split(",").filter((word) => word !== ""))];
  const kept = words.filter(keeps);
  const strange = words.filter((word) => !keeps(word));
  const said = problem(strange.map(quoteAsked).join(", "));
  const problems: AskedProblems = strange.length === 0 ? {} : { [name]: { atField: said, atTop: said } };
  return { list: kept.length === 0 ? null : kept, problems };
}
