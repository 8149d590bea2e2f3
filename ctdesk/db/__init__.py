"""The workspace file: tables from the definitions, the one writer, history, backups and checks."""
