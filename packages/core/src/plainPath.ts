/** Accepts the paths of a model's companion files only if they cannot lead out of its folder on any system. */

const plain = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .,+=@~()-]*(?:\/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .,+=@~()-]*)*$/u;
const longest = 200;

/** A plain name, perhaps in folders below: no way up, no root, no scheme or drive, nothing hidden. */
export function isPlainPath(path: string): boolean {
  return path.length <= longest && plain.test(path);
}
