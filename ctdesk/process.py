"""What the system knows of this process: how long it has run, and the memory it holds."""

import os
import time
from pathlib import Path


def since_start_ms() -> float:
    """Return the milliseconds since this process was started, as nearly as the system tells."""
    stat = Path("/proc/self/stat")
    if stat.exists():
        ticks = int(stat.read_text().rpartition(")")[2].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
        return (up - ticks / os.sysconf("SC_CLK_TCK")) * 1000
    return time.process_time() * 1000


def resident_mb() -> float:
    """Return the memory this process holds in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return 0.0
