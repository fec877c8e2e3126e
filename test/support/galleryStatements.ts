/** Counts the statements that Postgres receives for a page of the gallery: the document and the variables that the web sends. */
import type { ImageKind } from "@pareidolia/search/fields/imageFields";
import { print } from "graphql";
import pg from "pg";
import { vi } from "vitest";
import { gallerySource } from "../../apps/web/src/features/gallery/gallerySource.ts";
import type { TestApi } from "./api.ts";

interface GalleryList {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly model: { readonly id: string; readonly name: string };
    readonly run: { readonly key: string; readonly name: string };
    readonly image: { readonly id: string; readonly url: string; readonly width: number; readonly height: number };
  }[];
}

/** The newest images of a kind of run. */
export async function readGallery(
  api: Pick<TestApi, "query">,
  kind: ImageKind,
): Promise<{ readonly list: GalleryList; readonly statements: number }> {
  const sort = { column: "created", direction: "DESC" } as const;
  const { document, variables } = gallerySource({ search: `kind = ${kind}`, sort, ids: null }).query;
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    const { body } = await api.query(typeof document === "string" ? document : print(document), { ...variables });
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return { list: body.data.galleryImages, statements: spy.mock.calls.length };
  } finally {
    spy.mockRestore();
  }
}
