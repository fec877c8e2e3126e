/** Validates a random search, and draws its configurations. */

import type { Parameters } from "@pareidolia/core/parameterSpec";
import { drawConfiguration } from "@pareidolia/core/randomSearch";
import { type AscentSearch, ascentLimits } from "@pareidolia/core/runKinds/ascent";
import type { Method } from "../method/methods.ts";
import { checkWholeNumber, invalid } from "../run/runLauncher.ts";
import type { AscentSearchInput } from "./ascent.input.ts";

/** @throws AppError INVALID_INPUT naming the field. */
export function drawSearch(
  search: AscentSearchInput,
  { method, seed, parameters }: { readonly method: Method; readonly seed: number; readonly parameters: Parameters },
): AscentSearch {
  const space = method.searchSpace ?? [];
  if (space.length === 0) throw invalid("search", `${method.label} has no parameters to search.`);
  const count = checkWholeNumber(search.configurations, "search.configurations", ascentLimits.configurations);
  const known = space.map(({ name }) => name);
  const names = search.parameters ?? known;
  if (names.length === 0) throw invalid("search.parameters", 'List at least one parameter, or leave "parameters" out to draw all.');
  if (new Set(names).size !== names.length) throw invalid("search.parameters", "List each parameter only once.");
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) throw invalid("search.parameters", `A search cannot draw "${wrong}". It can draw ${known.join(", ")}.`);
  const searched = known.filter((name) => names.includes(name));
  const configurations = Array.from({ length: count }, (_, index) =>
    drawConfiguration({ space, seed, index, names: searched, parameters }),
  );
  return { searched, configurations };
}
