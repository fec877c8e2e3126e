/** Which weights are a layer's. */
import type { AppError } from "@pareidolia/core/appError";
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";

interface Owner {
  /** The nested models that it lies in, from the outside. */
  readonly scopes: readonly string[];
  readonly name: string;
  /** One of a kind among all layers. */
  readonly place: string;
}

export class LayerWeights {
  readonly #weights: ReadonlyMap<string, Constant>;
  readonly #owners = new Map<string, string>();

  constructor(weights: ReadonlyMap<string, Constant>) {
    this.#weights = weights;
  }

  /**
   * Weights are named LAYER/PART, with names of models before that, of all in which the layer lies or of the inner ones, and perhaps of
   * the whole. The longest name that is found is meant.
   * @throws AppError INVALID_INPUT where several could be meant, or another layer has them already.
   */
  find({ scopes, name, place }: Owner, part: string): Constant | null {
    for (let from = 0; from <= scopes.length; from++) {
      const key = this.#findKey([...scopes.slice(from), name, part].join("/"), name);
      if (key === null) continue;
      const owner = this.#owners.get(key) ?? place;
      if (owner !== place) throw calledAlike(name);
      this.#owners.set(key, place);
      return this.#weights.get(key) ?? null;
    }
    return null;
  }

  #findKey(wanted: string, name: string): string | null {
    if (this.#weights.has(wanted)) return wanted;
    const [found, ...others] = [...this.#weights.keys()].filter((key) => key.endsWith(`/${wanted}`));
    if (others.length > 0) throw calledAlike(name);
    return found ?? null;
  }
}

function calledAlike(name: string): AppError {
  return unsupported(`several layers are called "${name}", and their weights too; give each a name of its own`);
}
