"use client";
/** Chooses photographs, each with the class that people see in it: as gold images, or as examples of labels. */
import type { LabelledPhoto } from "@pareidolia/perception/study/studyDraft";
import { useState } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { type StudyImageRowFragment, StudyPhotosDocument, type StudyPhotosQuery } from "../../graphql/generated/graphql.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { imageZoom } from "../marks/imageZoom.ts";
import { splitLabel } from "../marks/labels.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./ChoiceDialog.module.css";
import { classOfPhoto } from "./classOfPhoto.ts";
import { ClassesProvider, ClassField } from "./details/ClassField.tsx";
import detailStyles from "./details/Details.module.css";
import { usePhotoUploads } from "./usePhotoUploads.ts";

const photosOf = ({ photos }: StudyPhotosQuery) => photos;
const side = 40;

const texts = {
  GOLD: {
    title: "Gold photographs",
    about: "Voters who do not recognise them are not paying attention. Answers to gold photographs never count as votes.",
  },
  EXEMPLAR: {
    title: "Examples of labels",
    about:
      "Voters see photographs of the label below the question. A photograph that is named after a class, such as robin-2.jpg, gets this class.",
  },
} as const;

interface PhotosDialogProps {
  readonly open: boolean;
  readonly role: keyof typeof texts;
  /** The chosen images as they were drawn. */
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  /** The labels that need photographs, and how many each; none for gold. */
  readonly labels: readonly number[];
  readonly needed: number;
  onChoose(photos: readonly LabelledPhoto[]): void;
  onClose(): void;
}

export function PhotosDialog({ open, onClose, ...rest }: PhotosDialogProps) {
  return (
    <Dialog title={texts[rest.role].title} open={open} onClose={onClose}>
      <PhotoChoice {...rest} onClose={onClose} />
    </Dialog>
  );
}

/** Null for an empty field, `undefined` while the text names no class. */
type Classes = Readonly<Record<string, number | null | undefined>>;

function PhotoChoice({ role, images, classNames, labels, needed, onChoose, onClose }: Omit<PhotosDialogProps, "open">) {
  const { nodes: photos, error, refetch } = useAllPages(StudyPhotosDocument, {}, photosOf);
  const [search, setSearch] = useState("");
  /** The class of each chosen photograph, by the photo's ID. */
  const [classes, setClasses] = useState<Classes>(() =>
    Object.fromEntries(images.flatMap(({ photoId, label }) => (photoId ? [[photoId, label]] : []))),
  );
  const chosen = photos?.filter(({ id }) => id in classes) ?? [];
  const unread = chosen.filter(({ id }) => classes[id] == null).length;
  const wanted = search.trim().toLowerCase();
  const shown = photos?.filter(({ name, label }) => `${name} ${label ?? ""}`.toLowerCase().includes(wanted));
  const countOf = (label: number): number => chosen.filter(({ id }) => classes[id] === label).length;
  const ownClass = (photo: { readonly name: string; readonly label?: string | null }): number | null => classOfPhoto(photo, classNames);
  const uploads = usePhotoUploads({
    onCreated: (photo) => setClasses((earlier) => ({ ...earlier, [photo.id]: ownClass(photo) })),
    onDone: refetch,
  });
  /** Adds photographs whose name is a label of the study, as many as each label needs. */
  const fill = (): void => {
    const added: Record<string, number | null | undefined> = { ...classes };
    for (const label of labels) {
      const free = photos?.filter((photo) => !(photo.id in added) && ownClass(photo) === label) ?? [];
      for (const { id } of free.slice(0, Math.max(0, needed - countOf(label)))) added[id] = label;
    }
    setClasses(added);
  };
  return (
    <ClassesProvider names={classNames}>
      <p className="second">{texts[role].about}</p>
      {classNames.length === 0 ? <p className="second">Draw images first: their network gives the list of classes.</p> : null}
      {labels.length === 0 || needed === 0 ? null : (
        <div className={`${detailStyles.counts} t12 muted`} role="status" aria-label="Photographs of each label">
          {labels.map((label) => (
            <span key={label} data-lacks={countOf(label) < needed || undefined}>
              {`${splitLabel(classNames[label] ?? `class ${label}`).name}: ${countOf(label)} of ${needed}`}
            </span>
          ))}
        </div>
      )}
      <div className={detailStyles.tools}>
        <input
          className="input"
          type="search"
          aria-label="Filter photographs"
          placeholder="Filter photographs"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {labels.length === 0 || needed === 0 ? null : (
          <button type="button" className={toolButtonStyles.toolButton} onClick={fill}>
            Choose by name
          </button>
        )}
        <label className={`${buttonStyles.button} ${detailStyles.upload}`}>
          {uploads.progress === null
            ? "Upload photographs"
            : `Uploading ${Math.min(uploads.progress.sent + 1, uploads.progress.total)} of ${uploads.progress.total}`}
          <input
            type="file"
            multiple
            className="visuallyHidden"
            accept="image/png,image/jpeg,image/bmp"
            disabled={uploads.progress !== null}
            onChange={({ target }) => {
              const files = [...(target.files ?? [])];
              // Allows choosing the same files again.
              target.value = "";
              uploads.send(files);
            }}
          />
        </label>
      </div>
      {uploads.problems.map((problem) => (
        <p key={problem} className="fieldError" role="alert">
          {problem}
        </p>
      ))}
      {error === undefined ? null : <p className="fieldError">{error}</p>}
      {photos === undefined ? <SkeletonLines count={4} /> : null}
      <ul className={styles.choices} tabIndex={-1}>
        {shown?.map((photo) => {
          const { id, name, label, image } = photo;
          const own = classes[id];
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={id in classes}
                  onChange={({ target }) => {
                    const { [id]: _removed, ...others } = classes;
                    setClasses(target.checked ? { ...others, [id]: ownClass(photo) } : others);
                  }}
                />
                <PixelImage image={image} zoom={imageZoom(image, side)} alt="" />
                <span className={styles.choiceName}>{label ?? name}</span>
                {id in classes ? (
                  <ClassField
                    label={`Class of ${label ?? name}`}
                    value={own ?? null}
                    onChange={(value) => setClasses({ ...classes, [id]: value })}
                  />
                ) : null}
              </label>
            </li>
          );
        })}
      </ul>
      {unread > 0 ? (
        <p className="fieldError">
          Give each photograph a class of the network; {unread} {unread === 1 ? "lacks" : "lack"} one.
        </p>
      ) : null}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={photos === undefined || unread > 0 || uploads.progress !== null}
          onClick={() => {
            onChoose(
              chosen.flatMap(({ id }) => {
                const label = classes[id];
                return label == null ? [] : [{ photo: id, label }];
              }),
            );
            onClose();
          }}
        >
          Use {chosen.length} {chosen.length === 1 ? "photograph" : "photographs"}
        </Button>
      </div>
    </ClassesProvider>
  );
}
