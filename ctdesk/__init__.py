"""ctdesk, the commissioning trust desk: what every partner commissions, in one local file."""

__version__ = "0.1.0"
