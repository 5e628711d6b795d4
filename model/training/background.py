"""Trains in the background: takes the runs of a queue file in order, as many at a time as there are lanes, and continues after an interruption.

Each line of the queue is `NAME: SCRIPT ARGUMENTS`, or `NAME after OTHER, …: SCRIPT ARGUMENTS` if it needs the results of others. SCRIPT is one of
`lesion/`. A finished run leaves `NAME.done` in the work folder, its output is in `NAME.log`; one that failed three times is left aside as
`NAME.failed`. The file is read again before each run, so it can be edited at any time. Starting again, also after a reboot, resumes the interrupted
runs from their checkpoints.
"""

import argparse
import fcntl
import os
import shlex
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
TRIES = 3


@dataclass(frozen=True)
class Run:
    name: str
    after: tuple[str, ...]
    command: tuple[str, ...]


def runs(text: str) -> list[Run]:
    """The lines of a queue file; empty ones and those that begin with # are comments."""
    found = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, command = line.partition(":")
        name, _, after = head.partition(" after ")
        found.append(Run(name.strip(), tuple(one.strip() for one in after.split(",") if one.strip()), tuple(shlex.split(command))))
    return found


def due(queue: list[Run], work: Path) -> list[Run]:
    """Runs that are neither finished nor left aside, and need nothing that is missing."""
    done = {one.name for one in queue if (work / f"{one.name}.done").exists()}
    aside = {one.name for one in queue if (work / f"{one.name}.failed").exists()}
    return [one for one in queue if one.name not in done | aside and all(other in done for other in one.after)]


@contextmanager
def alone(file: Path):
    """Whether this process has the lock; a process that ends in any way releases it."""
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def lane(queue: Path, work: Path, execute, wait) -> None:
    """Works until nothing is due. `execute(run, log)` → exit code. While all that is due is with other lanes, `wait()` is called, which may end the lane by returning false:
    what they finish can make further runs due."""
    tries: dict[str, int] = {}
    while these := due(runs(queue.read_text()), work):
        if not any(_taken(run, work, execute, tries) for run in these) and not wait():
            return


def _taken(run: Run, work: Path, execute, tries: dict[str, int]) -> bool:
    with alone(work / f"{run.name}.lock") as mine:
        if not mine or (work / f"{run.name}.done").exists():
            return False
        with (work / f"{run.name}.log").open("a") as log:
            print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {' '.join(run.command)}", file=log, flush=True)
            code = execute(run, log)
            print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} exit code {code}", file=log)
        tries[run.name] = tries.get(run.name, 0) + 1
        if code == 0:
            (work / f"{run.name}.done").touch()
        elif tries[run.name] == TRIES:
            (work / f"{run.name}.failed").touch()
        return True


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("action", choices=("start", "status", "lane"))
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--queue", type=Path, help="default: queue.txt in the work folder")
    options.add_argument("--lanes", type=int, default=2)
    options.add_argument("--number", type=int, default=0)
    arguments = options.parse_args()
    queue = arguments.queue or arguments.work / "queue.txt"
    if arguments.action == "status":
        status(runs(queue.read_text()), arguments.work)
    elif arguments.action == "start":
        start(arguments, queue)
    else:
        with alone(arguments.work / f"lane-{arguments.number}.lock") as mine:
            if mine:
                lane(queue, arguments.work, lambda run, log: _executed(run, log, arguments), _minute)


def start(arguments, queue: Path) -> None:
    """Starts the lanes that are not running."""
    for number in range(arguments.lanes):
        command = [sys.executable, __file__, "lane", "--number", str(number), "--data", arguments.data, "--work", arguments.work, "--queue", queue]
        with (arguments.work / f"lane-{number}.log").open("a") as log:
            # A session of its own, so that closing the terminal does not end it.
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        print(f"lane {number}: process {process.pid}; runs are logged in {arguments.work}")


def _minute() -> bool:
    time.sleep(60)
    return True


def _executed(run: Run, log, arguments) -> int:
    script, *more = run.command
    command = [sys.executable, HERE / "lesion" / f"{script}.py", "--data", arguments.data, "--work", arguments.work, *more]
    environment = {**os.environ, "PYTHONPATH": f"{HERE / 'lesion'}:{HERE}", "OMP_NUM_THREADS": "1"}
    # From the folder of the work, to which the names of files in the queue are relative.
    return subprocess.run(["nice", "-n", "19", *command], stdout=log, stderr=log, env=environment, cwd=arguments.work).returncode


def status(queue: list[Run], work: Path) -> None:
    for run in queue:
        log = work / f"{run.name}.log"
        last = log.read_text().strip().splitlines()[-1:] if log.exists() else []
        state = next((one for one in ("done", "failed") if (work / f"{run.name}.{one}").exists()), "running" if _held(work / f"{run.name}.lock") else "waiting")
        print(f"{run.name}: {state}{': ' + last[0] if last else ''}")


def _held(lock: Path) -> bool:
    if not lock.exists():
        return False
    with alone(lock) as free:
        return not free


if __name__ == "__main__":
    main()
