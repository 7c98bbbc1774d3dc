"""Which system calls the filter denies, and their numbers on x86_64 and on aarch64."""

from __future__ import annotations

ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_…, include/uapi/linux/audit.h

# One number on every architecture since 5.0.
_SHARED = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "pidfd_open": 434, "clone3": 435,
    "openat2": 437, "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442, "quotactl_fd": 443,
    "memfd_secret": 447, "process_mrelease": 448, "fchmodat2": 452, "setxattrat": 463, "removexattrat": 466,
    "open_tree_attr": 467, "file_setattr": 469,
}  # fmt: skip

# (x86_64, aarch64); None where the newer table left an old call out.
_OWN: dict[str, tuple[int, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "kcmp": (312, 272), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "setns": (308, 268), "unshare": (272, 97), "bpf": (321, 280),
    "perf_event_open": (298, 241), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "sethostname": (170, 161), "setdomainname": (171, 162), "acct": (163, 89), "quotactl": (179, 60),
    "syslog": (103, 116), "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None),
    "personality": (135, 92), "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264),
    "userfaultfd": (323, 282), "fanotify_init": (300, 262), "vhangup": (153, 58), "mknod": (133, None),
    "mknodat": (259, 33), "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "shmget": (29, 194), "semget": (64, 190),
    "msgget": (68, 186), "shmat": (30, 196), "shmctl": (31, 195), "semop": (65, 193), "semtimedop": (220, 192),
    "semctl": (66, 191), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180),
    "mq_unlink": (241, 181), "memfd_create": (319, 279), "clone": (56, 220), "fork": (57, None), "vfork": (58, None),
    "chmod": (90, None),
    "fchmod": (91, 52), "fchmodat": (268, 53), "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "prlimit64": (302, 261), "setpriority": (141, 140), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "sched_setattr": (314, 274), "ioprio_set": (251, 30), "migrate_pages": (256, 238),
    "move_pages": (279, 239), "ioctl": (16, 29), "fcntl": (72, 25), "open": (2, None), "openat": (257, 56),
    "truncate": (76, 45), "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}  # fmt: skip

FORBIDDEN = (
    # io_uring would open sockets and files past this filter; handles and keys would reach past the file wall
    "socket", "io_uring_setup", "io_uring_enter", "io_uring_register", "open_by_handle_at", "name_to_handle_at",
    "add_key", "request_key", "keyctl",
    # other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_getfd",
    "pidfd_send_signal", "userfaultfd", "perf_event_open", "bpf", "shmat", "shmctl", "semop", "semtimedop", "semctl",
    "msgsnd", "msgrcv", "msgctl", "mq_unlink",
    # mounts, namespaces, the machine
    "mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "open_tree", "open_tree_attr", "move_mount",
    "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "kexec_load", "kexec_file_load", "init_module",
    "finit_module", "delete_module", "reboot", "swapon", "swapoff", "settimeofday", "clock_settime", "adjtimex",
    "clock_adjtime", "sethostname", "setdomainname", "acct", "quotactl", "quotactl_fd", "syslog", "iopl", "ioperm",
    "modify_ldt",
    "personality", "fanotify_init", "vhangup",
    # what a file is and whose: Landlock does not watch these
    "mknod", "mknodat", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat",
    "removexattr", "lremovexattr", "fremovexattr", "removexattrat", "file_setattr",
)  # fmt: skip

# Answered as by a kernel that lacks them, so that libraries take their other way: flags hidden in memory (clone3,
# openat2), memory that no process shows (memfd, System V), files for processes.
UNKNOWN = ("clone3", "openat2", "memfd_create", "memfd_secret", "shmget", "semget", "msgget", "mq_open", "pidfd_open")

# Answered with success and not done: Landlock does not watch modes and times, and copying a file sets both.
AS_IF_DONE = ("chmod", "fchmod", "fchmodat", "fchmodat2", "utime", "utimes", "futimesat", "utimensat")

# The argument that names a process; 0 means the caller.
ONLY_ON_ITSELF = {
    "prlimit64": 0, "setpriority": 1, "sched_setparam": 0, "sched_setscheduler": 0, "sched_setattr": 0, "ioprio_set": 1,
    "migrate_pages": 0, "move_pages": 0,
}  # fmt: skip

# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
CREATE_FLAGS = 0x7E020000


def numbers(machine: str) -> dict[str, int]:
    """The calls that the filter knows by name, with their numbers; KeyError for another processor family."""
    column = {"x86_64": 0, "aarch64": 1}[machine]
    own = {name: pair[column] for name, pair in _OWN.items()}
    return _SHARED | {name: number for name, number in own.items() if number is not None}
