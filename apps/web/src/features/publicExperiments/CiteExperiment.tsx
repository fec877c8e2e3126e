"use client";
/** How to cite a shared experiment, as text and as BibTeX. */
import { useSyncExternalStore } from "react";
import type { PublicExperimentFragment } from "../../graphql/generated/graphql.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import styles from "./Public.module.css";
import { bibtexOf, citeExperiment } from "./sharedText.ts";

const noSubscription = () => () => {};

export function CiteExperiment({ experiment }: { readonly experiment: PublicExperimentFragment }) {
  const address = useSyncExternalStore(
    noSubscription,
    () => `${location.origin}${location.pathname}`,
    () => "",
  );
  return (
    <section aria-labelledby="cite" className={styles.cite}>
      <h2 id="cite">Cite</h2>
      <p className="t12 second">{citeExperiment(experiment, address)}</p>
      <div className={styles.citeActions}>
        <CopyButton text={() => citeExperiment(experiment, address)} />
        <CopyButton text={() => bibtexOf(experiment, address)} label="BibTeX" />
      </div>
    </section>
  );
}
