/** Writes a film frame by frame. */
export interface FilmWriter {
  /** Adds the canvas as it is now, shown for so long. */
  add(milliseconds: number): Promise<void>;
  finish(): Promise<Blob>;
  /** Frees the encoder of a film that is not finished. */
  cancel(): Promise<void>;
}
