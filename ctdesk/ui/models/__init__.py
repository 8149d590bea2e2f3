"""Qt models over the services; they know no widget."""
