/** How the command line draws archives, tables and progress: the exact characters. */
import { findImageMode } from "@pareidolia/cli/drawing/abilities";
import { drawArchive, layOut, sheetSideFor } from "@pareidolia/cli/drawing/archiveImage";
import { drawArchiveText } from "@pareidolia/cli/drawing/archiveText";
import { decodePng } from "@pareidolia/cli/drawing/decodePng";
import { drawHalfBlocks } from "@pareidolia/cli/drawing/halfBlocks";
import type { Raster } from "@pareidolia/cli/drawing/raster";
import { drawSixels } from "@pareidolia/cli/drawing/sixel";
import { escapeControls, printable } from "@pareidolia/cli/output/controlCharacters";
import { formatConfidence, formatNumberOf, formatSeconds } from "@pareidolia/cli/output/numbers";
import { drawBar, startProgressBar } from "@pareidolia/cli/output/progressBar";
import { drawPairs, drawTable, shorten, widthOf } from "@pareidolia/cli/output/table";
import { sheetColumns } from "@pareidolia/core/contactSheet";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

const red = [255, 0, 0, 255];
const blue = [0, 0, 255, 255];
const none = [0, 0, 0, 0];
const escape = "\u001b";

function raster(rows: readonly (readonly (readonly number[])[])[]): Raster {
  return { width: rows[0]?.length ?? 0, height: rows.length, pixels: Uint8Array.from(rows.flat(2)) };
}

const terminal = { environment: {}, outIsTty: true };

describe("half blocks", () => {
  it("show two rows of pixels a line, keep colours that hold, and leave transparent pixels out", () => {
    const image = raster([
      [red, red, none, none],
      [blue, blue, red, none],
      [red, none, none, none],
    ]);
    const upperRed = `${escape}[38;2;255;0;0m`;
    expect(drawHalfBlocks(image)).toBe(
      `${upperRed}${escape}[48;2;0;0;255m▀▀${escape}[0m${upperRed}▄${escape}[0m ${escape}[0m\n` +
        `${escape}[0m${upperRed}▀${escape}[0m   ${escape}[0m\n`,
    );
  });
});

describe("sixels", () => {
  it("draw bands of six rows, a colour at a time, with repeats counted", () => {
    const row = (colour: readonly number[]) => [colour, colour, colour, colour, colour];
    expect(drawSixels(raster([row(red), row(blue), row(none), row(none), row(none), row(none), row(blue)]))).toBe(
      `${escape}P0;1;0q"1;1;5;7#5;2;0;0;100#180;2;100;0;0#180!5@$#5!5A-#5!5@${escape}\\\n`,
    );
  });

  it("take a grey of the 24 steps where it is nearer than the cube's", () => {
    expect(drawSixels(raster([[[128, 128, 128, 255]]]))).toContain("#228;2;49;49;49");
  });
});

describe("a PNG", () => {
  it.each(["grey", "colour", "transparent", "palette"])("is decoded as another program decodes it: %s", async (kind) => {
    const channels = kind === "grey" ? 1 : kind === "colour" ? 3 : 4;
    const [width, height] = [19, 13];
    const bytes = Buffer.from(Array.from({ length: width * height * channels }, (_, index) => (index * 37 + (index >> 3) * 11) % 256));
    const palette = kind === "palette" ? { palette: true, colours: 256, dither: 0 } : { adaptiveFiltering: true };
    const png = await sharp(bytes, { raw: { width, height, channels } })
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .png(palette)
      .toBuffer();
    const { data } = await sharp(png).toColourspace("srgb").ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const decoded = decodePng(png);
    expect([decoded.width, decoded.height]).toEqual([width, height]);
    expect(Buffer.from(decoded.pixels).equals(data)).toBe(true);
  });

  it("is refused if it is not a PNG, or lies about its size", () => {
    expect(() => decodePng(Buffer.from("<html>"))).toThrow("something other than a PNG");
  });
});

describe("an archive", () => {
  it("gets the largest thumbnails with which all niches fit", () => {
    expect(layOut(10, { width: 80, height: 40 }, 32)).toEqual({ side: 16, columns: 5, rows: 2 });
    expect(layOut(1000, { width: 80, height: 40 }, 32)).toEqual({ side: 2, columns: 40, rows: 25 });
    expect(layOut(1000, { width: 10, height: 10 }, 32)).toMatchObject({ side: 2, columns: 5 });
    expect(sheetSideFor({ side: 20, columns: 1, rows: 1 })).toBe(32);
  });

  it("takes each niche from its place on the contact sheet, and leaves empty niches transparent", () => {
    const sheet = { width: sheetColumns * 16, height: 32, pixels: new Uint8Array(sheetColumns * 16 * 32 * 4) };
    const paint = (left: number, top: number, colour: readonly number[]): void => {
      for (let y = top; y < top + 16; y++) for (let x = left; x < left + 16; x++) sheet.pixels.set(colour, (y * sheet.width + x) * 4);
    };
    paint(0, 0, red);
    paint(0, 16, blue);
    const drawn = drawArchive(sheet, 16, 41, { side: 2, columns: 41, rows: 1 });
    const colourOf = (niche: number): number[] => [...drawn.pixels.subarray(niche * 8, niche * 8 + 4)];
    expect([colourOf(0), colourOf(1), colourOf(40)]).toEqual([red, none, blue]);
  });

  it("is a line for each of a few niches as text, and a character for each of many", () => {
    const niches = [
      { niche: 0, label: "zero", storedConfidence: 0.99995 },
      { niche: 1, label: "one\u001b[2J", storedConfidence: 0.25 },
    ];
    expect(drawArchiveText(niches, 2, { width: 60, height: 20 })).toBe(
      `zero                     0.999950 ${"█".repeat(24)}\none [2J                  0.25     ......\n`,
    );
    const many = [0.99991, 0.9991, 0.991, 0.91, 0.5, 0.1].map((storedConfidence, niche) => ({ niche, label: "", storedConfidence }));
    expect(drawArchiveText(many, 30, { width: 4, height: 20 }).split("\n").slice(0, 3)).toEqual(["█▓▒░", ":.", ""]);
  });
});

describe("a terminal", () => {
  it.each([
    [{ TERM: "foot" }, "sixel"],
    [{ TERM: "xterm-256color", TERM_PROGRAM: "WezTerm" }, "sixel"],
    [{ TERM: "tmux-256color", TERM_PROGRAM: "WezTerm", TMUX: "/tmp/tmux", COLORTERM: "truecolor" }, "blocks"],
    [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, "blocks"],
    [{ TERM: "xterm-256color", COLORTERM: "truecolor", NO_COLOR: "1" }, "text"],
    [{ TERM: "xterm-256color" }, "text"],
    [{ TERM: "dumb", COLORTERM: "truecolor" }, "text"],
  ])("with %j shows images as %s", (environment, mode) => {
    expect(findImageMode({ ...terminal, environment })).toBe(mode);
    expect(findImageMode({ environment, outIsTty: false })).toBe("text");
  });
});

describe("a table", () => {
  const columns = [
    { title: "Key", value: ({ key }: { key: string }) => key },
    { title: "Name", value: ({ name }: { name: string; key: string }) => name },
    { title: "N", value: ({ n }: { n: string; name: string; key: string }) => n, isNumber: true },
  ];

  it("aligns numbers at the right, counts wide characters twice, and shortens the widest column to the window", () => {
    const rows = [
      { key: "RUN-1", name: "画像 of a very long name", n: "7" },
      { key: "RUN-12", name: "short", n: "1,000" },
    ];
    expect(drawTable(rows, columns, 30)).toBe(
      "KEY     NAME                 N\nRUN-1   画像 of a very…      7\nRUN-12  short            1,000\n",
    );
    expect(drawTable(rows, columns, null)).toContain("画像 of a very long name");
  });

  it("shows no character that moves the cursor or turns the text", () => {
    expect(printable("a\u001b[2Jb\u202ec\r\n")).toBe("a [2Jb c  ");
    expect(escapeControls("a\u001b[2Jb\u009b\u202ec\rd\te\r\n")).toBe("a\\u001b[2Jb\\u009b\\u202ec\\u000dd\te\r\n");
    expect(drawPairs([["Name", "x\u0007"]])).toBe("Name  x \n");
    expect([shorten("abcdef", 4), widthOf("👩‍🔬é")]).toEqual(["abc…", 3]);
  });
});

describe("numbers", () => {
  it("keep the nines of a confidence, and never round up to 1", () => {
    expect([0.5, 0.29, 0.9, 0.99, 0.9999, 0.99999999, 1, null].map(formatConfidence)).toEqual([
      "0.50",
      "0.29",
      "0.900",
      "0.9900",
      "0.999900",
      "0.999999",
      "1",
      "-",
    ]);
  });

  it("are counts and times as people read them", () => {
    expect([formatNumberOf(1, "run"), formatNumberOf(1_000, "run")]).toEqual(["1 run", "1,000 runs"]);
    expect([5, 65, 7_300].map(formatSeconds)).toEqual(["5 s", "1 min 5 s", "2 h 1 min"]);
  });
});

describe("a progress bar", () => {
  it("is redrawn in place on a terminal, and silent elsewhere", () => {
    let written = "";
    const described = { columns: 60, errIsTty: true, err: (text: string) => void (written += text) };
    const bar = startProgressBar(described as never, "Pulling");
    bar.show(0.5, "1 of 2");
    bar.show(0.5, "1 of 2");
    bar.end();
    expect(written).toBe(`\r${escape}[KPulling ${"█".repeat(12)}${"░".repeat(12)}  50% 1 of 2\r${escape}[K`);
    written = "";
    startProgressBar({ ...described, errIsTty: false } as never, "Pulling").show(0.5);
    expect(written).toBe("");
    expect([drawBar(0), drawBar(1), drawBar(1 / 48)]).toEqual(["░".repeat(24), "█".repeat(24), `▌${"░".repeat(23)}`]);
  });
});
