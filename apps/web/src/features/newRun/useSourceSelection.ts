"use client";
/** The source image selected in a form, and the upload of a new one. The form cannot be submitted during an upload. */
import { useState } from "react";
import type { SourceChoice } from "./sourceChoice.ts";
import { type PhotoUpload, usePhotoUpload } from "./usePhotoUpload.ts";

export interface SourceSelection {
  readonly selected: SourceChoice | null;
  select(source: SourceChoice): void;
  readonly upload: PhotoUpload;
  readonly isUploading: boolean;
  /** The error of a submission during the upload, until the upload ends. */
  readonly problem: string | null;
  /** Called at every submission of the form. */
  markSubmitted(): void;
}

const uploadingMessage = "This image is still uploading. Wait until it is complete, or choose another.";

export function useSourceSelection(): SourceSelection {
  const [selected, select] = useState<SourceChoice | null>(null);
  const [submittedFile, setSubmittedFile] = useState<File | null>(null);
  const upload = usePhotoUpload(select);
  const isUploading = upload.progress !== null;
  return {
    selected,
    select,
    upload,
    isUploading,
    problem: isUploading && submittedFile === upload.file ? uploadingMessage : null,
    markSubmitted: () => setSubmittedFile(isUploading ? upload.file : null),
  };
}
