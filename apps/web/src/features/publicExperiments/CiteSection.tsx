"use client";
/** How to cite a shared experiment or a run of it, as text and as BibTeX, and the address of its page. */
import { useSyncExternalStore } from "react";
import { CopyButton } from "../marks/CopyButton.tsx";
import { downloadFile } from "../marks/downloadFile.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { bibtexName, type Cited, citeAsBibtex, citeAsText } from "./citation.ts";
import styles from "./Public.module.css";

const noSubscription = () => () => {};
const readAddress = () => `${location.origin}${location.pathname}`;

interface CiteSectionProps {
  /** The citation with the page's address; null for a page whose address is a secret. */
  readonly citedWith: (address: string | null) => Cited;
  readonly isPublic: boolean;
}

export function CiteSection({ citedWith, isPublic }: CiteSectionProps) {
  const present = useSyncExternalStore(noSubscription, readAddress, () => null);
  const cited = citedWith(isPublic ? present : null);
  return (
    <section aria-labelledby="cite" className={styles.cite}>
      <h2 id="cite">Cite</h2>
      <p className="t12 second">{citeAsText(cited)}</p>
      <div className={styles.citeActions}>
        <CopyButton text={() => citeAsText(cited)} />
        <CopyButton text={() => citeAsBibtex(cited)} label="BibTeX" />
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          onClick={() => downloadFile(`${bibtexName(cited)}.bib`, citeAsBibtex(cited), "application/x-bibtex")}
        >
          .bib file
        </button>
        <CopyButton text={readAddress} label="Link" />
      </div>
    </section>
  );
}
