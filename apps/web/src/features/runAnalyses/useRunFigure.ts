"use client";
/**
 * Figures over a run's archive: what is known is shown at once and asked for anew when the part is opened. They are costly and a run
 * moves on at each event, so they are no query that the cache follows: each is asked for once, and later ones when somebody wants them.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, type TypedDocumentNode, useClient } from "urql";

/** When the figures were asked for, and how to ask for later ones. */
export interface FigureTime {
  readonly loading: boolean;
  /** Why later ones than those that are shown did not come. */
  readonly error: CombinedError | undefined;
  /** The run's generation when those that are shown were asked for; below 0 where it had stored none, null where nobody remembers. */
  readonly generation: number | null;
  /** Generations that the run has stored since. */
  readonly behind: number;
  readonly askAgain: () => void;
}

export interface RunFigure<Data> {
  readonly data: Data | undefined;
  readonly time: FigureTime;
}

interface Shown<Data> {
  readonly data: Data | undefined;
  readonly generation: number | null;
  readonly error: CombinedError | undefined;
}

export function useRunFigure<Data>(
  query: TypedDocumentNode<Data, { id: string }>,
  run: { readonly id: string; readonly generation?: number | null },
): RunFigure<Data> {
  const { id } = run;
  const newest = run.generation ?? -1;
  const client = useClient();
  const [{ data, generation, error }, show] = useState<Shown<Data>>(() => ({
    data: client.readQuery(query, { id }, { requestPolicy: "cache-only" })?.data ?? undefined,
    generation: null,
    error: undefined,
  }));
  const [loading, setLoading] = useState(true);
  const reached = useRef(newest);
  reached.current = newest;
  const askAgain = useCallback(() => {
    const asked = reached.current;
    setLoading(true);
    void client
      .query(query, { id }, { requestPolicy: "network-only" })
      .toPromise()
      .then((answer) => {
        setLoading(false);
        show((before) => (answer.data ? { data: answer.data, generation: asked, error: undefined } : { ...before, error: answer.error }));
      });
  }, [client, query, id]);
  useEffect(askAgain, [askAgain]);
  return { data, time: { loading, error, generation, behind: generation === null ? 0 : newest - generation, askAgain } };
}
