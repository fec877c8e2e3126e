"use client";
/** A picture to begin from: a sample photograph, an own file shown before it is sent, or any stored image. */
import { useEffect, useState } from "react";
import { useMutation, useQuery } from "urql";
import { NewRunSourcesDocument, UploadPhotoDocument } from "../../graphql/generated/graphql.ts";
import { PixelImage, type PixelSource } from "../marks/PixelImage.tsx";
import { uploadFile } from "../models/uploadFile.ts";

export interface SourceWanted {
  readonly id: string;
  readonly name: string;
  readonly image: PixelSource;
}

interface SourcePickerProps {
  readonly legend: string;
  readonly value: SourceWanted | null;
  /** One that stands before all others, since the address asks for it. */
  readonly asked?: SourceWanted | null;
  readonly problem: string | null;
  /** Where trying again may help with the problem. */
  readonly onRetry?: (() => void) | null;
  onChange(source: SourceWanted): void;
}

const largestFile = 20 * 1024 * 1024;

export function SourcePicker({ legend, value, asked = null, problem, onRetry = null, onChange }: SourcePickerProps) {
  const [{ data, error }] = useQuery({ query: NewRunSourcesDocument, requestPolicy: "cache-and-network" });
  const photos = data?.photos.nodes.map(({ id, name, label, image }) => ({ id, name: label ?? name, image })) ?? [];
  const images = data?.images.nodes.map((image) => ({ id: image.id, name: `stored, ${image.width} × ${image.height}`, image })) ?? [];
  // A photograph is also a stored image: pictures are told apart by their bytes, which their addresses name.
  const isChosen = ({ image }: SourceWanted) => image.url === value?.image.url;
  const askedApart = asked === null || photos.some(({ image }) => image.url === asked.image.url) ? null : asked;
  const others = images.filter(({ image }) => ![...photos, asked].some((shown) => shown?.image.url === image.url));
  const option = (source: SourceWanted) => (
    <label key={source.id} className={isChosen(source) ? "sourceChoice chosen" : "sourceChoice"}>
      <input type="radio" name="source" checked={isChosen(source)} onChange={() => onChange(source)} />
      <span className="sourcePicture">
        <PixelImage image={source.image} zoom={1} alt="" fluid />
      </span>
      <span className="t12">{source.name}</span>
    </label>
  );
  return (
    <fieldset className="classPicker">
      <legend>{legend}</legend>
      <UploadPhoto onChange={onChange} />
      <div className="sourceChoices">
        {askedApart === null ? null : option(askedApart)}
        {photos.map(option)}
      </div>
      {others.length > 0 ? (
        <details className="storedSources">
          <summary className="toolButton">Stored images, the latest first</summary>
          <div className="sourceChoices">{others.map(option)}</div>
        </details>
      ) : null}
      {error ? <p className="fieldError">{error.message}</p> : null}
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}{" "}
          {onRetry === null ? null : (
            <button type="button" className="link" onClick={onRetry}>
              Try again
            </button>
          )}
        </span>
      ) : null}
    </fieldset>
  );
}

function UploadPhoto({ onChange }: Pick<SourcePickerProps, "onChange">) {
  const [, makePhoto] = useMutation(UploadPhotoDocument);
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return;
    const url = URL.createObjectURL(file);
    setPreview(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  const send = async (chosen: File) => {
    setProblem(null);
    setFile(chosen);
    if (chosen.size > largestFile) return setProblem("A photo's file has at most 20 MB.");
    setShare(0);
    try {
      const { id } = await uploadFile(chosen, setShare, new AbortController().signal);
      const { data, error } = await makePhoto({ input: { uploadId: id, name: chosen.name.slice(0, 200) } });
      const made = data?.uploadImage;
      if (made?.__typename === "UploadImageSuccess") {
        onChange({ id: made.photo.id, name: made.photo.name, image: made.photo.image });
        setFile(null);
        setPreview(null);
      } else setProblem(made?.message ?? error?.message ?? "The API did not answer. Nothing was stored; try again.");
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : String(cause));
    }
    setShare(null);
  };
  return (
    <div className="uploadPhoto">
      <label className="button">
        Upload a picture
        <input
          type="file"
          className="visuallyHidden"
          accept="image/png,image/jpeg,image/bmp"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) void send(chosen);
          }}
        />
      </label>
      <span className="t12 muted">PNG, JPEG or BMP, at most 20 MB</span>
      {preview && file ? <img src={preview} alt={`Preview of ${file.name}`} height={64} /> : null}
      {share !== null ? (
        <span className="n12" role="status">
          {Math.floor(share * 100)}%
        </span>
      ) : null}
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  );
}
