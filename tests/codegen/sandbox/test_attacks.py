"""Each attack tried for real, on each kind of machine: stopped, and reported as what it was."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from codegen.sandbox import GIB, MIB, Level, Limits, Offers, Status
from tests.codegen.sandbox.conftest import SMALL, Run, running


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on this machine: the network that a test can count on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A key as it lies in `~/.ssh`."""
    path = tmp_path / "home" / ".ssh" / "id_rsa"
    path.parent.mkdir(parents=True)
    path.write_text("the key")
    return path


@pytest.fixture
def victim() -> Iterator[subprocess.Popen[bytes]]:
    """A process of the same user, outside."""
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process
        process.kill()


def test_network(run: Run, machine: Offers, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    outcome = run(f"import socket\nsocket.create_connection(('127.0.0.1', {port}))", machine)
    assert outcome.label == "forbidden: network"
    assert f"127.0.0.1:{port}" in outcome.reason
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_network_by_name(run: Run) -> None:
    outcome = run("import urllib.request\nurllib.request.urlopen('http://example.org/')")
    assert outcome.label == "forbidden: network"
    assert "example.org" in outcome.reason


def test_socket_of_the_machine(run: Run, machine: Offers, tmp_path: Path) -> None:
    """Such as Docker's, by which all else could be had; a pair's datagram end must not reach it either."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind(str(tmp_path / "s"))
        server.setblocking(False)
        for make in (
            "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
            "socket.socketpair(type=socket.SOCK_DGRAM)[0]",
        ):
            outcome = run(f"import socket\n{make}.sendto(b'x', {str(tmp_path / 's')!r})", machine)
            assert outcome.status is Status.FORBIDDEN
        with pytest.raises(BlockingIOError):
            server.recv(1)


def test_reading_outside_the_inputs(run: Run, machine: Offers, secret: Path) -> None:
    outcome = run(f"print(open({str(secret)!r}).read())", machine)
    assert outcome.label == f"forbidden: read {secret}"
    assert "the key" not in outcome.stdout


def test_reading_the_home_folder(run: Run, machine: Offers) -> None:
    outcome = run("import pathlib\nprint((pathlib.Path.home() / '.ssh' / 'id_rsa').read_text())", machine)
    assert outcome.label == "forbidden: read ~/.ssh/id_rsa"


def test_reading_through_another_program(run: Run, machine: Offers, secret: Path) -> None:
    outcome = run(f"import subprocess\nsubprocess.run(['cat', {str(secret)!r}], check=True)", machine)
    assert outcome.status in (Status.FORBIDDEN, Status.FAILED)
    assert "the key" not in outcome.stdout
    assert str(secret) in outcome.stderr


def test_reading_in_silence_is_noted(run: Run, secret: Path) -> None:
    outcome = run(f"try:\n    open({str(secret)!r})\nexcept OSError:\n    pass")
    assert outcome.status is Status.DONE
    assert [str(attempt) for attempt in outcome.attempts] == [f"read {secret}"]


def test_other_processes_are_not_shown(run: Run, machine: Offers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys stand in the environment of the launcher and of its children."""
    monkeypatch.setenv("SOME_API_KEY", "the key")
    source = """
import glob, os
print(dict(os.environ))
for name in ('environ', 'cmdline', 'maps'):
    for path in glob.glob(f'/proc/[0-9]*/{name}') + [f'/proc/{n}/{name}' for n in range(1, 4)]:
        try:
            print(open(path, 'rb').read())
        except OSError:
            pass
"""
    outcome = run(source, machine)
    assert outcome.status is Status.DONE
    assert "the key" not in outcome.stdout


WRITES = """
lambda: open(path, 'w')
lambda: open(path, 'a')
lambda: os.mkdir(path + '.new')
lambda: os.symlink('x', path + '.new')
lambda: os.remove(path)
lambda: os.rename(path, 'here')
lambda: os.rename(os.path.dirname(path), path + '.moved')
lambda: os.truncate(path, 0)
lambda: os.open(path, os.O_RDONLY | os.O_TRUNC)
lambda: os.open(path, 3 | os.O_TRUNC)
lambda: os.link(path, 'here')
lambda: os.write(os.open(path, os.O_RDONLY), b'x')
lambda: mmap.mmap(os.open(path, os.O_RDONLY), 0).write(b'x')
"""


def test_writing_outside_the_result_folder(run: Run, machine: Offers, tmp_path: Path, result: Path) -> None:
    """Also to what may be read: the input itself."""
    given = tmp_path / "input.root"
    given.write_text("events")
    source = f"import mmap, os\npath = {str(given)!r}\nassert open(path).read() == 'events'\n"
    for line in WRITES.split("\n")[1:-1]:
        source += f"try:\n    ({line})()\n    print({line!r})\nexcept (OSError, TypeError):\n    pass\n"
    source += "open(path, 'w')"
    outcome = run(source, machine, inputs=[given])
    assert given.read_text() == "events"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input.root", "program.py", "result"]
    assert not list(result.iterdir())
    assert outcome.stdout == ""
    assert outcome.label == f"forbidden: write {given}"


def test_modes_and_times_outside_stay(run: Run, machine: Offers, secret: Path) -> None:
    secret.chmod(0o600)
    before = secret.stat()
    source = f"import os\npath = {str(secret)!r}\n"
    for change in ("os.chmod(path, 0o777)", "os.utime(path, (1, 1))", "os.setxattr(path, 'user.x', b'1')"):
        source += f"try:\n    {change}\nexcept OSError:\n    pass\n"
    outcome = run(source, machine)
    assert (secret.stat().st_mode, secret.stat().st_mtime) == (before.st_mode, before.st_mtime)
    assert f"write {secret}" in map(str, outcome.attempts)


def test_fork_bomb(run: Run, machine: Offers, marker: str) -> None:
    """Bounded at 2^9, so that a hole in the sandbox would not take the machine along."""
    source = "import os, time\nfor _ in range(9):\n    os.fork()\ntime.sleep(30)"
    outcome = run(source, machine, environment={"MARK": marker})
    assert outcome.status is Status.TOO_MANY_PROCESSES
    assert "more than 40 processes" in outcome.reason
    assert not running(marker)


def test_fork_bomb_that_breeds_orphans(run: Run, machine: Offers, marker: str) -> None:
    """Each process forks, leaves its session and lets its parent die: none is anyone's child for long."""
    source = """
import os, time
if os.fork():
    time.sleep(30)
end = time.time() + 5
while time.time() < end:
    if os.fork():
        time.sleep(0.005)
        if os.fork():
            os._exit(0)
    os.setsid()
"""
    outcome = run(source, machine, environment={"MARK": marker})
    assert outcome.status is Status.TOO_MANY_PROCESSES
    assert outcome.wall_seconds < 3
    assert not running(marker)


def test_processes_that_hide_end_with_the_program(run: Run, machine: Offers, marker: str) -> None:
    source = """
import os, signal, time
if os.fork() == 0:
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        time.sleep(30)
    os._exit(0)
time.sleep(0.1)
"""
    outcome = run(source, machine, environment={"MARK": marker})
    assert outcome.status is Status.DONE
    assert not running(marker)


def test_threads_are_counted(run: Run) -> None:
    source = "import threading, time\nfor _ in range(60):\n    threading.Thread(target=time.sleep, args=(20,)).start()"
    assert run(source).status is Status.TOO_MANY_PROCESSES


@pytest.mark.parametrize(
    "allocate",
    [
        f"bytearray({20 * GIB})",  # 20 GB at once: refused by the kernel
        "x = [b'%d' % i * 100_000 for i in range(100_000)]",  # little by little
        "import mmap\nfor _ in range(60):\n    m = mmap.mmap(-1, 2**24); keep = globals().setdefault('k', []); "
        "keep.append(m); m.write(bytes(2**24))\nimport time; time.sleep(10)",  # shared memory, which no limit bounds
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        x = b'1' * 150_000_000\n"
        "        time.sleep(15)\n        os._exit(0)\ntime.sleep(15)",  # each below the limit, together above it
    ],
    ids=["at-once", "by-and-by", "shared", "many-processes"],
)
def test_memory(run: Run, allocate: str) -> None:
    outcome = run(allocate)
    assert outcome.status is Status.OUT_OF_MEMORY
    assert "400 MiB" in outcome.reason
    assert outcome.wall_seconds < 8


def test_memory_without_namespaces(run: Run, machine: Offers) -> None:
    assert run("x = [b'%d' % i * 100_000 for i in range(100_000)]", machine).status is Status.OUT_OF_MEMORY


def test_endless_loop(run: Run, machine: Offers) -> None:
    source = "import signal\nfor n in (1, 2, 3, 15):\n    signal.signal(n, signal.SIG_IGN)\nwhile True: pass"
    outcome = run(source, machine, limits=replace(SMALL, wall_seconds=0.6))
    assert outcome.status is Status.TIMED_OUT
    assert "0.6 s" in outcome.reason
    assert outcome.wall_seconds < 3


def test_processor_time_of_all_processes(run: Run) -> None:
    outcome = run("import os\nos.fork()\nwhile True: pass", limits=replace(SMALL, cpu_seconds=0.8))
    assert outcome.status is Status.TIMED_OUT
    assert "processor time" in outcome.reason


def test_killing_the_parent(run: Run, machine: Offers, victim: subprocess.Popen[bytes]) -> None:
    """The supervisor, this very process, a process beside it, and everybody."""
    for target in (os.getpid(), victim.pid):
        outcome = run(f"import os\nos.kill({target}, 9)", machine)
        assert outcome.label == f"forbidden: signal {target}"
    source = "import os\nfor target in (os.getppid(), -1, 1):\n    try:\n        os.kill(target, 15)\n"
    outcome = run(source + "    except OSError as error:\n        print(error)", machine)
    assert victim.poll() is None
    assert outcome.level is Level.CONFINED


def test_harming_the_parent_without_a_signal(run: Run, machine: Offers, victim: subprocess.Popen[bytes]) -> None:
    """By its limits, its memory, its priority, or a signal that the kernel sends when a pipe has data."""
    source = f"""
import ctypes, fcntl, os, resource
def tried(what, *arguments):
    try:
        what(*arguments)
        print('reached', what)
    except OSError:
        pass
tried(resource.prlimit, {victim.pid}, resource.RLIMIT_CPU, (0, 0))
tried(os.setpriority, os.PRIO_PROCESS, {victim.pid}, 19)
tried(os.pidfd_open, {victim.pid})
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, {victim.pid}, 0, 0) == 0:
    print('reached ptrace')
read, write = os.pipe()
tried(fcntl.fcntl, read, fcntl.F_SETOWN, {victim.pid})
"""
    assert run(source, machine).stdout == ""
    assert victim.poll() is None


def test_symlink_out(run: Run, machine: Offers, result: Path, secret: Path) -> None:
    outcome = run(f"import os\nos.symlink({str(secret)!r}, 'result.json')", machine)
    assert not list(result.iterdir())
    assert outcome.status is Status.FORBIDDEN
    assert str(secret) in outcome.reason


def test_symlink_already_there_leads_nowhere(run: Run, machine: Offers, result: Path, secret: Path) -> None:
    result.mkdir()
    (result / "link").symlink_to(secret)
    outcome = run("open('link', 'w').write('mine now')", machine)
    assert outcome.status is Status.FORBIDDEN
    assert secret.read_text() == "the key"
    assert (result / "link").is_symlink()  # it is the user's


def test_pipes_and_names_of_other_files(run: Run, result: Path) -> None:
    source = """
import os, socket
for make in (lambda: os.mkfifo('fifo'), lambda: os.mknod('device', 0o20666, os.makedev(1, 3)),
             lambda: os.link('/etc/passwd', 'hard'), lambda: os.link(__file__, 'harder')):
    try:
        make()
    except OSError:
        pass
os.close(os.open('setuid', os.O_CREAT | os.O_WRONLY, 0o6755))
"""
    run(source)
    assert not list(result.iterdir())


@pytest.mark.parametrize(
    "write",
    [
        "open('big', 'wb').truncate(10 * 10**9)",
        "f = open('big', 'wb')\nwhile True: f.write(bytes(10**6))",
        "import os\nf = open('big', 'wb')\nos.posix_fallocate(f.fileno(), 0, 10 * 10**9)",
        "for i in range(500): open(f'{i}', 'wb').write(bytes(10**6))",
        "import os, time\nkeep = [open(f'{i}', 'wb') for i in range(9)]\n"
        "for i, f in enumerate(keep): os.remove(str(i)); f.write(bytes(10**7))\ntime.sleep(15)",
        "import tempfile\nfor i in range(500): tempfile.NamedTemporaryFile(delete=False).write(bytes(10**6))",
        "for i in range(4000): open(f'{i}', 'wb')",
        "import os\nos.mkdir('hidden', 0o300)\nfor i in range(500): open(f'hidden/{i}', 'wb').write(bytes(10**6))",
    ],
    ids=["sparse", "written", "reserved", "many", "unlinked", "temporary", "empty", "unlistable"],
)
def test_result_of_10_gb(run: Run, result: Path, write: str) -> None:
    outcome = run(write)
    assert outcome.status is Status.RESULT_TOO_LARGE
    assert sum(path.stat().st_blocks * 512 for path in result.rglob("*")) < 600 * MIB


def test_folders_without_end(run: Run, result: Path) -> None:
    outcome = run("import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')")
    assert outcome.status in (Status.RESULT_TOO_LARGE, Status.FORBIDDEN)
    assert "too deep" in outcome.removed[0]
    assert len(list(result.rglob("*"))) < 100


def test_output_without_end(run: Run) -> None:
    outcome = run("while True: print('x' * 1000)", limits=replace(SMALL, wall_seconds=0.7))
    assert outcome.status is Status.TIMED_OUT
    assert len(outcome.stdout) <= 64 * 1024


def test_more_rights(run: Run, machine: Offers) -> None:
    """New namespaces, mounts, a root of one's own, tracing: each would lead out."""
    source = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for name, *arguments in (('unshare', 0x10000000), ('unshare', 0x20000), ('chroot', b'.'), ('ptrace', 0, 0, 0, 0),
                         ('mount', b'proc', b'/proc', b'proc', 0, None), ('setns', 0, 0), ('sethostname', b'x', 1),
                         ('shmget', 1, 4096, 0o1777), ('memfd_create', b'x', 0), ('userfaultfd', 0)):
    function = getattr(libc, name, None)
    if function is not None and function(*arguments) >= 0:
        print('could', name)
for path in ('/proc/self/uid_map', '/proc/sys/kernel/hostname', '/proc/self/oom_score_adj'):
    try:
        open(path, 'w').write('0')
        print('wrote', path)
    except OSError:
        pass
"""
    outcome = run(source, machine)
    assert outcome.stdout == ""
    assert outcome.status is Status.DONE


def test_a_killed_launcher_takes_the_program_along(tmp_path: Path, machine: Offers, marker: str) -> None:
    program = tmp_path / "program.py"
    program.write_text("import time\ntime.sleep(60)")
    code = (
        "from pathlib import Path\nfrom codegen.sandbox import *\n"
        f"run_confined(Path({str(program)!r}), result_dir=Path({str(tmp_path / 'r')!r}), offers={machine!r},"
        f" limits=Limits(wall_seconds=60), environment={{'MARK': {marker!r}}})"
    )
    place = tmp_path / "temporary"
    place.mkdir()
    environment = {**os.environ, "TMPDIR": str(place)}
    launcher = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3], env=environment)
    _until(lambda: bool(running(marker)))
    launcher.kill()
    launcher.wait()
    _until(lambda: not running(marker) and not list(place.iterdir()))


def test_an_interrupted_launcher_takes_the_program_along(run: Run, marker: str) -> None:
    def interrupt(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run("print('go')\nimport time\ntime.sleep(60)", on_line=interrupt, environment={"MARK": marker})
    assert not running(marker)


def _until(true: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def test_limits_alone_stop_what_limits_can(run: Run, marker: str) -> None:
    """As on macOS or an old kernel, for a program that the user trusts that far."""
    settings = {"minimum_level": Level.LIMITS, "environment": {"MARK": marker}}
    bomb = run("import os, time\nfor _ in range(8): os.fork()\ntime.sleep(30)", Offers(), **settings)
    assert bomb.status is Status.TOO_MANY_PROCESSES
    assert bomb.level is Level.LIMITS
    assert not running(marker)
    assert run("bytearray(2 * 10**9)", Offers(), **settings).status is Status.OUT_OF_MEMORY
    assert run("open('x', 'wb').truncate(10**10)", Offers(), **settings).status is Status.RESULT_TOO_LARGE
    loop = run("while True: pass", Offers(), **settings | {"limits": Limits(wall_seconds=0.5)})
    assert loop.status is Status.TIMED_OUT
