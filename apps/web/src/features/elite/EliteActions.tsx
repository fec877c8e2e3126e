"use client";
/** The actions on an elite: cite, download, and start new runs from it. */
import { splitLabel } from "../marks/labels.ts";
import { ResultActions } from "../result/ResultActions.tsx";
import { startAddress } from "../result/startAddress.ts";
import { rerunAddress } from "../run/rerunAddress.ts";
import { eliteQueryText } from "./eliteQueryText.ts";
import type { LoadedElite } from "./loadedElite.ts";

export function EliteActions({ elite }: { readonly elite: LoadedElite }) {
  const { id, run, niche, image } = elite;
  const { encoding, generations, offspring } = run;
  return (
    <ResultActions
      owner={run.experiment}
      label={splitLabel(elite.label).name}
      what={`elite of niche ${niche} in ${run.key}`}
      image={image}
      path={`/elites/${id}`}
      fileName={`${run.key}-niche-${niche}-generation-${elite.generation}`}
      document={elite.genome.document}
      query={eliteQueryText(id)}
      rerunAddress={rerunAddress({ ...run, encoding: encoding ?? "", generations: generations ?? 0, offspring: offspring ?? 0 })}
      startAddress={startAddress({ experimentKey: run.experiment.key, modelSlug: run.model.slug, imageId: image.id, target: niche })}
    />
  );
}
