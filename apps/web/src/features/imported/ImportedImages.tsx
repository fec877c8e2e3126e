"use client";
/** The images of an imported run, page by page, with the figures that their source gives. */
import { useState } from "react";
import { toast } from "sonner";
import { useClient } from "urql";
import { loadAllPages } from "../../graphql/client/allPages.ts";
import { ImportedImagesDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import type { ImportedOnPage } from "../run/runOnPage.ts";
import styles from "./ImportedView.module.css";
import { importedImagesQuery } from "./importedQueries.ts";

const columns = ["index", "niche", "label", "claimed", "url"] as const;

type ImportedImage = ImportedOnPage["images"]["nodes"][number];

const toRow = ({ index, niche, label, claimed, image }: ImportedImage) => [index, niche, label, claimed, image.url];

type Page = Pick<ImportedOnPage["images"], "nodes" | "pageInfo">;

/** The images shown, and what loads the next page; null once all are shown. */
function useImages(run: ImportedOnPage) {
  const client = useClient();
  const [more, setMore] = useState<readonly Page[]>([]);
  const [isLoading, setLoading] = useState(false);
  const { hasNextPage, endCursor } = (more.at(-1) ?? run.images).pageInfo;
  const load = async () => {
    setLoading(true);
    const { data, error } = await client.query(ImportedImagesDocument, { id: run.id, after: endCursor ?? null }).toPromise();
    setLoading(false);
    const node = data?.node?.__typename === "ImportedRun" ? data.node : null;
    if (node === null) toast.error(error?.message ?? "The run is no longer there.");
    else setMore((pages) => [...pages, node.images]);
  };
  return { nodes: [run.images, ...more].flatMap((page) => page.nodes), isLoading, load: hasNextPage ? load : null };
}

export function ImportedImages({ run }: { readonly run: ImportedOnPage }) {
  const client = useClient();
  const { nodes, isLoading, load } = useImages(run);
  const { totalCount } = run.images;
  const { toolbar, content } = useDataTools({
    name: `${run.key}-images`,
    columns,
    rows: nodes.map(toRow),
    allRows: async () => {
      const pages = await loadAllPages(async (after) => {
        const { data, error } = await client.query(ImportedImagesDocument, { id: run.id, after }).toPromise();
        const node = data?.node?.__typename === "ImportedRun" ? data.node : null;
        return { page: node?.images, error };
      });
      if ("error" in pages) throw new Error(pages.error);
      return pages.nodes.map(toRow);
    },
    query: importedImagesQuery(run.id),
  });
  return (
    <section aria-labelledby="images">
      <div className="sectionHead">
        <h2 id="images">
          Images{" "}
          <span className="t12 muted">
            {nodes.length < totalCount ? `the first ${formatCount(nodes.length)} of ${formatCount(totalCount)}` : formatCount(totalCount)}
          </span>
        </h2>
        {toolbar}
      </div>
      {content}
      <ul className={styles.images}>
        {nodes.map(({ index, niche, label, claimed, image }) => {
          const name = label ?? (niche === null ? `image ${index}` : `class ${niche}`);
          return (
            <li key={index}>
              <figure>
                <PixelImage image={image} zoom={1} alt={name} fluid />
                <figcaption>
                  <span className="t12">{name}</span>
                  {claimed === null ? null : (
                    <span className="n11 muted">{claimed >= 0 && claimed <= 1 ? formatConfidence(claimed) : claimed}</span>
                  )}
                </figcaption>
              </figure>
            </li>
          );
        })}
      </ul>
      {load === null ? null : (
        <div className="pageActions">
          <Button disabled={isLoading} onClick={() => void load()}>
            Show more images
          </Button>
        </div>
      )}
    </section>
  );
}
