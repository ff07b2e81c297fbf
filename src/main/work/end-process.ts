/** Ends a utility process at once: what Electron offers asks it politely, and one in a loop does not hear it. */
export function endProcess(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
