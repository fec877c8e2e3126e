"use client";
/** Chooses photographs as gold images, each with the class that people see in it. */
import type { GoldImage } from "@pareidolia/perception/study/studyDraft";
import { useId, useState } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { type StudyImageRowFragment, StudyPhotosDocument, type StudyPhotosQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./ChoiceDialog.module.css";
import { findClass } from "./findClass.ts";

const photosOf = ({ photos }: StudyPhotosQuery) => photos;
const side = 40;

interface GoldDialogProps {
  readonly open: boolean;
  readonly gold: readonly GoldImage[];
  /** The gold images as they were drawn, in the order of `gold`. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  onChoose(gold: readonly GoldImage[]): void;
  onClose(): void;
}

export function GoldDialog({ open, onClose, ...rest }: GoldDialogProps) {
  return (
    <Dialog title="Gold photographs" open={open} onClose={onClose}>
      <GoldChoice {...rest} onClose={onClose} />
    </Dialog>
  );
}

function GoldChoice({ images, classNames, onChoose, onClose }: Omit<GoldDialogProps, "open">) {
  const { nodes: photos, error } = useAllPages(StudyPhotosDocument, {}, photosOf);
  const listId = useId();
  /** The class of each chosen photograph as text, by the photo's ID. */
  const [classes, setClasses] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(images.flatMap(({ photoId, label }) => (photoId ? [[photoId, classNames[label] ?? ""]] : []))),
  );
  const chosen = photos?.filter(({ id }) => classes[id] !== undefined) ?? [];
  const gold = chosen.map(({ id }) => ({ photo: id, label: findClass(classes[id] ?? "", classNames) }));
  const unknown = gold.filter(({ label }) => label === null).length;
  return (
    <>
      <p className="second">Voters who do not recognise them are not paying attention. Answers to gold photographs never count as votes.</p>
      {classNames.length === 0 ? <p className="second">Draw images first: their network gives the list of classes.</p> : null}
      <datalist id={listId}>
        {classNames.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {error === undefined ? null : <p className="fieldError">{error}</p>}
      {photos === undefined ? <SkeletonLines count={4} /> : null}
      <ul className={styles.choices} tabIndex={-1}>
        {photos?.map(({ id, name, label, image }) => {
          const text = classes[id];
          const isUnknown = text !== undefined && findClass(text, classNames) === null;
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={text !== undefined}
                  onChange={({ target }) => {
                    const { [id]: _removed, ...others } = classes;
                    const own = findClass(label ?? name, classNames);
                    setClasses(target.checked ? { ...others, [id]: own === null ? "" : (classNames[own] ?? "") } : others);
                  }}
                />
                <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
                <span className={styles.choiceName}>{label ?? name}</span>
                {text === undefined ? null : (
                  <input
                    className={`input ${styles.classField}`}
                    list={listId}
                    aria-label={`Class of ${label ?? name}`}
                    placeholder="class"
                    value={text}
                    aria-invalid={isUnknown || undefined}
                    onChange={({ target }) => setClasses({ ...classes, [id]: target.value })}
                  />
                )}
              </label>
            </li>
          );
        })}
      </ul>
      {unknown > 0 ? <p className="fieldError">Give each photograph a class of the network; {unknown} lack one.</p> : null}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={photos === undefined || unknown > 0}
          onClick={() => {
            onChoose(gold.flatMap(({ photo, label }) => (label === null ? [] : [{ photo, label }])));
            onClose();
          }}
        >
          Use {chosen.length} {chosen.length === 1 ? "photograph" : "photographs"}
        </Button>
      </div>
    </>
  );
}
