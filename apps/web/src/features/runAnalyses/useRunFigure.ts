"use client";
/**
 * Figures over a run's archive: what is known is shown at once and asked for anew when the part is opened. They are costly and a run
 * moves on at each event, so what came since is asked for only when somebody wants it.
 */
import { useState } from "react";
import { type CombinedError, type TypedDocumentNode, useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";

/** When the figures were asked for, and how to ask for later ones. */
export interface FigureTime {
  readonly loading: boolean;
  readonly error: CombinedError | undefined;
  /** The run's generation at that time; below 0 where it had stored none. */
  readonly generation: number;
  /** Generations that the run has stored since. */
  readonly behind: number;
  readonly askAgain: () => void;
}

export interface RunFigure<Data> {
  readonly data: Data | undefined;
  readonly time: FigureTime;
}

export function useRunFigure<Data>(
  query: TypedDocumentNode<Data, { id: string }>,
  run: { readonly id: string; readonly generation: number },
): RunFigure<Data> {
  const [{ data, error, fetching, stale }, ask] = useQuery<Data, { id: string }>({
    query,
    variables: { id: run.id },
    requestPolicy: "cache-and-network",
  });
  const [generation, setGeneration] = useState(run.generation);
  const askAgain = () => {
    setGeneration(run.generation);
    ask({ requestPolicy: "network-only" });
  };
  const time = { loading: fetching || stale, error, generation, behind: run.generation - generation, askAgain };
  return { data: useKept(data), time };
}
