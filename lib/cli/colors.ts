import pc from "picocolors";

/**
 * Colours on a terminal, or where `FORCE_COLOR` asks for them; none where `NO_COLOR`, `--no-color` or `FORCE_COLOR=0` refuses
 * them. picocolors itself also paints wherever `CI` is set, which fills the log of a pipeline that is read as text with escape
 * codes.
 */
export const colors = pc.createColors(
  wantsColors(pc.isColorSupported, process.stdout.isTTY, process.env["FORCE_COLOR"] ?? ""),
);

function wantsColors(supported: boolean, isTerminal: boolean, forced: string): boolean {
  if (["0", "false"].includes(forced)) return false;
  return supported && (isTerminal || forced !== "");
}
