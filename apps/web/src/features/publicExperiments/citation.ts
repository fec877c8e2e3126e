/** Citations of a shared experiment, or of one of its runs, as text and as BibTeX. */
import { escapeTex } from "@pareidolia/core/bibtex";

export interface Cited {
  /** Name of the workspace that owns it, which readers may not belong to. */
  readonly owner: string;
  readonly title: string;
  /** Its key, such as EXP-12, or RUN-3 in EXP-12. */
  readonly key: string;
  /** When the experiment was published, or created if it was not. */
  readonly date: string;
  /** The page's full address; null for an unlisted experiment: its link is a secret, which does not belong in a publication. */
  readonly address: string | null;
}

interface CitedExperiment {
  readonly workspaceName: string;
  readonly name: string;
  readonly key: string;
  readonly publishedAt?: string | null;
  readonly createdAt: string;
}

/** With a run, the citation is of the run. */
export function citedOf(experiment: CitedExperiment, address: string | null, run?: { readonly key: string; readonly name: string }): Cited {
  const { workspaceName, name, key, publishedAt, createdAt } = experiment;
  return {
    owner: workspaceName,
    title: run === undefined ? name : `${run.name}, in: ${name}`,
    key: run === undefined ? key : `${run.key} in ${key}`,
    date: publishedAt ?? createdAt,
    address,
  };
}

function yearOf({ date }: Cited): number {
  return new Date(date).getUTCFullYear();
}

export function citeAsText(cited: Cited): string {
  const text = `${cited.owner} (${yearOf(cited)}). ${cited.title}. Pareidolia, ${cited.key}.`;
  return cited.address === null ? text : `${text} ${cited.address}`;
}

/** The name of the entry and of its file. */
export function bibtexName(cited: Cited): string {
  return `pareidolia-${cited.key.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}-${yearOf(cited)}`;
}

/** BibTeX's own styles print `howpublished`, and newer ones `url`. */
export function citeAsBibtex(cited: Cited): string {
  const { owner, title, key, address } = cited;
  const fields = [
    ["author", `{${escapeTex(owner)}}`],
    ["title", escapeTex(title)],
    ["year", String(yearOf(cited))],
    ["note", `Pareidolia, ${key}`],
    ...(address === null
      ? []
      : [
          ["howpublished", `\\url{${address}}`],
          ["url", address],
        ]),
  ];
  return `@misc{${bibtexName(cited)},\n${fields.map(([name, value]) => `  ${name} = {${value}},`).join("\n")}\n}\n`;
}
