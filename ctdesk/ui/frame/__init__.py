"""The main window around the screens: top bar, navigation, palette, status bar."""
