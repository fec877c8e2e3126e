/** Dates, citations and images of an experiment on the pages for visitors. */
import type { PublicExperimentFragment, PublicRunFragment } from "../../graphql/generated/graphql.ts";
import type { PixelSource } from "../marks/pixelSource.ts";

export interface SharedImage {
  readonly id: string;
  readonly label: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly image: PixelSource;
}

/** For example "26 November 2026". */
export function formatDay(time: string): string {
  return new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** At most ten images of a run, the most confident ones, in order of classes. */
export function imagesOf(run: PublicRunFragment): readonly SharedImage[] {
  if (run.__typename === "EvolutionRun")
    return run.archive
      .toSorted((a, b) => a.niche - b.niche)
      .map(({ id, label, storedConfidence, image }) => ({ id, label, confidence: storedConfidence, image }));
  if (run.__typename === "AscentRun")
    return run.bestTrajectories
      .toSorted((a, b) => a.class - b.class)
      .map(({ id, label, storedConfidence, image }) => ({ id, label, confidence: storedConfidence, image }));
  if (run.__typename === "PerturbationRun")
    return run.perturbations.nodes.map(({ id, storedLabel, storedConfidence, image }) => ({
      id,
      label: storedLabel,
      confidence: storedConfidence,
      image,
    }));
  return [];
}

type Cited = Pick<PublicExperimentFragment, "workspaceName" | "name" | "key" | "publishedAt" | "createdAt">;

function yearOf({ publishedAt, createdAt }: Cited): number {
  return new Date(publishedAt ?? createdAt).getUTCFullYear();
}

/** `address` is null for an unlisted experiment: its link is a secret, which does not belong in a publication. */
export function citeExperiment(experiment: Cited, address: string | null): string {
  const text = `${experiment.workspaceName} (${yearOf(experiment)}). ${experiment.name}. Pareidolia, ${experiment.key}.`;
  return address === null ? text : `${text} ${address}`;
}

/** Characters that TeX would read as commands. */
function escapeTex(text: string): string {
  return text
    .replaceAll(/[\\{}]/g, "")
    .replaceAll(/[&%$#_]/g, "\\$&")
    .replaceAll("~", "\\textasciitilde{}")
    .replaceAll("^", "\\textasciicircum{}");
}

export function bibtexOf(experiment: Cited, address: string | null): string {
  const fields = [
    ["author", `{${escapeTex(experiment.workspaceName)}}`],
    ["title", escapeTex(experiment.name)],
    ["year", String(yearOf(experiment))],
    ["note", `Pareidolia, ${experiment.key}`],
    ...(address === null ? [] : [["howpublished", `\\url{${address}}`]]),
  ];
  const entry = `pareidolia-${experiment.key.toLowerCase()}-${yearOf(experiment)}`;
  return `@misc{${entry},\n${fields.map(([name, value]) => `  ${name} = {${value}},`).join("\n")}\n}\n`;
}
