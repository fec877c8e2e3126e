/** All pages build addresses in `features/addresses`, which adds their workspace. */
import { expect, it } from "vitest";
import { readWebSources } from "../../../support/webSources.ts";

const own = /^features[\\/](addresses[\\/]|marks[\\/](Link|DocumentLink)\.tsx$)/;
/** Requests that belong to no workspace. */
const outside = /^\/(auth|email-choices)\b/;

const sources = readWebSources().filter(({ path }) => !own.test(path));
const found = (pattern: RegExp, isFound: (match: RegExpMatchArray) => boolean = () => true) =>
  sources.flatMap(({ path, text }) => [...text.matchAll(pattern)].filter(isFound).map(([match]) => `${path}: ${match}`));

it("no page imports Next's own links and navigation", () => {
  expect(found(/from "next\/link"/g)).toEqual([]);
  expect(found(/import \{[^}]*\b(usePathname|useRouter|useParams)\b[^}]*\} from "next\/navigation"/g)).toEqual([]);
});

it("no plain link, image or request has a literal path without its workspace", () => {
  expect(found(/<(?:a|img|image|form)\b[^>]*\b(?:href|src|action)=\{?["`]\/[^"`]*/g)).toEqual([]);
  expect(found(/\b(?:fetch|open)\(["`](\/[^"`]*)/g, ([, path = ""]) => !outside.test(path))).toEqual([]);
});
