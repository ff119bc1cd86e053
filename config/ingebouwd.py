"""What the servers that come along with the project have in common: a lock and a folder for the socket."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_SOCKET_PATH = 107


@contextmanager
def locked(file: Path) -> Iterator[int | None]:
    """The lock on `file` as an open file, or None while another process has it; OSError where it can't be.

    Closing, not unlocking, lets go of it: a process that got the open file meanwhile keeps the lock.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        yield None
        return
    try:
        yield lock
    finally:
        os.close(lock)


def socket_folder(folder: Path, data: Path, file: str) -> Path:
    """`folder`, or one under /tmp that follows from `data`, where a socket `file` in it has too long a path.

    Not under TMPDIR: two processes with different environments must arrive at the same folder.
    """
    fits = len(os.fsencode(folder / file)) <= LONGEST_SOCKET_PATH
    if fits and not set('",') & set(str(folder)):
        return folder
    return Path("/tmp", f"eenplan-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}")


def is_foreign(folder: Path, data: Path) -> bool:
    """Whether another user could be behind a socket in `folder`: in /tmp anyone may make one."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    ours = {os.geteuid(), *([data.stat().st_uid] if data.exists() else [])}
    return not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours or bool(found.st_mode & 0o077)
