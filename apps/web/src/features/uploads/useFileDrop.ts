"use client";
/** Makes an element accept files that are dropped on it. The file picker beside it serves the keyboard. */
import { type DragEvent, useState } from "react";

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes("Files");
}

/** Spread the result on the element; its style shows `data-dropping`. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  const [isOver, setOver] = useState(false);
  return {
    "data-dropping": isOver || undefined,
    onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return;
      // Without this, the browser opens the file instead.
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = [...event.dataTransfer.files];
      if (files.length > 0) onFiles(files);
    },
  };
}
