/** For what Windows does not have: the permissions of a file, programs that are scripts without an ending. */
export const testOnPosix = process.platform === "win32" ? test.skip : test;

/** Whether this user may read everything, whatever the permissions of a file say; Windows has no such permissions. */
export const readsEverything = process.getuid === undefined || process.getuid() === 0;
