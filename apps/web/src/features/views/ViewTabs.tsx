"use client";
/** The views of a list as tabs, with the number of rows of each, and what can be done with the open one. */
import { type ReactNode, useState } from "react";
import type { SavedViewFragment } from "../../graphql/generated/graphql.ts";
import { Menu } from "../marks/Menu.tsx";
import { Permitted } from "../permissions/Permitted.tsx";
import type { BuiltInView, ListState } from "./listState.ts";
import { SaveViewDialog } from "./SaveViewDialog.tsx";
import type { ListView } from "./useListView.ts";
import type { ViewChanges } from "./useViewChanges.ts";
import styles from "./Views.module.css";

interface ViewTabsProps {
  readonly view: ListView;
  readonly builtIn: readonly BuiltInView[];
  readonly state: ListState;
  readonly changes: ViewChanges;
  /** The number of rows of a search. */
  count(search: string, isShown: boolean): ReactNode;
  /** Opens a view that was saved a moment ago, which the list does not know yet. */
  onSaved(key: string): void;
}

/** Tabs that are shown before the others are in the menu. */
const maxTabs = 6;

export function ViewTabs({ view, builtIn, state, changes, count, onSaved }: ViewTabsProps) {
  const { open, shown, isChanged } = view;
  const [dialog, setDialog] = useState<"new" | "rename" | null>(null);
  const first = view.views.slice(0, maxTabs);
  const tabs = open === null || first.includes(open) ? first : [...first.slice(0, -1), open];
  const tab = (each: SavedViewFragment | BuiltInView, label: string) => (
    <button key={each.key} type="button" aria-pressed={shown === each.key} onClick={() => view.show(each)}>
      {label} {count(each.search, shown === each.key)}
      {shown === each.key && isChanged ? (
        <span className={styles.changed} title="Changed, and not saved">
          <span className="visuallyHidden">, changed</span>
        </span>
      ) : null}
    </button>
  );
  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="group" aria-label="View">
        {builtIn.map((each) => tab(each, each.label))}
        {tabs.map((each) => tab(each, each.name))}
      </div>
      <div className={styles.actions}>
        {view.views.length === 0 ? null : (
          <Menu
            label="Views"
            text="Views"
            items={[
              ...builtIn.map((each) => ({ label: each.label, onSelect: () => view.show(each) })),
              ...view.views.map((each) => ({
                label: each.name,
                note: each.shared ? `shared by ${each.createdBy?.name ?? "a former member"}` : "private",
                onSelect: () => view.show(each),
              })),
            ]}
          />
        )}
        {open !== null && isChanged && open.mayEdit ? (
          <Permitted needs="updateView">
            <button type="button" onClick={() => void changes.update(open, { state }, `“${open.name}” is saved as shown.`)}>
              Save changes
            </button>
          </Permitted>
        ) : null}
        <Permitted needs="createView">
          <button type="button" onClick={() => setDialog("new")}>
            {open === null ? "Save view" : "Save as new"}
          </button>
        </Permitted>
        {open !== null && isChanged ? (
          <button type="button" onClick={() => view.show(open)}>
            Reset
          </button>
        ) : null}
        {open === null ? null : (
          <OpenView open={open} changes={changes} view={view} builtIn={builtIn} onRename={() => setDialog("rename")} />
        )}
      </div>
      <SaveViewDialog
        title={dialog === "rename" ? "Rename the view" : "Save this view"}
        open={dialog !== null}
        name={dialog === "rename" ? (open?.name ?? "") : ""}
        shared={dialog === "rename" && open?.shared === true}
        onClose={() => setDialog(null)}
        onSave={async (name, shared) => {
          if (dialog === "rename" && open !== null) {
            await changes.update(open, { name, shared }, `“${name}” is renamed.`);
            return null;
          }
          const saved = await changes.create(name, shared, state);
          if ("problem" in saved) return saved.problem;
          onSaved(saved.key);
          return null;
        }}
      />
    </div>
  );
}

interface OpenViewProps {
  readonly open: SavedViewFragment;
  readonly changes: ViewChanges;
  readonly view: ListView;
  readonly builtIn: readonly BuiltInView[];
  onRename(): void;
}

/** Whose view it is, and its menu. */
function OpenView({ open, changes, view, builtIn, onRename }: OpenViewProps) {
  const share = {
    label: open.shared ? "Make private" : "Share with the workspace",
    note: open.shared ? "Others no longer see it." : "All members see it.",
  };
  return (
    <>
      <span className={`${styles.owner} t12 muted`}>
        {open.shared ? `shared by ${open.createdBy?.name ?? "a former member"}` : "private"}
        {open.isDefault ? ", opens first" : ""}
      </span>
      <Menu
        label={`Actions of the view ${open.name}`}
        items={[
          {
            label: open.isDefault ? "Open the list without a view" : "Open the list with it",
            note: "Only for you.",
            onSelect: () => void changes.setDefault(open, !open.isDefault),
          },
          ...(open.mayEdit
            ? [
                { label: "Rename", needs: "updateView" as const, onSelect: onRename },
                {
                  ...share,
                  needs: "updateView" as const,
                  onSelect: () =>
                    void changes.update(
                      open,
                      { shared: !open.shared },
                      open.shared ? `“${open.name}” is private.` : `“${open.name}” is shared.`,
                    ),
                },
                {
                  label: "Delete",
                  needs: "deleteView" as const,
                  onSelect: () =>
                    void changes.remove(open).then((removed) => {
                      const [all] = builtIn;
                      if (removed && all !== undefined) view.show(all);
                    }),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
