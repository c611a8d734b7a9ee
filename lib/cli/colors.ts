import pc from "picocolors";

/**
 * Colours on a terminal, or where `FORCE_COLOR` asks for them. picocolors itself also paints wherever `CI` is set, which
 * fills the log of a pipeline that is read as text with escape codes.
 */
export const colors = pc.createColors(
  pc.isColorSupported && (process.stdout.isTTY || (process.env["FORCE_COLOR"] ?? "") !== ""),
);
