"""Many documents at once: the stages wired together on a pool of processes."""
