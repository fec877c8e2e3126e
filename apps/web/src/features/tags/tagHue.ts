/** The colour of a tag: one of the design's six ramp steps, always the same for the same name, in every workspace and theme. */

const hues = ["--ramp-0", "--ramp-1", "--ramp-2", "--ramp-3", "--ramp-4", "--ramp-5"] as const;

/** FNV-1a, 32 bits (Fowler, Noll and Vo; RFC 9923, section 2), over the UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** The name of a custom property of the design. */
export function tagHue(name: string): (typeof hues)[number] {
  return hues[hashText(name) % hues.length] ?? hues[0];
}
