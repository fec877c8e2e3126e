"use client";
/** The table of all experiments, with its views and search. View, search and order are in the URL. */
import { experimentFields } from "@pareidolia/search/fields/experimentFields";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useMemo } from "react";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SearchField } from "../search/SearchField.tsx";
import { problemOf } from "../search/searchEditor.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { useViewChanges } from "../views/useViewChanges.ts";
import { ViewTabs } from "../views/ViewTabs.tsx";
import { ExperimentCount } from "./ExperimentCount.tsx";
import { ExperimentList } from "./ExperimentList.tsx";
import { experimentViews, viewRules } from "./experimentViews.ts";
import { NewExperimentDialog } from "./NewExperimentDialog.tsx";
import { useExperimentsView } from "./useExperimentsView.ts";

export function ExperimentsPage() {
  const { view, state, listView, change, show } = useExperimentsView();
  const { q: search, sort } = view;
  const changes = useViewChanges("EXPERIMENTS", listView.refetch);
  const { may } = usePermissions();
  const [creating, setCreating] = useQueryState("new", parseAsBoolean.withDefault(false));
  useShortcut("n", () => void setCreating(true), { preventDefault: true, enabled: may("createExperiment") });
  const close = async () => {
    // The dialog also calls this once it has been closed.
    if (creating) await setCreating(false);
  };
  const problem = useMemo(() => problemOf(search, experimentFields), [search]);
  const { open } = listView;
  const stored = open?.problem;
  const knownProblem = useMemo(
    () => (open != null && stored != null ? { search: open.search, problem: { ...stored, hint: stored.hint ?? null } } : null),
    [open, stored],
  );
  return (
    <div className="page">
      <PagePath here="Experiments" />
      <div className="pageHead">
        <h1>Experiments</h1>
        <div className="pageActions">
          <ButtonLink href="/runs">Search runs</ButtonLink>
          <ButtonLink needs="startImport" href="/import">
            Import
          </ButtonLink>
          <Button look="primary" needs="createExperiment" shortcut="N" onClick={() => void setCreating(true)}>
            New experiment
          </Button>
        </div>
      </div>
      <AddressCheck rules={viewRules} names={["new"]} otherProblems={listView.problems} />
      <ViewTabs
        view={listView}
        builtIn={experimentViews}
        state={state}
        changes={changes}
        count={(text) => <ExperimentCount search={text} />}
        onSaved={(key) => show(key, state, "push")}
      />
      <SearchField
        value={search}
        registry={experimentFields}
        label="Search experiments"
        placeholder="tag = paper AND runs > 5 AND by = me"
        note={problem === null ? <ExperimentCount search={search} /> : null}
        known={knownProblem}
        onSearch={(text, history) => void change({ q: text }, { history })}
      />
      {problem !== null ? (
        <EmptyState title="Invalid search">Correct it above; the characters at fault are underlined.</EmptyState>
      ) : listView.isOpening ? (
        <SkeletonLines count={8} />
      ) : (
        <ExperimentList
          key={search}
          search={search}
          sort={sort}
          onSort={(next) => void change({ sort: next })}
          onCreate={() => void setCreating(true)}
        />
      )}
      <NewExperimentDialog open={creating && may("createExperiment")} onClose={close} />
    </div>
  );
}
