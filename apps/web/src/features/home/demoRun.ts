/** The demo run of the home page. */
export const demoRun = { encoding: "cppn", preset: "normalised", seed: 142, generations: 200, offspring: 200 } as const;
