/** Counts the statements that Postgres receives for a page of the gallery: the document and the variables that the web sends. */
import { print } from "graphql";
import pg from "pg";
import { vi } from "vitest";
import { gallerySource } from "../../apps/web/src/features/gallery/gallerySource.ts";
import { type GalleryKind, type GalleryState, galleryParsers } from "../../apps/web/src/features/gallery/galleryState.ts";
import type { TestApi } from "./api.ts";

/** The state of a gallery whose address says nothing. */
const initialState = Object.fromEntries(
  Object.entries(galleryParsers).map(([name, parser]) => [name, "defaultValue" in parser ? parser.defaultValue : null]),
) as unknown as GalleryState;

interface GalleryList {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly run: { readonly model: { readonly id: string; readonly name: string } };
    readonly image: { readonly id: string; readonly url: string; readonly width: number; readonly height: number };
  }[];
}

export async function readGallery(
  api: Pick<TestApi, "query">,
  kind: GalleryKind,
): Promise<{ readonly list: GalleryList; readonly statements: number }> {
  const { document, variables } = gallerySource({ ...initialState, kind, outcome: "any" }).query;
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    const { body } = await api.query(typeof document === "string" ? document : print(document), { ...variables });
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    const [list] = Object.values(body.data) as GalleryList[];
    if (list === undefined) throw new Error("The document of the gallery selects no list.");
    return { list, statements: spy.mock.calls.length };
  } finally {
    spy.mockRestore();
  }
}
