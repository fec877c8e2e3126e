/** Writes a film frame by frame. */
export interface FilmWriter {
  /** Adds the canvas's current content as a frame of this duration. */
  add(milliseconds: number): Promise<void>;
  finish(): Promise<Blob>;
  /** Frees the encoder of a film that is not finished. */
  cancel(): Promise<void>;
}
