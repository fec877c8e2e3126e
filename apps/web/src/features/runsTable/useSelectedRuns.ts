"use client";
/** The selected runs with all runs of the selected groups, shown or not, and the entries of a comparison of them. */
import { useEffect, useMemo, useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { loadAllPages } from "../../graphql/client/allPages.ts";
import { SelectedRunsDocument, type SelectedRunsQuery } from "../../graphql/generated/graphql.ts";
import type { ComparedNumbers } from "../comparison/comparedRuns.ts";
import type { SelectedRows } from "./partSelection.ts";
import { type SelectedSearch, searchesOf } from "./selectedEntries.ts";

type SelectedRun = SelectedRunsQuery["runs"]["nodes"][number];

export interface SelectedRuns {
  readonly runs: readonly SelectedRun[];
  /** A run that was selected by itself is an entry of its own, and the runs of a group are one. */
  readonly entries: readonly ComparedNumbers[];
  /** False while the runs are still those of the selection before. */
  readonly isCurrent: boolean;
}

interface LoadedRuns extends Omit<SelectedRuns, "isCurrent"> {
  readonly searches: string;
}

const numberOf = ({ key }: SelectedRun): number => Number(key.slice("RUN-".length));

/**
 * Null without a selection and while its runs load.
 * @param version increases after each change of selected runs, so that they are read again.
 */
export function useSelectedRuns(rows: SelectedRows, experimentId: string | null, version: number): SelectedRuns | null {
  const client = useClient();
  const [selected, setSelected] = useState<LoadedRuns | null>(null);
  const searches = JSON.stringify(searchesOf(rows));
  useEffect(() => {
    let stale = false;
    const load = async () => {
      const found: SelectedRun[] = [];
      const entries: ComparedNumbers[] = [];
      for (const { search, isGroup } of JSON.parse(searches) as SelectedSearch[]) {
        const pages = await loadAllPages(async (after) => {
          const { data, error } = await client.query(
            SelectedRunsDocument,
            { search, experimentId, after },
            { requestPolicy: "network-only" },
          );
          return { page: data?.runs, error };
        });
        if (stale) return;
        if ("error" in pages) {
          toast.error(`The selected runs could not be loaded. ${pages.error}`);
          return;
        }
        found.push(...pages.nodes);
        if (isGroup) entries.push(pages.nodes.map(numberOf));
        else entries.push(...pages.nodes.map((run) => [numberOf(run)]));
      }
      const unique = [...new Map(found.map((run) => [run.id, run])).values()];
      setSelected(unique.length === 0 ? null : { searches, runs: unique, entries });
    };
    void load();
    return () => {
      stale = true;
    };
  }, [client, searches, experimentId, version]);
  return useMemo(
    () => (searches === "[]" || selected === null ? null : { ...selected, isCurrent: selected.searches === searches }),
    [selected, searches],
  );
}
