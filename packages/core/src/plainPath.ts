/** Checks that the path of a model's companion file cannot lead out of the model's folder on any operating system. */

const plain = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .,+=@~()-]*(?:\/[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .,+=@~()-]*)*$/u;
const longest = 200;

/** True for a relative path of at most 200 plain characters, without `..`, a root, a drive, a URL scheme or hidden files. */
export function isPlainPath(path: string): boolean {
  return path.length <= longest && plain.test(path);
}
