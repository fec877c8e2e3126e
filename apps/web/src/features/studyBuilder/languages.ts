/** Reads a list of languages as a researcher types it. */

const tag = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;

/** BCP 47 tags in their order; null if there is none, or a tag is malformed or repeated. */
export function readLanguages(text: string): readonly string[] | null {
  const tags = text.split(/[\s,;]+/).filter(Boolean);
  return tags.length > 0 && tags.every((each) => tag.test(each)) && new Set(tags).size === tags.length ? tags : null;
}
