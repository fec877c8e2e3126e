"use client";
/** What one takes away from an elite: a citation, its address, the picture, the genome and the query behind the page. */
import { useEffect, useState } from "react";
import { CopyButton } from "../marks/CopyButton.tsx";
import { splitLabel } from "../marks/labels.ts";
import { citeElite } from "./citation.ts";
import styles from "./EliteActions.module.css";
import { eliteQueryText } from "./eliteQueryText.ts";
import { Popover } from "./Popover.tsx";

interface EliteActionsProps {
  readonly elite: {
    readonly id: string;
    readonly niche: number;
    readonly label: string;
    readonly generation: number;
    readonly run: { readonly key: string };
    readonly image: { readonly url: string; readonly sha256: string; readonly byteLength: number; readonly createdAt: string };
    readonly genome: { readonly document: unknown };
  };
  readonly workspace: string;
}

/** In bytes below one kilobyte, then in KB of 1,000 bytes. */
function writeSize(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 9950 ? 1 : 0)} KB`;
}

function useDownload(document: unknown): { href: string | undefined; size: number | null } {
  const [file, setFile] = useState<{ href: string; size: number } | null>(null);
  useEffect(() => {
    const blob = new Blob([`${JSON.stringify(document)}\n`], { type: "application/json" });
    const href = URL.createObjectURL(blob);
    setFile({ href, size: blob.size });
    return () => URL.revokeObjectURL(href);
  }, [document]);
  return { href: file?.href, size: file?.size ?? null };
}

export function EliteActions({ elite, workspace }: EliteActionsProps) {
  const genome = useDownload(elite.genome.document);
  const name = `${elite.run.key}-niche-${elite.niche}-generation-${elite.generation}`;
  const address = () => `${location.origin}/elites/${elite.id}`;
  const cite = (where: string) =>
    citeElite({
      workspace,
      label: splitLabel(elite.label).name,
      niche: elite.niche,
      runKey: elite.run.key,
      imageSha256: elite.image.sha256,
      createdAt: elite.image.createdAt,
      address: where,
    });
  const query = eliteQueryText(elite.id);

  return (
    <div>
      <p className={styles.citation}>
        {workspace} ({new Date(elite.image.createdAt).getUTCFullYear()}). <i>{splitLabel(elite.label).name}</i>, elite of niche{" "}
        {elite.niche} in {elite.run.key}. Pareidolia, image{" "}
        <b title={elite.image.sha256}>
          {elite.image.sha256.slice(0, 4)}…{elite.image.sha256.slice(-4)}
        </b>
        .
      </p>
      <div className={styles.row}>
        <CopyButton className="button" label="Cite" text={() => cite(address())} />
        <CopyButton className="button" label="Permalink" text={address} />
        <a className="button" href={elite.image.url} download={`${name}.png`}>
          PNG <span className="n12 muted">{writeSize(elite.image.byteLength)}</span>
        </a>
        <a className="button" href={genome.href} download={`${name}.json`}>
          JSON {genome.size === null ? null : <span className="n12 muted">{writeSize(genome.size)}</span>}
        </a>
        <Popover button="Query" title="GraphQL for this page" buttonClassName="button">
          <div className={styles.queryHead}>
            <h3>GraphQL for this page</h3>
            <CopyButton text={query} />
          </div>
          <pre className={styles.query}>{query}</pre>
        </Popover>
      </div>
    </div>
  );
}
