"""Under which account PostgreSQL runs: it refuses root, and its files must be its own."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

IN_NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")
VISIT = 'cd "$0" && exec "$@"'

Output = IO[bytes] | None


class EmbeddedError(psycopg.OperationalError):
    """The embedded PostgreSQL can't be started or stopped; the text is Dutch and meant for the user.

    It descends from psycopg's error, so that Django hands it on as its own ``OperationalError``.
    """


@dataclass(frozen=True)
class Account:
    """A way to run a program: behind ``prefix``, and as ``uid`` and ``gid`` where those are given."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def run(
        self, *command: str | Path, fds: tuple[int, ...] = (), stdin: str = "", output: Output = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; both its outputs come back as ``stdout``, or go to the file ``output``.

        ``fds`` stay open in it. Variables of PostgreSQL's own (``PGDATA``, ``PGOPTIONS``) are kept from it.
        Raises OSError where the program can't be started.
        """
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            input=stdin,
            stdout=output or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=fds,
            start_new_session=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            cwd="/",
            check=False,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def version(self, postgres: Path, folder: Path) -> str | None:
        """Major version of ``postgres``; None where this account can't run it or can't enter ``folder``."""
        try:
            done = self.run("sh", "-c", VISIT, folder, postgres, "--version")
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.split()[-1].split(".")[0] if done.returncode == 0 else None

    def own(self, *paths: Path) -> None:
        """Give this account the ``paths`` that exist; they are the caller's already where it has no uid."""
        if self.uid is not None:
            for path in filter(Path.exists, paths):
                os.chown(path, self.uid, self.gid or 0, follow_symlinks=False)


def account_for(data: Path, cluster: Path, postgres: Path) -> tuple[Account, str]:
    """The account that runs the server on the folder ``data``, and the major version of ``postgres``.

    An ordinary user runs it as himself. Root runs a folder of another's as that other, and its own in a user
    namespace, where it passes for nobody while the files stay root's. Where that can't be (the machine has no
    such namespaces, or the folder is in a private home), the owner of the folder around it gets the folder,
    or else ``nobody``. EmbeddedError where none of these can reach both the folder and the program.
    """
    owned = cluster if cluster.exists() else data
    for account in _candidates(owned.stat(), data.parent.stat()):
        if version := account.version(postgres, data.parent):
            account.own(data, cluster, *cluster.rglob("*"))
            return account, version
    raise EmbeddedError(
        f"PostgreSQL kan niet starten: geen account waaronder het mag draaien kan bij {data.parent} en bij "
        f"{postgres.parent}. Zet het project op een plek die iedereen mag lezen en EENPLAN_DATA op een map "
        "daarin, of wijs met DATABASE_URL een eigen PostgreSQL aan."
    )


def _candidates(owner: os.stat_result, host: os.stat_result) -> list[Account]:
    if os.geteuid() != 0:
        return [Account(_prefix(os.geteuid()))]
    if owner.st_uid != 0:
        return [Account(_prefix(owner.st_uid), owner.st_uid, owner.st_gid)]
    nobody = pwd.getpwnam("nobody")
    hosts = [Account(_prefix(host.st_uid), host.st_uid, host.st_gid)] if host.st_uid else []
    return [Account(IN_NAMESPACE), *hosts, Account(uid=nobody.pw_uid, gid=nobody.pw_gid)]


def _prefix(uid: int) -> tuple[str, ...]:
    """initdb wants its user to have a name, which a container's user may lack and nobody has."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return IN_NAMESPACE
    return ()
