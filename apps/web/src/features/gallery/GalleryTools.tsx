"use client";
/** The images of the gallery that match its search as a file and a query, and their order. */
import { GalleryImagesDocument, type GalleryImagesQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { ListTools } from "../marks/ListTools.tsx";
import { Menu } from "../marks/Menu.tsx";
import type { Sort } from "../views/listSort.ts";
import { listVariables } from "./gallerySource.ts";
import { type GalleryList, galleryOrders, isOrder } from "./galleryState.ts";
import { galleryQuery } from "./galleryText.ts";

const pageSize = 100;

type GalleryImage = GalleryImagesQuery["galleryImages"]["nodes"][number];

const columns: Readonly<Record<string, (image: GalleryImage) => CsvValue>> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  label: ({ label }) => label,
  stored_confidence: ({ confidence }) => confidence,
  reached: ({ reached }) => (reached ? "yes" : "no"),
  class: (image) => image.class,
  generation: ({ generation }) => generation ?? null,
  replaced: ({ replaced }) => (replaced ? "yes" : "no"),
  created: ({ createdAt }) => String(createdAt),
  run: ({ run }) => run.key,
  run_name: ({ run }) => run.name,
  method: ({ run }) => run.methodLabel,
  model: ({ model }) => model.name,
  image: ({ image }) => image.url,
};

interface GalleryToolsProps {
  readonly list: GalleryList;
  /** Whether the reader may order images by what people say. */
  readonly showsPeople: boolean;
  readonly onSort: (sort: Sort) => void;
}

export function GalleryTools({ list, showsPeople, onSort }: GalleryToolsProps) {
  const offered = galleryOrders.filter(({ ofPeople }) => showsPeople || !ofPeople);
  const current = galleryOrders.find(({ sort }) => isOrder(sort, list.sort))?.label ?? "Fewest votes first";
  return (
    <ListTools
      name="gallery"
      document={GalleryImagesDocument}
      variables={{ first: pageSize, ...listVariables(list) }}
      pageOf={({ galleryImages }) => galleryImages}
      columns={columns}
      query={galleryQuery(list)}
    >
      <Menu
        label="Order of the images"
        text={current}
        items={offered.map(({ sort, label }) => ({ label, onSelect: () => onSort(sort) }))}
      />
    </ListTools>
  );
}
