/** Reads what a random search is to draw, and draws it. */

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
  if (space.length === 0) throw invalid("search", `${method.label} has nothing to search.`);
  const count = checkWholeNumber(search.configurations, "search.configurations", ascentLimits.configurations);
  const known = space.map(({ name }) => name);
  const asked = search.parameters ?? known;
  if (asked.length === 0) throw invalid("search.parameters", "Name at least one parameter to draw, or leave the names out to draw all.");
  if (new Set(asked).size !== asked.length) throw invalid("search.parameters", "Name each parameter once.");
  const wrong = asked.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw invalid("search.parameters", `"${wrong}" is nothing that a search draws. It draws from ${known.join(", ")}.`);
  const searched = known.filter((name) => asked.includes(name));
  const configurations = Array.from({ length: count }, (_, index) =>
    drawConfiguration({ space, seed, index, names: searched, parameters }),
  );
  return { searched, configurations };
}
