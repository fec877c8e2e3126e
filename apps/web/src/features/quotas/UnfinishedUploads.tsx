"use client";
/** Uploads whose file has not arrived: they reserve storage until they are finished or deleted. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { UploadedFilesDocument, type UploadedFilesQuery } from "../../graphql/generated/graphql.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { FileRow } from "../uploads/FileRow.tsx";
import uploadStyles from "../uploads/Uploads.module.css";
import { uploadsFile, uploadsQuery } from "../uploads/uploadsFile.ts";

const uploadsOf = ({ uploads }: UploadedFilesQuery) => uploads;

export function UnfinishedUploads() {
  const { nodes, error, refetch } = useAllPages(UploadedFilesDocument, {}, uploadsOf);
  const unfinished = nodes?.filter(({ sha256 }) => sha256 === null);
  return (
    <section aria-labelledby="unfinished">
      <div className="sectionHead">
        <h2 id="unfinished">
          Unfinished uploads {unfinished === undefined ? null : <span className="n12 muted">{formatCount(unfinished.length)}</span>}
        </h2>
      </div>
      {unfinished === undefined ? (
        error !== undefined ? (
          <RequestError message={error} onRetry={refetch} />
        ) : (
          <SkeletonLines count={2} height={56} />
        )
      ) : unfinished.length === 0 ? (
        <p className="second">None. An upload appears here after it is requested, until its file arrives.</p>
      ) : (
        <>
          <WholeListTools name="unfinished-uploads" rows={unfinished} columns={uploadsFile} query={uploadsQuery} />
          <ul className={`${uploadStyles.list} ${uploadStyles.withoutThumbs}`}>
            {unfinished.map((file) => (
              <FileRow key={file.id} file={file} onDeleted={refetch} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
