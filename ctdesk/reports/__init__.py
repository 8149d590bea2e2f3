"""Values in, pages out: the style of the paper, its charts, and one file a report."""
