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
export const orders = ["highest", "lowest", "newest", "oldest"] as const;

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
  readonly holding: (typeof holdings)[number];
  readonly outcome: (typeof outcomes)[number];
  readonly order: (typeof orders)[number];
}
