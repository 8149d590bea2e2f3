"""The window: Qt screens over the services, with nothing of a job's logic in them."""
