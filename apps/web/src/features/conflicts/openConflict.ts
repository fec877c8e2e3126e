/** The conflict that the page shows: someone else has changed a value meanwhile, and the person chooses which one stays. */
import { clientState } from "../../graphql/client/clientState.ts";

interface Conflict {
  /** What was changed, such as "The name of RUN-12". */
  readonly what: string;
  /** Both values as texts. */
  readonly present: string;
  readonly wanted: string;
  /** Null if it is not known. */
  readonly changedByName: string | null;
  readonly changedAt: string | null;
}

interface OpenConflict extends Conflict {
  /** @param replaces whether the person's own value replaces the present one */
  choose(replaces: boolean): void;
}

function createConflicts() {
  let waiting: readonly OpenConflict[] = [];
  const listeners = new Set<() => void>();
  const set = (next: readonly OpenConflict[]) => {
    waiting = next;
    for (const listener of listeners) listener();
  };
  return {
    /** The one to show; null if there is none. */
    first: (): OpenConflict | null => waiting[0] ?? null,
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Resolves to whether the person's own value replaces the present one. */
    ask(conflict: Conflict): Promise<boolean> {
      return new Promise((resolve) => {
        const open: OpenConflict = {
          ...conflict,
          choose(replaces) {
            set(waiting.filter((each) => each !== open));
            resolve(replaces);
          },
        };
        set([...waiting, open]);
      });
    },
  };
}

export const conflictsOf = clientState(createConflicts);
