"use client";
/** Lists foils by hand: for each label, and for single images where they differ. */
import type { ListedFoils } from "@pareidolia/perception/study/imageDetails";
import { useState } from "react";
import type { StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import { Button } from "../../marks/Button.tsx";
import dialogStyles from "../../marks/Dialog.module.css";
import { Dialog } from "../../marks/Dialog.tsx";
import { imageZoom } from "../../marks/imageZoom.ts";
import { splitLabel } from "../../marks/labels.ts";
import { PixelImage } from "../../marks/PixelImage.tsx";
import toolButtonStyles from "../../marks/ToolButton.module.css";
import { ClassesProvider, ClassList } from "./ClassField.tsx";
import styles from "./Details.module.css";
import { countWithFoils, fillFromNextChoices, foilsOf, imagesByLabel, withFoils } from "./foilLists.ts";

const side = 40;
const shownInStrip = 2;
const shownAtOnce = 40;

interface FoilsDialogProps {
  readonly open: boolean;
  readonly foils: ListedFoils;
  /** Foils that each image needs. */
  readonly needed: number;
  /** The counted images. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  onChoose(foils: ListedFoils): void;
  onClose(): void;
}

export function FoilsDialog({ open, onClose, ...rest }: FoilsDialogProps) {
  return (
    <Dialog title="Foils listed by hand" open={open} onClose={onClose} wide>
      <FoilLists {...rest} onClose={onClose} />
    </Dialog>
  );
}

function FoilLists({ foils: initial, needed, images, classNames, onChoose, onClose }: Omit<FoilsDialogProps, "open">) {
  const [foils, setFoils] = useState(initial);
  const [search, setSearch] = useState("");
  const [isLacking, setLacking] = useState(false);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(shownAtOnce);
  const nameOf = (label: number): string => splitLabel(classNames[label] ?? `class ${label}`).name;
  const done = countWithFoils(foils, images, needed);
  const wanted = search.trim().toLowerCase();
  const rows = [...imagesByLabel(images)].filter(
    ([label, own]) =>
      (classNames[label] ?? "").toLowerCase().includes(wanted) && (!isLacking || countWithFoils(initial, own, needed) < own.length),
  );
  const hasOwnLists = (own: readonly StudyImageRowFragment[]) => own.some(({ image }) => foils.byImage[image.sha256] !== undefined);
  const refuse = (label: number) => (value: number) =>
    value === label ? "This is the machine’s own label, which is offered anyway." : null;
  return (
    <ClassesProvider names={classNames}>
      <p className="second">
        The labels offered beside the machine’s, most competitive first: {needed} for each image. Press Enter after each name. A list of a
        single image replaces that of its label.
      </p>
      <div className={styles.tools}>
        <input
          className="input"
          type="search"
          aria-label="Filter labels"
          placeholder="Filter labels"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <button type="button" className={toolButtonStyles.toolButton} aria-pressed={isLacking} onClick={() => setLacking(!isLacking)}>
          Only labels that lack foils
        </button>
        <button
          type="button"
          className={toolButtonStyles.toolButton}
          disabled={done === images.length}
          title="The network’s next most probable labels for each image"
          onClick={() => setFoils(fillFromNextChoices(foils, images, needed))}
        >
          Fill with next choices
        </button>
      </div>
      {images.length === 0 ? <p className="second">Draw images first: their labels are listed here.</p> : null}
      <ul className={styles.rows} tabIndex={-1}>
        {rows.slice(0, most).map(([label, own]) => (
          <li key={label} className={styles.row}>
            <span className={styles.strip} aria-hidden="true">
              {own.slice(0, shownInStrip).map(({ image, index }) => (
                <PixelImage key={index} image={image} zoom={imageZoom(image, side)} alt="" />
              ))}
            </span>
            <span className={styles.name}>
              {nameOf(label)}
              <small className="t12 muted">{own.length === 1 ? "1 image" : `${own.length} images`}</small>
            </span>
            <ClassList
              label={`foils of ${nameOf(label)}`}
              values={foils.byLabel[label] ?? []}
              refuse={refuse(label)}
              onChange={(values) => setFoils({ ...foils, byLabel: withFoils(foils.byLabel, String(label), values) })}
            />
            {own.length === 1 || hasOwnLists(own) ? null : (
              <button
                type="button"
                className={toolButtonStyles.toolButton}
                aria-expanded={opened.has(label)}
                onClick={() => setOpened(new Set(opened.has(label) ? [...opened].filter((other) => other !== label) : [...opened, label]))}
              >
                By image
              </button>
            )}
            {opened.has(label) || hasOwnLists(own)
              ? own.map((row) => {
                  const { image, index } = row;
                  const listed = foils.byImage[image.sha256];
                  return (
                    <div key={index} className={`${styles.row} ${styles.each}`}>
                      <span className={styles.strip}>
                        <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
                      </span>
                      <ClassList
                        label={`foils of image ${index + 1}, ${nameOf(label)}`}
                        values={listed ?? []}
                        placeholder={listed === undefined && foilsOf(foils, row).length > 0 ? "as its label" : "add a class"}
                        refuse={refuse(label)}
                        onChange={(values) => setFoils({ ...foils, byImage: withFoils(foils.byImage, image.sha256, values) })}
                      />
                    </div>
                  );
                })
              : null}
          </li>
        ))}
      </ul>
      {rows.length > most ? (
        <button type="button" className={toolButtonStyles.toolButton} onClick={() => setMost(most + shownAtOnce)}>
          Show {Math.min(shownAtOnce, rows.length - most)} more of {rows.length} labels
        </button>
      ) : null}
      <div className={dialogStyles.dialogActions}>
        <span className={`${styles.status} t12 second`} role="status">
          {done} of {images.length} images have {needed} {needed === 1 ? "foil" : "foils"}.
        </span>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          onClick={() => {
            onChoose(foils);
            onClose();
          }}
        >
          Use these foils
        </Button>
      </div>
    </ClassesProvider>
  );
}
