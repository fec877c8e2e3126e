/** Lists the images of the gallery: of all kinds of runs in a workspace. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import {
  countSearchedImages,
  type GalleryImageRecord,
  imagePositionTypes,
  listSearchedImages,
} from "@pareidolia/persistence/lab/search/searchImages";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { mentions } from "@pareidolia/search/checkedSearch";
import { imageFields, peopleFieldNames } from "@pareidolia/search/fields/imageFields";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, isEmptyPage, toConnection, toEmptyConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import { cursorShapeOf } from "../pagination/cursor.ts";
import { counterOf, counterOfPage, maxCountOfResults } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { readerOf, readSearchText, readSort } from "../search/readSearch.ts";
import type { ColumnOrderInput } from "../search/search.input.ts";
import type { GalleryImageFilter } from "./galleryImage.input.ts";

export interface GalleryArguments {
  readonly search: string | null | undefined;
  readonly filter: GalleryImageFilter | null | undefined;
  readonly orderBy: ColumnOrderInput | null | undefined;
}

const maxIds = 200;

function readIds(ids: readonly string[] | null | undefined): readonly string[] | undefined {
  if (ids == null) return undefined;
  const field = "filter.eliteIds";
  if (ids.length > maxIds) throw new AppError("INVALID_INPUT", `Name at most ${maxIds} elites by ID.`, { field });
  return ids.map((id) => parseIdOf("Elite", id, field));
}

export class GalleryImageService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError INVALID_INPUT naming the argument; as the policy for a list by what people say. */
  async list(actor: Actor, args: ConnectionArguments, given: GalleryArguments): Promise<Connection<GalleryImageRecord>> {
    policy.requireInWorkspace(actor, "search:read");
    const reader = readerOf(actor);
    const order = readSort(given.orderBy, imageFields, "created");
    const search = readSearchText(given.search, imageFields);
    const isByPeople = peopleFieldNames.some((name) => order.field.name === name || mentions(search, name));
    if (isByPeople) policy.requireInWorkspace(actor, "study:inspect");
    const shape = cursorShapeOf(`galleryImages.${order.field.name}.${order.direction}`, imagePositionTypes(order, reader));
    const page = readPage(args, shape);
    const conditions = { reader, search, eliteIds: readIds(given.filter?.eliteIds), order };
    const counter = counterOf(this.#database, (request) => countSearchedImages(request, conditions), maxCountOfResults);
    if (isEmptyPage(page)) return toEmptyConnection(counter);
    const rows = await listSearchedImages(this.#database.connection, { ...conditions, page });
    return toConnection(rows, shape, counterOfPage(rows, counter));
  }
}
