import { randomSeed } from "./chaos/random.ts";

const asked = process.env["SEED"] ?? "20261129";

/**
 * Of all that is random in the tests. It is the same in every run, so that a test passes or fails by what was changed. `SEED=random`
 * looks elsewhere, `SEED=123` looks again.
 */
export const SEED = asked === "random" ? randomSeed() : Number(asked);
