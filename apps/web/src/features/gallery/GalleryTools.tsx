"use client";
/** The images of the gallery that match its filters as a file and a query: one list of the API for each kind of run. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import type { ReactNode } from "react";
import {
  GalleryElitesDocument,
  type GalleryElitesQuery,
  GalleryPerturbationsDocument,
  type GalleryPerturbationsQuery,
  GalleryTrajectoriesDocument,
  type GalleryTrajectoriesQuery,
} from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { ListTools } from "../marks/ListTools.tsx";
import { filterElites, filterPerturbations, filterTrajectories, orderElites, orderResults } from "./galleryQuery.ts";
import type { GalleryKind, GalleryState } from "./galleryState.ts";
import { galleryQuery } from "./galleryText.ts";

const pageSize = 100;

interface Stored {
  readonly image: { readonly url: string };
  readonly run: { readonly key: string; readonly methodLabel: string; readonly model: { readonly name: string } };
}

type Columns<Row> = Readonly<Record<string, (row: Row) => CsvValue>>;

const runColumns: Columns<Stored> = {
  run: ({ run }) => run.key,
  method: ({ run }) => run.methodLabel,
  model: ({ run }) => run.model.name,
  image: ({ image }) => image.url,
};

/** Both confidences in one class. */
const searchedColumns: Columns<{ readonly searchedClass: SearchedClass }> = {
  stored_confidence: ({ searchedClass }) => searchedClass.stored,
  search_confidence: ({ searchedClass }) => searchedClass.search,
};

const eliteColumns: Columns<GalleryElitesQuery["elites"]["nodes"][number]> = {
  id: ({ id }) => id,
  label: ({ label }) => label,
  ...searchedColumns,
  niche: ({ niche }) => niche,
  generation: ({ generation }) => generation,
  replaced_at: ({ replacedAt }) => replacedAt ?? null,
  ...runColumns,
};

const trajectoryColumns: Columns<GalleryTrajectoriesQuery["trajectories"]["nodes"][number]> = {
  id: ({ id }) => id,
  label: ({ label }) => label,
  ...searchedColumns,
  class: (row) => row.class,
  start: ({ start }) => start,
  step: ({ step }) => step,
  ...runColumns,
};

const perturbationColumns: Columns<GalleryPerturbationsQuery["perturbations"]["nodes"][number]> = {
  id: ({ id }) => id,
  label: ({ storedLabel }) => storedLabel,
  stored_confidence: ({ storedConfidence }) => storedConfidence,
  source: ({ originalLabel }) => originalLabel,
  succeeded: ({ success }) => (success ? "yes" : "no"),
  bound: ({ bound }) => bound ?? null,
  linf: ({ linf }) => linf,
  l2: ({ l2 }) => l2,
  ...runColumns,
};

interface GalleryToolsProps {
  readonly state: GalleryState;
}

const tools: Readonly<Record<GalleryKind, (props: GalleryToolsProps) => ReactNode>> = {
  evolution: ({ state }) => {
    const variables = { first: pageSize, filter: filterElites(state), orderBy: orderElites(state) };
    return (
      <ListTools
        name="elites"
        document={GalleryElitesDocument}
        variables={variables}
        pageOf={({ elites }) => elites}
        columns={eliteColumns}
        query={galleryQuery("elites", variables, "id label searchedClass { search stored } niche generation replacedAt")}
      />
    );
  },
  ascent: ({ state }) => {
    const variables = { first: pageSize, filter: filterTrajectories(state), orderBy: orderResults(state) };
    return (
      <ListTools
        name="trajectories"
        document={GalleryTrajectoriesDocument}
        variables={variables}
        pageOf={({ trajectories }) => trajectories}
        columns={trajectoryColumns}
        query={galleryQuery("trajectories", variables, "id label searchedClass { search stored } class start step")}
      />
    );
  },
  perturbation: ({ state }) => {
    const variables = { first: pageSize, filter: filterPerturbations(state), orderBy: orderResults(state) };
    return (
      <ListTools
        name="perturbations"
        document={GalleryPerturbationsDocument}
        variables={variables}
        pageOf={({ perturbations }) => perturbations}
        columns={perturbationColumns}
        query={galleryQuery("perturbations", variables, "id storedLabel storedConfidence originalLabel success bound linf l2")}
      />
    );
  },
};

export function GalleryTools(props: GalleryToolsProps) {
  return tools[props.state.kind](props);
}
