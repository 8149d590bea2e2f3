"""Small designed parts, which the screens are put together from. Import each from its own module."""
