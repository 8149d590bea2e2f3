"""Bounds the running process puts on itself before it opens a stranger's file."""

import ctypes
import math
import sys


def confine(memory: int, seconds: float) -> None:
    """Limit this process to `memory` bytes and a little over `seconds` of processor time, for good.

    On Windows a job object does it, elsewhere the system's resource limits (macOS does not enforce memory).
    """
    if sys.platform == "win32":
        _confine_by_job(memory, seconds)
    else:
        _confine_by_limits(memory, seconds)


if sys.platform != "win32":

    def _confine_by_limits(memory: int, seconds: float) -> None:
        import resource

        allowed = {
            resource.RLIMIT_AS: memory,
            resource.RLIMIT_CPU: math.ceil(seconds) + 1,
            resource.RLIMIT_CORE: 0,
        }
        for kind, bound in allowed.items():
            hard = resource.getrlimit(kind)[1]
            wanted = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            try:
                resource.setrlimit(kind, (wanted, wanted))
            except (ValueError, OSError):  # macOS refuses some; the parent's clock still holds
                continue


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of the Windows API; times in units of 100 ns."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of the Windows API."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


_PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY, _DIE_QUIETLY = 0x2, 0x8, 0x100, 0x400
_EXTENDED_LIMIT_INFORMATION = 9


def job_limits(memory: int, seconds: float) -> ExtendedLimits:
    """Describe the job a reading process runs in: one process, bounded memory and processor time, no dialogs."""
    limits = ExtendedLimits()
    limits.basic.flags = _PROCESS_TIME | _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_QUIETLY
    limits.basic.process_time = (math.ceil(seconds) + 1) * 10_000_000
    limits.basic.active_processes = 1
    limits.process_memory = memory
    return limits


if sys.platform == "win32":

    def _confine_by_job(memory: int, seconds: float) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = job_limits(memory, seconds)
        done = kernel.SetInformationJobObject(
            job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
        ) and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
