"use client";
/** Saves, renames, shares and deletes views. Each change can be taken back from its message. */
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  CreateViewDocument,
  DeleteViewDocument,
  RestoreViewDocument,
  type SavedViewFragment,
  type SearchSubject,
  SetDefaultViewDocument,
  UpdateViewDocument,
} from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { useUndo } from "../marks/useUndo.tsx";
import type { ListState } from "./listState.ts";

interface ViewEdit {
  readonly name?: string;
  readonly shared?: boolean;
  readonly state?: ListState;
}

export interface ViewChanges {
  /** The saved view, or why it was not saved. */
  create(name: string, shared: boolean, state: ListState): Promise<{ readonly key: string } | { readonly problem: string }>;
  /** @param what happened, as in "“Paper” is shared." */
  update(view: SavedViewFragment, edit: ViewEdit, what: string): Promise<void>;
  remove(view: SavedViewFragment): Promise<boolean>;
  setDefault(view: SavedViewFragment, isDefault: boolean): Promise<void>;
}

const stateInput = ({ search, columns, groupBy, sort }: ListState) => ({ search, columns: [...columns], groupBy: [...groupBy], sort });

/** As a mutation sends it. */
type SentEdit = Omit<ViewEdit, "state"> & { readonly state?: ReturnType<typeof stateInput> };

const editOf = (view: SavedViewFragment): Required<SentEdit> => ({ name: view.name, shared: view.shared, state: stateInput(view) });

const stateText = ({ search, columns, groupBy, sort }: ListState): string =>
  [`Search: ${search}`, `Columns: ${columns.join(", ")}`, `Grouped by: ${groupBy.join(", ")}`, `Sorted by: ${sort}`].join("\n");

/** @param onChanged after every change, to read the views again. */
export function useViewChanges(list: SearchSubject, onChanged: () => void): ViewChanges {
  const [, create] = useMutation(CreateViewDocument);
  const [, update] = useMutation(UpdateViewDocument);
  const [, remove] = useMutation(DeleteViewDocument);
  const [, restore] = useMutation(RestoreViewDocument);
  const [, setDefault] = useMutation(SetDefaultViewDocument);
  const createKey = useAttemptKey();
  const showUndo = useUndo();
  const replace = useReplacement();
  /** Resolves to what was replaced; null if nothing was. */
  const send = async ({ id: viewId, name }: SavedViewFragment, edit: SentEdit, previous: SentEdit): Promise<SentEdit | null> => {
    const outcome = await replace<SentEdit>({
      subject: `the view “${name}”`,
      values: edit,
      previous,
      labels: { name: "name", shared: "sharing", state: "content" },
      show: {
        shared: (shared) => (shared === true ? "shared" : "only for you"),
        state: (state) => (state === undefined ? "" : stateText(state)),
      },
      async send(input) {
        const { data, error } = await update({ input: { viewId, ...input } });
        return { answer: data?.updateView, error };
      },
    });
    const problem = problemOf(outcome);
    if (problem !== null) toast.error(`The view was not changed. ${problem}`);
    onChanged();
    return outcome.kind === "saved" ? outcome.replaced : null;
  };
  return {
    async create(name, shared, state) {
      const input = { list, name, shared, state: stateInput(state) };
      const { data, error } = await create({ input: { ...input, idempotencyKey: createKey.of(input) } });
      const answer = data?.createView;
      if (answer !== undefined) createKey.forget();
      if (answer?.__typename !== "ViewSuccess") return { problem: mutationProblem(answer, error) ?? "" };
      onChanged();
      return { key: answer.view.key };
    },
    async update(view, edit, what) {
      const stored = editOf(view);
      const { state, ...rest } = edit;
      const wanted: SentEdit = state === undefined ? rest : { ...rest, state: stateInput(state) };
      const seen = Object.fromEntries(Object.keys(wanted).map((field) => [field, stored[field as keyof SentEdit]]));
      const replaced = await send(view, wanted, seen);
      if (replaced !== null) showUndo({ title: what, undo: () => void send(view, replaced, wanted) });
    },
    async remove(view) {
      const { data, error } = await remove({ input: { viewId: view.id } });
      const problem = mutationProblem(data?.deleteView, error);
      if (problem !== null) {
        toast.error(`“${view.name}” was not deleted. ${problem}`);
        return false;
      }
      onChanged();
      showUndo({
        title: `“${view.name}” is deleted.`,
        undo: () =>
          void restore({ input: { viewId: view.id } }).then((back) => {
            const reason = mutationProblem(back.data?.restoreView, back.error);
            if (reason !== null) toast.error(`“${view.name}” was not restored. ${reason}`);
            onChanged();
          }),
      });
      return true;
    },
    async setDefault(view, isDefault) {
      const { data, error } = await setDefault({ input: { list, viewId: isDefault ? view.id : null } });
      const problem = mutationProblem(data?.setDefaultView, error);
      onChanged();
      if (problem !== null) toast.error(`The list opens as before. ${problem}`);
      else toast.success(isDefault ? `The list opens with “${view.name}” for you.` : "The list opens without a view for you.");
    },
  };
}
