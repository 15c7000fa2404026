/**
 * Runs a task once for a burst of triggers, as soon as no further message is waiting. There is no fixed delay: a lone
 * key stroke is answered at once, and of a queue of changes only the newest version is analysed.
 */
export function coalesce(schedule: (task: () => void) => void, run: () => void): () => void {
  let triggers = 0;
  let waiting = false;
  // Waiting messages are delivered one per turn, so two turns without a trigger mean that none was left.
  function wait(seen: number): void {
    schedule(() =>
      schedule(() => {
        if (triggers !== seen) return wait(triggers);
        waiting = false;
        run();
      }),
    );
  }
  return () => {
    triggers++;
    if (waiting) return;
    waiting = true;
    wait(triggers);
  };
}
