/** The searches that a user has entered since the page was loaded, for the arrow keys. */
import { clientState } from "../../graphql/client/clientState.ts";

const maxSearches = 50;

export class SearchHistory {
  readonly #texts: string[] = [];
  #at = 0;

  add(text: string): void {
    const trimmed = text.trim();
    if (trimmed !== "" && this.#texts.at(-1) !== trimmed) this.#texts.push(trimmed);
    if (this.#texts.length > maxSearches) this.#texts.shift();
    this.#at = this.#texts.length;
  }

  /** The search before (-1) or after (1) the last recalled one; null at an end. A text that is not in the history comes after all others. */
  recall(step: 1 | -1, present: string): string | null {
    if (this.#texts[this.#at] !== present) this.#at = this.#texts.length;
    const next = this.#at + step;
    const at = this.#texts[next] === present ? next + step : next;
    const found = this.#texts[at];
    if (found === undefined) return null;
    this.#at = at;
    return found;
  }
}

export const searchHistoryOf = clientState(() => new SearchHistory());
