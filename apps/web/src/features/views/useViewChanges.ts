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

/** @param onChanged after every change, to read the views again. */
export function useViewChanges(list: SearchSubject, onChanged: () => void): ViewChanges {
  const [, create] = useMutation(CreateViewDocument);
  const [, update] = useMutation(UpdateViewDocument);
  const [, remove] = useMutation(DeleteViewDocument);
  const [, restore] = useMutation(RestoreViewDocument);
  const [, setDefault] = useMutation(SetDefaultViewDocument);
  const createKey = useAttemptKey();
  const showUndo = useUndo();
  const send = async (viewId: string, { name, shared, state }: ViewEdit): Promise<boolean> => {
    const { data, error } = await update({
      input: { viewId, name: name ?? null, shared: shared ?? null, state: state === undefined ? null : stateInput(state) },
    });
    const problem = mutationProblem(data?.updateView, error);
    if (problem !== null) toast.error(`The view was not changed. ${problem}`);
    onChanged();
    return problem === null;
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
      const { name, shared } = view;
      if (await send(view.id, edit)) showUndo({ title: what, undo: () => void send(view.id, { name, shared, state: view }) });
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
