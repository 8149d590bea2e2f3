"""Records in, tables out: figures for reports and screens, with no database and no window."""
