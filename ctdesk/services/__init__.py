"""One module a job of the desk, used by the command line and the window alike."""
