/**
 * Reads again soon after a change, but not for each of many: changes that follow one another are read together. While the page is hidden,
 * it waits until the page is shown.
 */

/** Milliseconds from a change to the request, and between two requests. */
const soon = 200;
const between = 1_500;

export interface ReloadPacer {
  /** Something has changed. */
  note(): void;
  stop(): void;
}

export interface PacedPage {
  read(): void;
  isHidden(): boolean;
  now(): number;
  /** Calls the listener whenever the page is hidden or shown; returns a function that removes it. */
  onVisibility(listener: () => void): () => void;
}

export function createReloadPacer({ read, isHidden, now, onVisibility }: PacedPage): ReloadPacer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastRead = Number.NEGATIVE_INFINITY;
  let isStale = false;
  const look = (): void => {
    timer = null;
    if (isHidden()) return;
    isStale = false;
    lastRead = now();
    read();
  };
  const plan = (): void => {
    if (!isStale || isHidden()) return;
    timer ??= setTimeout(look, Math.max(soon, lastRead + between - now()));
  };
  const leave = onVisibility(plan);
  return {
    note() {
      isStale = true;
      plan();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      leave();
    },
  };
}
