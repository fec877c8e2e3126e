/** Finds the weights of a layer. */
import type { AppError } from "@pareidolia/core/appError";
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";

interface Owner {
  /** Enclosing nested models, outermost first. */
  readonly scopes: readonly string[];
  readonly name: string;
  /** Unique among all layers. */
  readonly graphName: string;
}

export class LayerWeights {
  readonly #weights: ReadonlyMap<string, Constant>;
  readonly #owners = new Map<string, string>();

  constructor(weights: ReadonlyMap<string, Constant>) {
    this.#weights = weights;
  }

  /**
   * Weights are named LAYER/PART, prefixed with the names of some or all enclosing models and perhaps of the whole model. The longest
   * matching name wins.
   * @throws AppError INVALID_INPUT if several weights match, or another layer already uses the match.
   */
  find({ scopes, name, graphName }: Owner, part: string): Constant | null {
    for (let from = 0; from <= scopes.length; from++) {
      const key = this.#findKey([...scopes.slice(from), name, part].join("/"), name);
      if (key === null) continue;
      const owner = this.#owners.get(key) ?? graphName;
      if (owner !== graphName) throw ambiguousName(name);
      this.#owners.set(key, graphName);
      return this.#weights.get(key) ?? null;
    }
    return null;
  }

  #findKey(suffix: string, name: string): string | null {
    if (this.#weights.has(suffix)) return suffix;
    const [found, ...others] = [...this.#weights.keys()].filter((key) => key.endsWith(`/${suffix}`));
    if (others.length > 0) throw ambiguousName(name);
    return found ?? null;
  }
}

function ambiguousName(name: string): AppError {
  return unsupported(`several layers and their weights are named "${name}"; give each a unique name`);
}
