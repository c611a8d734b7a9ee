import fc from "fast-check";

/**
 * fast-check with one seed for everybody: a test that fails in one run fails in all of them. `FAST_CHECK_SEED=random` looks
 * for new counter-examples, `FAST_CHECK_SEED=<the seed of a report>` looks at an old one again.
 */
const chosen = process.env["FAST_CHECK_SEED"] ?? "20261123";
if (chosen !== "random") fc.configureGlobal({ seed: Number(chosen) });

export default fc;
