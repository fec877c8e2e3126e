"use client";
/** The class that each image showed before it was perturbed, which is never offered as a foil. */
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import { useState } from "react";
import type { StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import { Button } from "../../marks/Button.tsx";
import dialogStyles from "../../marks/Dialog.module.css";
import { Dialog } from "../../marks/Dialog.tsx";
import { imageZoom } from "../../marks/imageZoom.ts";
import { splitLabel } from "../../marks/labels.ts";
import { PixelImage } from "../../marks/PixelImage.tsx";
import toolButtonStyles from "../../marks/ToolButton.module.css";
import { ClassesProvider, ClassField } from "./ClassField.tsx";
import styles from "./Details.module.css";

const side = 40;
const shownAtOnce = 60;

type Truths = StudyDraft["truths"];

interface TruthsDialogProps {
  readonly open: boolean;
  readonly truths: Truths;
  /** The counted images. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  onChoose(truths: Truths): void;
  onClose(): void;
}

export function TruthsDialog({ open, onClose, ...rest }: TruthsDialogProps) {
  return (
    <Dialog title="Own classes of the images" open={open} onClose={onClose}>
      <TruthList {...rest} onClose={onClose} />
    </Dialog>
  );
}

function TruthList({ truths: initial, images, classNames, onChoose, onClose }: Omit<TruthsDialogProps, "open">) {
  const [truths, setTruths] = useState(initial);
  /** SHA-256 of the images whose field names no class. */
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState("");
  const [most, setMost] = useState(shownAtOnce);
  const [forAll, setForAll] = useState<number | null | undefined>(null);
  const wanted = search.trim().toLowerCase();
  const nameOf = (label: number): string => splitLabel(classNames[label] ?? `class ${label}`).name;
  const found = images.filter(({ label }) => (classNames[label] ?? "").toLowerCase().includes(wanted));
  const set = (hashes: readonly string[], value: number | null): void => {
    const changed: Record<string, number> = { ...truths };
    for (const hash of hashes) {
      if (value === null) delete changed[hash];
      else changed[hash] = value;
    }
    setTruths(changed);
    setUnread(new Set([...unread].filter((hash) => !hashes.includes(hash))));
  };
  const own = images.filter(({ image }) => truths[image.sha256] !== undefined).length;
  return (
    <ClassesProvider names={classNames}>
      <p className="second">
        What the photograph or digit shows to people. It is never offered as a foil. Leave it empty for images in which people see no class.
      </p>
      <div className={styles.tools}>
        <input
          className="input"
          type="search"
          aria-label="Filter by the machine’s label"
          placeholder="Filter by label"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <ClassField label="Own class of all images shown" value={forAll ?? null} onChange={setForAll} />
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          disabled={forAll == null || found.length === 0}
          onClick={() =>
            set(
              found.map(({ image }) => image.sha256),
              forAll ?? null,
            )
          }
        >
          Set for {found.length}
        </button>
      </div>
      <ul className={styles.rows} tabIndex={-1}>
        {found.slice(0, most).map(({ image, label, index }) => (
          <li key={image.sha256} className={styles.row}>
            <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
            <span className={styles.name}>
              {nameOf(label)}
              <small className="t12 muted">machine’s label</small>
            </span>
            <ClassField
              label={`Own class of image ${index + 1}, ${nameOf(label)}`}
              value={truths[image.sha256] ?? null}
              placeholder="none"
              onChange={(value) => {
                if (value === undefined) setUnread(new Set([...unread, image.sha256]));
                else set([image.sha256], value);
              }}
            />
            {truths[image.sha256] === label ? <span className="fieldError">This is the machine’s label, too.</span> : null}
          </li>
        ))}
      </ul>
      {found.length > most ? (
        <button type="button" className={toolButtonStyles.toolButton} onClick={() => setMost(most + shownAtOnce)}>
          Show more of {found.length} images
        </button>
      ) : null}
      {unread.size > 0 ? (
        <p className="fieldError" role="alert">
          {unread.size === 1 ? "One field names" : `${unread.size} fields name`} no class of the network. Choose a class, or empty the
          field.
        </p>
      ) : null}
      <div className={dialogStyles.dialogActions}>
        <span className={`${styles.status} t12 second`} role="status">
          {own} of {images.length} images have one.
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={unread.size > 0}
          onClick={() => {
            onChoose(truths);
            onClose();
          }}
        >
          Use these classes
        </Button>
      </div>
    </ClassesProvider>
  );
}
