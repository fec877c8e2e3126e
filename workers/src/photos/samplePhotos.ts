/** The sample photographs of every installation, with label, licence and source. */
import type { CachedFile } from "@pareidolia/classifiers/files/readCachedFile";
import { coralFiles } from "@pareidolia/classifiers/zoo/imageNetLabels";

export interface SamplePhoto {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly licence: string;
  readonly source: string;
  readonly file: CachedFile;
}

const openImages = { licence: "CC BY 2.0", source: "Open Images Dataset V5" } as const;

function file(name: string, maximumBytes: number, sha256: string): CachedFile {
  return { path: `photos/${name}`, urls: [`${coralFiles}/${name}`], compressed: false, sha256, maximumBytes };
}

export const samplePhotos: readonly SamplePhoto[] = [
  {
    id: "photo_sample_cat",
    name: "Cat",
    label: "cat",
    ...openImages,
    file: file("cat.bmp", 523_914, "34f235786382686111728287fd26d4c24dd8c25de8233469d6eeb301888ce0a9"),
  },
  {
    id: "photo_sample_bird",
    name: "Bird",
    label: "bird",
    ...openImages,
    file: file("bird.bmp", 526_986, "3fd22d6ed352b8e721d9982e38ed655f8429e168bb53ad205c6f3cdfa848e994"),
  },
  {
    id: "photo_sample_dragonfly",
    name: "Dragonfly",
    label: "dragonfly",
    ...openImages,
    file: file("dragonfly.bmp", 642_186, "bb42efbdd3ef1a06cc17cc4db862373be91d74eec2fcdeeb6665247a3ae6ce52"),
  },
  {
    id: "photo_sample_owl",
    name: "Owl",
    label: "owl",
    ...openImages,
    file: file("owl.jpg", 155_944, "ea9a0e3943bbd0acaeb472a6e66e777d13cf76646f9e42e84cafa931cc8a5bf7"),
  },
  {
    id: "photo_sample_parrot",
    name: "Parrot",
    label: "parrot",
    ...openImages,
    file: file("parrot.jpg", 596_977, "a8fba9e7e29439fa414c13129aad661f2289ff891231920a7c33641b076f1833"),
  },
  {
    id: "photo_sample_hot_dog",
    name: "Hot dog",
    label: "hot dog",
    ...openImages,
    file: file("hot_dog.jpg", 200_930, "ed6952e022eb71c0d0b1ff068dcee3abed056dfa1852f041c35f138c4ff15b2e"),
  },
  {
    id: "photo_sample_grace_hopper",
    name: "Grace Hopper",
    label: "military uniform",
    licence: "Public domain",
    source: "Naval History and Heritage Command",
    file: file("grace_hopper.bmp", 921_738, "c43444bf3b1b1e3080551ca194bd231da4b67f20fc91454502915a6b806b614f"),
  },
];
