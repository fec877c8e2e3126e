"use client";
/** The actions on a result: citation, permalink, downloads of image and data, the page's GraphQL query, and new runs from it. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useEffect, useState } from "react";
import buttonStyles from "../marks/Button.module.css";
import { ButtonLink } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { QueryButton } from "../queries/QueryButton.tsx";
import { citeResult } from "./citation.ts";
import styles from "./ResultActions.module.css";

interface ResultActionsProps {
  /** The experiment of the result, with the workspace that owns it: members of others may read it, too, if it is public. */
  readonly owner: { readonly workspaceName: string; readonly workspaceSlug: string };
  /** The label that the model gives the image. */
  readonly label: string;
  /** Description of the image, such as "elite of niche 4 in RUN-12". */
  readonly what: string;
  readonly image: { readonly url: string; readonly sha256: string; readonly byteLength: number; readonly createdAt: string };
  /** The page's path. */
  readonly path: string;
  /** Name of the downloaded files, without extension. */
  readonly fileName: string;
  /** Content of the JSON file. */
  readonly document: unknown;
  readonly query: string;
  /** URLs of the new-run form: with the settings of this result, and with its image as the start. */
  readonly rerunAddress: string;
  readonly startAddress: string;
}

/** Bytes below 1 KB, otherwise KB of 1,000 bytes. */
function formatSize(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 9950 ? 1 : 0)} KB`;
}

function useDownload(document: unknown): { href: string | undefined; size: number | null } {
  const [file, setFile] = useState<{ href: string; size: number } | null>(null);
  const text = JSON.stringify(document);
  useEffect(() => {
    const blob = new Blob([`${text}\n`], { type: "application/json" });
    const href = URL.createObjectURL(blob);
    setFile({ href, size: blob.size });
    return () => URL.revokeObjectURL(href);
  }, [text]);
  return { href: file?.href, size: file?.size ?? null };
}

export function ResultActions(props: ResultActionsProps) {
  const { owner, label, what, image, path, fileName, query } = props;
  const data = useDownload(props.document);
  const workspace = owner.workspaceName;
  const address = () => `${location.origin}${workspaceAddress(owner.workspaceSlug, path)}`;
  const cite = () => citeResult({ workspace, label, what, imageSha256: image.sha256, createdAt: image.createdAt, address: address() });
  return (
    <div>
      <p className={styles.citation}>
        {workspace} ({new Date(image.createdAt).getUTCFullYear()}). <i>{label}</i>, {what}. Pareidolia, image{" "}
        <b title={image.sha256}>
          {image.sha256.slice(0, 4)}…{image.sha256.slice(-4)}
        </b>
        .
      </p>
      <div className={styles.row}>
        <CopyButton className={buttonStyles.button} label="Cite" text={cite} />
        <CopyButton className={buttonStyles.button} label="Permalink" text={address} />
        <a className={buttonStyles.button} href={image.url} download={`${fileName}.png`}>
          PNG <span className="n12 muted">{formatSize(image.byteLength)}</span>
        </a>
        <a className={buttonStyles.button} href={data.href} download={`${fileName}.json`}>
          JSON {data.size === null ? null : <span className="n12 muted">{formatSize(data.size)}</span>}
        </a>
        <QueryButton className={buttonStyles.button} title="Query for this result" query={query} />
        <ButtonLink needs="startEvolution" href={props.rerunAddress}>
          Run again
        </ButtonLink>
        <ButtonLink needs="startAscent" href={props.startAddress}>
          Start from this image
        </ButtonLink>
      </div>
    </div>
  );
}
