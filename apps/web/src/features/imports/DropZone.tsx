"use client";
/** Takes a file or folder to import, by dropping it or by the file picker. */
import { type DragEvent, useRef, useState } from "react";
import { Button } from "../marks/Button.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { dropped, picked } from "./chosenFiles.ts";
import styles from "./Imports.module.css";
import { useHandIn } from "./useHandIn.ts";

export function DropZone({ onHandedIn }: { readonly onHandedIn: (importId: string) => void }) {
  const { handIn, progress, problem, waiting, cancel } = useHandIn(onHandedIn);
  const { refusalOf } = usePermissions();
  const [isOver, setOver] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const takeFrom = ({ current }: { current: HTMLInputElement | null }) => {
    const files = [...(current?.files ?? [])];
    // So that the same file can be chosen again.
    if (current) current.value = "";
    if (files.length > 0) void handIn(picked(files));
  };
  const takes = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files") && refusalOf("previewImport") === null;
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (takes(event)) void handIn(dropped(event.dataTransfer));
  };
  return (
    <section
      className={styles.dropZone}
      aria-label="A file to import"
      data-dropping={isOver || undefined}
      onDragOver={(event) => {
        if (!takes(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {progress === null ? (
        <>
          <p>Drop a file or a folder here. You see what it contains before anything is stored.</p>
          <p className="t12 muted">
            If an upload of a large file is interrupted, choose the same file within a day: it continues where it was.
          </p>
          <div className="pageActions">
            <Button look="primary" onClick={() => fileInput.current?.click()}>
              Choose a file
            </Button>
            <Button onClick={() => folderInput.current?.click()}>Choose a folder</Button>
          </div>
        </>
      ) : (
        <>
          <p role="status">
            {progress < 1 ? `Uploading, ${Math.round(progress * 100)}%` : "Storing the file"}
            {waiting === null ? null : `. ${waiting} The upload continues by itself.`}
          </p>
          <ProgressTrack share={progress} label="Upload" />
          <Button onClick={cancel}>Cancel</Button>
        </>
      )}
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <input ref={fileInput} type="file" hidden aria-label="File to import" multiple onChange={() => takeFrom(fileInput)} />
      <input
        ref={folderInput}
        type="file"
        hidden
        aria-label="Folder to import"
        {...{ webkitdirectory: "" }}
        onChange={() => takeFrom(folderInput)}
      />
    </section>
  );
}
