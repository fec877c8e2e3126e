/** The labels of Zhou & Firestone (2019): of the CPPN images of experiments 1 to 3, and of the direct-encoded images of experiment 4. */

export const cppnLabels: readonly string[] = [
  "accordion, assault rifle, bagel, baseball, car wheel, chainlink fence, chameleon, comic book, computer keyboard",
  "crossword puzzle, dial telephone, digital clock, electric guitar, four-poster bed, freight car, green snake",
  "grey parrot, hair clip, hand blower, king penguin, medicine chest, monarch butterfly, obelisk, paddle, panpipe",
  "peacock, photocopier, pinwheel, pole, projector, punching bag, remote control, roundworm, school bus",
  "screwdriver, sea snake, ski mask, slot machine, soccer ball, spotlight, starfish, stethoscope, strawberry",
  "tile roof, traffic light, trifle, vacuum, volcano",
].flatMap((line) => line.split(", "));

export const staticLabels: readonly string[] = [
  "armadillo",
  "bubble",
  "centipede",
  "cheetah",
  "jackfruit",
  "peacock",
  "red panda",
  "robin",
];
