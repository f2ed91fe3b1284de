/**
 * What this build's files hold, by their names in the package. `cargo xtask build` writes it; where
 * the scripts are used as they are, nothing is known, and nothing is checked.
 *
 * @type {Record<string, { sha256: string, bytes: number, gzip?: boolean }>}
 */
export const BUILD = {};
