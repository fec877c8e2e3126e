"use client";
/** Uploaded photographs, and files that no model or photograph uses. Each can be deleted. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import {
  UploadedFilesDocument,
  type UploadedFilesQuery,
  UploadedPhotosDocument,
  type UploadedPhotosQuery,
} from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { FileRow } from "./FileRow.tsx";
import { PhotoRow } from "./PhotoRow.tsx";
import styles from "./Uploads.module.css";
import { photosFile, photosQuery, uploadsFile, uploadsQuery } from "./uploadsFile.ts";

const photosOf = ({ photos }: UploadedPhotosQuery) => photos;
const filesOf = ({ uploads }: UploadedFilesQuery) => uploads;

export function UploadsPage() {
  const photos = useAllPages(UploadedPhotosDocument, {}, photosOf);
  const files = useAllPages(UploadedFilesDocument, {}, filesOf);
  const uploadedPhotos = photos.nodes?.filter(({ isSample }) => !isSample);
  const error = photos.error ?? files.error;
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Uploads" />
      <header className="pageHead">
        <div>
          <h1>Uploads</h1>
          <p>Photographs that you uploaded, and files that no model or photograph uses.</p>
        </div>
      </header>
      {error !== undefined && (uploadedPhotos === undefined || files.nodes === undefined) ? (
        <RequestError
          message={error}
          onRetry={() => {
            photos.refetch();
            files.refetch();
          }}
        />
      ) : uploadedPhotos === undefined || files.nodes === undefined ? (
        <SkeletonLines count={4} height={56} />
      ) : uploadedPhotos.length === 0 && files.nodes.length === 0 ? (
        <EmptyState title="No uploads">Photographs appear here once you upload one for an ascent or an attack.</EmptyState>
      ) : (
        <>
          <section aria-labelledby="photographs">
            <h2 id="photographs">
              Photographs <span className="n12 muted">{formatCount(uploadedPhotos.length)}</span>
            </h2>
            <WholeListTools name="photographs" rows={uploadedPhotos} columns={photosFile} query={photosQuery} />
            <ul className={styles.list}>
              {uploadedPhotos.map((photo) => (
                <PhotoRow key={photo.id} photo={photo} onDeleted={photos.refetch} />
              ))}
            </ul>
          </section>
          <section aria-labelledby="files" className={styles.files}>
            <h2 id="files">
              Unused files <span className="n12 muted">{formatCount(files.nodes.length)}</span>
            </h2>
            <WholeListTools name="unused-files" rows={files.nodes} columns={uploadsFile} query={uploadsQuery} />
            <ul className={styles.list}>
              {files.nodes.map((file) => (
                <FileRow key={file.id} file={file} onDeleted={files.refetch} />
              ))}
            </ul>
          </section>
        </>
      )}
    </div>
  );
}
