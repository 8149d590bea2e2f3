"""What tests may ask of time: work of the processors, which a busy machine neither lengthens nor hides."""

import os


def worked() -> float:
    """Return the seconds that the processors have worked for this process and for those it started that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
