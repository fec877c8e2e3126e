/** Addresses of the gallery, for links of other pages. */
import { writeValue } from "@pareidolia/search/formatSearch";

/** @param conditions such as ["class", "king penguin"], which every image meets. */
export function gallerySearchAddress(...conditions: readonly (readonly [field: string, value: string])[]): string {
  const search = conditions.map(([field, value]) => `${field} = ${writeValue(value)}`).join(" AND ");
  return `/gallery?q=${encodeURIComponent(search)}`;
}

/** The gallery with these elites, whether or not they still hold their niches. */
export function chosenElitesAddress(eliteIds: readonly string[]): string {
  return `/gallery?ids=${eliteIds.join(",")}`;
}
