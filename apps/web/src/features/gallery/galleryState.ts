/** The gallery's state in the URL. An invalid value is replaced by the default, and the page reports it. */
import { createParser, parseAsString, parseAsStringLiteral } from "nuqs";
import { oneOf, wholeNumberOf } from "../marks/addressProblems.ts";
import { parseAsWholeNumber } from "../marks/wholeNumberParser.ts";

export const confidences = ["0.5", "0.9", "0.99", "0.999", "0.9999"] as const;
/** The kinds of runs. The gallery shows one at a time, because each has its own filters. */
export const kinds = ["evolution", "ascent", "perturbation"] as const;
export type GalleryKind = (typeof kinds)[number];
/** Attacks that fooled the model, or all attacks. */
export const outcomes = ["fooled", "any"] as const;
/** Elites that hold their niche now, or all that ever held one. */
export const holdings = ["now", "ever"] as const;
/** The last three are orders by people's votes, and list only images with votes. */
export const orders = ["highest", "lowest", "newest", "oldest", "recognised", "unrecognised", "votes"] as const;
export const peopleOrders: readonly (typeof orders)[number][] = ["recognised", "unrecognised", "votes"];
/** Whether a study has asked people about the image. */
export const askings = ["yes", "no"] as const;
/** Bounds of the share of people who name the label, and of the number of votes. */
export const shares = ["0.1", "0.25", "0.5", "0.75", "0.9"] as const;
export const voteCounts = ["1", "5", "10", "20", "50"] as const;

/** Elites chosen elsewhere, such as on the plane of a study. */
export const mostIds = 100;
export function parseIds(text: string): readonly string[] | null {
  const ids = text.split(",").filter((id) => id !== "");
  return ids.length > 0 && ids.length <= mostIds && ids.every((id) => /^[\w-]{1,200}$/.test(id)) ? ids : null;
}
const idsParser = createParser({
  parse: parseIds,
  serialize: (ids: readonly string[]) => ids.join(","),
  eq: (one, other) => one.join() === other.join(),
});

export const galleryParsers = {
  ids: idsParser,
  kind: parseAsStringLiteral(kinds).withDefault("evolution"),
  experiment: parseAsString,
  run: parseAsString,
  model: parseAsString,
  encoding: parseAsString,
  method: parseAsString,
  label: parseAsString,
  min: parseAsStringLiteral(confidences),
  asked: parseAsStringLiteral(askings),
  share: parseAsStringLiteral(shares),
  below: parseAsStringLiteral(shares),
  votes: parseAsStringLiteral(voteCounts),
  holding: parseAsStringLiteral(holdings).withDefault("now"),
  outcome: parseAsStringLiteral(outcomes).withDefault("fooled"),
  order: parseAsStringLiteral(orders).withDefault("highest"),
};

/** Index of the first image in view, to which Back and a shared link return. */
export const positionParser = parseAsWholeNumber.withDefault(0);

export const galleryRules = [
  {
    name: "ids",
    accepts: (text: string) => parseIds(text) !== null,
    wanted: `IDs of up to ${mostIds} elites, separated by commas`,
    instead: "all elites are shown",
  },
  oneOf("kind", kinds, "evolution"),
  oneOf("outcome", outcomes, "fooled"),
  { ...oneOf("min", confidences, ""), instead: "any confidence is shown" },
  { ...oneOf("asked", askings, ""), instead: "images are shown whether people were asked or not" },
  { ...oneOf("share", shares, ""), instead: "any share is shown" },
  { ...oneOf("below", shares, ""), instead: "any share is shown" },
  { ...oneOf("votes", voteCounts, ""), instead: "any number of votes is shown" },
  oneOf("holding", holdings, "now"),
  oneOf("order", orders, "highest"),
  wholeNumberOf("at", "the first images are shown"),
];

export interface GalleryState {
  readonly ids: readonly string[] | null;
  readonly kind: GalleryKind;
  readonly experiment: string | null;
  readonly run: string | null;
  readonly model: string | null;
  readonly encoding: string | null;
  readonly method: string | null;
  readonly label: string | null;
  readonly min: (typeof confidences)[number] | null;
  readonly asked: (typeof askings)[number] | null;
  /** The lowest share of people who name the label, and the highest. */
  readonly share: (typeof shares)[number] | null;
  readonly below: (typeof shares)[number] | null;
  /** The lowest number of votes. */
  readonly votes: (typeof voteCounts)[number] | null;
  readonly holding: (typeof holdings)[number];
  readonly outcome: (typeof outcomes)[number];
  readonly order: (typeof orders)[number];
}
