"""Workbooks out and back: layout, writing, reading, recognition, hand-back, adoption and exports."""
