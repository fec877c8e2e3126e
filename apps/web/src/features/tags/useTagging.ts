"use client";
/** Adds tags to runs or an experiment, or removes them, with an undo that takes back exactly what has changed. */
import { useRef } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { TagExperimentsDocument, TagRunsDocument } from "../../graphql/generated/graphql.ts";
import { skippedNote } from "../bulk/skippedNote.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";

export interface TagChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

interface TagChangeOf {
  readonly ids: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

function titleOf({ add = [], remove = [] }: TagChange, what: string): string {
  const parts = [...add.map((name) => `tagged “${name}”`), ...remove.map((name) => `no longer tagged “${name}”`)];
  return `${what} ${parts.join(", ")}.`;
}

/** @returns a function that resolves when the API has answered. */
export function useTagging(kind: "Run" | "Experiment"): (ids: readonly string[], change: TagChange, what: string) => Promise<void> {
  const [, tagRuns] = useMutation(TagRunsDocument);
  const [, tagExperiments] = useMutation(TagExperimentsDocument);
  const showUndo = useUndo();
  // A change is sent after the answer to the one before it: the API might otherwise remove a tag before it adds it.
  const earlier = useRef<Promise<unknown>>(Promise.resolve());
  const sendNow = async (changes: readonly TagChangeOf[]) => {
    if (kind === "Experiment") {
      const input = { changes: changes.map(({ ids, add, remove }) => ({ experimentIds: [...ids], add: [...add], remove: [...remove] })) };
      const { data, error } = await tagExperiments({ input });
      const problem = mutationProblem(data?.tagExperiments, error);
      if (data?.tagExperiments.__typename !== "TagExperimentsSuccess") return { problem, items: [], undo: [] };
      const { items, undo } = data.tagExperiments;
      return { problem, items, undo: undo.map(({ experimentIds, ...change }) => ({ ids: experimentIds, ...change })) };
    }
    const input = { changes: changes.map(({ ids, add, remove }) => ({ runIds: [...ids], add: [...add], remove: [...remove] })) };
    const { data, error } = await tagRuns({ input });
    const problem = mutationProblem(data?.tagRuns, error);
    if (data?.tagRuns.__typename !== "TagRunsSuccess") return { problem, items: [], undo: [] };
    const { items, undo } = data.tagRuns;
    return { problem, items, undo: undo.map(({ runIds, ...change }) => ({ ids: runIds, ...change })) };
  };
  const send = (changes: readonly TagChangeOf[]): ReturnType<typeof sendNow> => {
    const sent = earlier.current.then(() => sendNow(changes));
    // Its own caller has the error.
    earlier.current = Promise.allSettled([sent]);
    return sent;
  };
  return async (ids, change, what) => {
    const { problem, items, undo } = await send([{ ids, add: change.add ?? [], remove: change.remove ?? [] }]);
    if (problem !== null) {
      toast.error(`The tags were not changed. ${problem}`);
      return;
    }
    const note = skippedNote(items);
    if (undo.length === 0) {
      if (note !== undefined) toast.error(`The tags were not changed. ${note}`);
      return;
    }
    showUndo({
      title: titleOf(change, what),
      note,
      undo: () =>
        void send(undo).then((answer) => {
          if (answer.problem !== null) toast.error(`The tags were not restored. ${answer.problem}`);
        }),
    });
  };
}
