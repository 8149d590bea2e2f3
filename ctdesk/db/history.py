"""What was done, by whom, when and why, read back from the history; and what taking a step back would mean."""
