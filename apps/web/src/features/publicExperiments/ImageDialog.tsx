"use client";
/** One image of a shared run at a whole zoom, with its class and confidence, its files and its citation. */
import { useMemo } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ImportedImagesDocument, SharedImageDocument } from "../../graphql/generated/graphql.ts";
import buttonStyles from "../marks/Button.module.css";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { formatMiss } from "../marks/confidence.ts";
import { Dialog } from "../marks/Dialog.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { citeResult } from "../result/citation.ts";
import styles from "./ImageDialog.module.css";
import { type OpenedImage, openedImageOf } from "./openedImage.ts";
import { importedImagesOf } from "./SharedResults.tsx";
import { runPath } from "./sharedAddresses.ts";
import { useSharedPlace } from "./sharedPlace.ts";
import type { SharedRun } from "./sharedRun.ts";
import { describeImage, ofChain, ofImport } from "./sharedText.ts";

interface ImageDialogProps {
  readonly run: SharedRun;
  /** Null closes the dialog. */
  readonly imageId: string | null;
  readonly onClose: () => void;
}

export function ImageDialog({ run, imageId, onClose }: ImageDialogProps) {
  const { data, error, fetching, isPrevious, notFound, refetch } = useLiveQuery({
    query: SharedImageDocument,
    variables: { id: imageId ?? "" },
    pause: imageId === null,
    requestPolicy: "cache-first",
    keepPrevious: false,
  });
  const isImported = run.__typename === "ImportedRun";
  const imported = useAllPages(ImportedImagesDocument, isImported && imageId !== null ? { id: run.id } : null, importedImagesOf);
  const rows = useMemo(() => {
    if (run.__typename === "RetrainingRun")
      return run.chain?.links.flatMap(({ elites }) => elites.map((elite) => ofChain(elite, run.model.labels))) ?? [];
    return imported.nodes?.map(ofImport) ?? [];
  }, [run, imported.nodes]);
  const opened = isPrevious ? null : openedImageOf(data, run.id, rows);
  const isLoading = (fetching || (isImported && imported.nodes === undefined)) && opened === null;
  const title = opened?.label ?? (isLoading ? "Image" : "Image not found");
  return (
    <Dialog title={title} open={imageId !== null} wide onClose={onClose}>
      {opened !== null ? (
        <Opened run={run} opened={opened} />
      ) : isLoading ? (
        <SkeletonLines count={2} height={160} />
      ) : error !== undefined && !notFound ? (
        <RequestError message={error.message} onRetry={refetch} forVisitors />
      ) : (
        <p className="second">
          The address may be incomplete, or the image may have been replaced. Close this dialog to see the run’s images.
        </p>
      )}
      <div className={styles.actions}>
        <button type="button" className={buttonStyles.button} autoFocus onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

/** CSS pixels of the larger side of an enlarged image, which a phone has too. */
const maxSide = 308;

function Opened({ run, opened }: { readonly run: SharedRun; readonly opened: OpenedImage }) {
  const place = useSharedPlace();
  const { experiment } = run;
  const { image, confidence, claimed, label, note, genomeUrl } = opened;
  const isMeasured = confidence !== null;
  const zoom = Math.max(1, Math.floor(maxSide / Math.max(image.width, image.height)));
  const address = () => `${location.origin}${runPath(place, run.id, opened.id)}`;
  const cite = () =>
    citeResult({
      workspace: experiment.workspaceName,
      label,
      what: `${note} of ${run.key} in ${experiment.key}`,
      imageSha256: image.sha256,
      createdAt: image.createdAt,
      address: place.shareToken === null ? address() : null,
    });
  return (
    <div className={styles.opened}>
      <div className={styles.image}>
        <PixelImage image={image} zoom={zoom} alt={describeImage(opened)} />
        <p className="t12 muted">
          <span className="n12">
            {image.width} × {image.height}
          </span>{" "}
          pixels, shown at <span className="n12">{zoom}</span>×
        </p>
      </div>
      <div className={styles.facts}>
        {!isMeasured ? (
          <p>
            Claimed <span className="n">{claimed ?? "–"}</span>
            <span className="t12 muted"> by the source, not measured here</span>
          </p>
        ) : (
          <p>
            <Confidence value={confidence} size="n20" /> <span className="n12 muted">{formatMiss(confidence)}</span>
            <ConfidenceBar value={confidence} />
          </p>
        )}
        <p className="t12 second">
          {note.charAt(0).toUpperCase()}
          {note.slice(1)}, {run.methodLabel}
          {isMeasured ? ` against ${run.model.name}` : ""}
        </p>
        {image.scores.length === 0 ? null : (
          <ul className={styles.scores} aria-label="Labels by networks">
            {image.scores.map(({ id, model, topLabel, topConfidence }) => (
              <li key={id} className="t12">
                <span className="muted">{model.name}</span> <b>{topLabel}</b> <Confidence value={topConfidence} size="n12" />
              </li>
            ))}
          </ul>
        )}
        <p className={`${styles.citation} t12 second`}>{cite()}</p>
        <div className={styles.files}>
          <CopyButton className={buttonStyles.button} label="Cite" text={cite} />
          <CopyButton className={buttonStyles.button} label="Permalink" text={address} />
          <a className={buttonStyles.button} href={image.url} download={`${run.key}-${image.sha256.slice(0, 8)}.png`}>
            PNG
          </a>
          {genomeUrl === null ? null : (
            <a className={buttonStyles.button} href={genomeUrl} download>
              Genome
            </a>
          )}
        </div>
      </div>
    </div>
  );
}
